"""What may cross, in which direction, with which fields, up to which secrecy. Nothing crosses without a row here.

No row names `classified`: nothing leaves or enters that network by ferry (design §3b.3). Contracts are
`name/major.minor`; a receiver takes its own major version and the one before.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

TYPES: Mapping[str, type | tuple[type, ...]] = {"text": str, "number": (int, float), "list": list, "table": dict, "flag": bool}


@dataclass(frozen=True, slots=True)
class Contract:
    """One row. `fields` maps a payload field to its type, with "?" behind what may be missing.

    `inside`: fields that the sender itself must not be able to read again. They are sealed to the receiver before
    they touch the sender's disk, and files must come as sealed streams; the ferry opens both on arrival.
    `approval`: the payload must carry a release approval bound to its content digest.
    `ordered`: packages are imported in sequence; a gap is reported and waited for.
    `routine`: the act that sends it has its own audit entry; sending and packing add none.
    """

    name: str
    major: int
    minor: int
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    fields: Mapping[str, str]
    inside: Mapping[str, str] = field(default_factory=dict)
    secrecy: str = ""
    approval: bool = False
    ordered: bool = True
    routine: bool = False

    @property
    def version(self) -> str:
        return f"{self.name}/{self.major}.{self.minor}"


NETWORKS = ("office", "business", "portal", "oversight", "probe")
REPORTING = ("office", "business", "portal")
# fmt: off
CONTRACTS = {
    c.name: c
    for c in (
        #        name                v     from            to
        Contract("public_document",  1, 1, ("office",),    ("business",), {
            "code": "text", "number": "text", "title": "text", "organ": "text", "organ_name": "text", "kind": "text", "body": "list",
            "date": "text", "recipients": "list?", "attachments": "list?", "content_digest": "text", "release_approval": "table"}, approval=True),
        Contract("release",          2, 0, ("business",),  ("portal",),   {"release": "text", "manifest": "table", "contents": "list"}),
        Contract("application",      1, 0, ("portal",),    ("business",), {"item": "text", "receipt": "text"}, inside={
            "handed_in_at": "text", "status_key": "text", "answers": "table?", "attachments": "table?", "completes": "flag?"}),
        Contract("information_request", 1, 0, ("portal",), ("business",), {"item": "text", "receipt": "text"}, inside={
            "handed_in_at": "text", "status_key": "text", "answers": "table?", "attachments": "table?", "completes": "flag?"}),
        Contract("letter",           1, 0, ("portal",),    ("business",), {"item": "text", "receipt": "text"}, inside={
            "handed_in_at": "text", "status_key": "text", "answers": "table?", "attachments": "table?", "completes": "flag?"}),
        Contract("mailbox",          1, 0, ("business",),  ("portal",),   {"guide": "table"}),
        Contract("disclosure_desks", 1, 0, ("business",),  ("portal",),   {"desks": "list"}),
        Contract("case_status",      1, 0, ("business",),  ("portal",),   {"receipt": "text", "status": "text"}),
        Contract("rating",           1, 0, ("portal",),    ("business",), {"receipt": "text"}, inside={
            "stars": "number", "words": "text?", "at": "text"}),
        Contract("directory",        1, 0, ("business",),  ("office",),   {"snapshot": "table"}),
        Contract("public_directory", 1, 0, ("business",),  ("portal",),   {"snapshot": "table"}),
        Contract("clock_events",     1, 0, REPORTING,      ("oversight",), {
            "network": "text", "subject": "text", "limit": "text", "kind": "text", "at": "text",
            "reason": "text?", "promised": "number?", "title": "text?", "organ": "text?"}, routine=True),
        Contract("figures",          1, 0, REPORTING,      ("oversight",), {
            "network": "text", "day": "text", "name": "text", "value": "number"}, routine=True),
        Contract("audit_heads",      1, 0, ("portal", "business"), ("business", "office"), {
            "network": "text", "checkpoint": "table"}, ordered=False, routine=True),
        Contract("published_site",   2, 0, ("business",),  ("oversight",), {
            "site": "text", "name": "text", "domain": "text", "organ": "text", "release": "text", "at": "text", "files": "table",
            "before": "text?", "gone": "list?", "total": "number?", "columns": "list?", "dynamic": "list?"}, routine=True),
        Contract("watch",            1, 0, ("business", "oversight"), ("probe",), {"sites": "list", "at": "text"}, ordered=False, routine=True),
        Contract("visited",          1, 0, ("probe",),     ("oversight",), {
            "site": "text", "began": "text", "pictures": "list?"}, ordered=False, routine=True),
        Contract("receipt",          1, 0, NETWORKS,       (*REPORTING, "oversight", "probe"), {
            "contract": "text", "seq": "number", "result": "text", "reason": "text?", "token": "text?"}, ordered=False, routine=True),
    )
}
# fmt: on
# Who may be beside whom. The office and the portal never meet; supervision of its own takes reports from all. The probe is no network:
# it stands on the internet side with trays and keys and no database (`ferry.post`), and meets supervision alone.
PAIRS = frozenset(
    {
        ("office", "business"),
        ("business", "portal"),
        ("office", "oversight"),
        ("business", "oversight"),
        ("portal", "oversight"),
        ("business", "probe"),
        ("oversight", "probe"),
    }
)
# Where a receiver lives that need not be a network of its own: supervision shares the business network's process
# unless the county runs it apart.
HOSTS = {"oversight": os.environ.get("ZT_OVERSIGHT_AT", "business")}


def host(network: str) -> str:
    """The network whose trays and keys serve this receiver."""
    return HOSTS.get(network, network)


def direction_objection(name: str, sender: str, receiver: str) -> Objection | None:
    """Why a package of this contract can't go from `sender` to `receiver`, or None."""
    contract = CONTRACTS.get(name)
    if contract is None:
        return Objection(_("没有名为%(name)s的摆渡约定"), {"name": name})
    there = host(receiver)
    known = sender in contract.senders and receiver in contract.receivers and host(sender) == sender
    beside = (sender, there) in PAIRS or (there, sender) in PAIRS or (sender == there != receiver)
    if not (known and beside):
        return Objection(_("摆渡约定“%(name)s”不允许从%(sender)s到%(receiver)s"), {"name": name, "sender": sender, "receiver": receiver})
    return None


def receiver_of(name: str, sender: str) -> str:
    """The one receiver that `sender` has under a contract; empty when there is none or a choice."""
    contract = CONTRACTS.get(name)
    found = [r for r in contract.receivers if direction_objection(name, sender, r) is None] if contract else []
    return found[0] if len(found) == 1 else ""


def version_objection(version: str) -> Objection | None:
    """Why this version can't be taken: only our own major version and the one before."""
    name, _slash, numbers = version.partition("/")
    contract = CONTRACTS.get(name)
    major, _dot, minor = numbers.partition(".")
    if contract is None or not (major.isdecimal() and minor.isdecimal()) or int(major) not in (contract.major, contract.major - 1):
        return Objection(_("不认识的约定版本：%(version)s"), {"version": version})
    return None


def known_fields(version: str, payload: Mapping[str, object]) -> dict[str, object]:
    """The payload without what a later minor version has added; of our own version nothing is dropped."""
    contract = CONTRACTS[version.partition("/")[0]]
    minor = int(version.rpartition(".")[2])
    later = version.startswith(f"{contract.name}/{contract.major}.") and minor > contract.minor
    known = {*contract.fields, *contract.inside}
    return {name: value for name, value in payload.items() if name in known or not later}


def payload_objection(name: str, payload: Mapping[str, object]) -> Objection | None:
    """Why a payload does not fit its contract: a field missing, unknown, of a wrong type; not approved."""
    contract = CONTRACTS[name]
    fields = {**contract.fields, **contract.inside}
    for key in payload:
        if key not in fields:
            return Objection(_("约定“%(name)s”没有字段%(field)s"), {"name": name, "field": key})
    for key, kind in fields.items():
        value, wanted = payload.get(key), kind.rstrip("?")
        if value is None and kind.endswith("?"):
            continue
        if not isinstance(value, TYPES[wanted]) or (isinstance(value, bool) and wanted == "number"):
            return Objection(_("约定“%(name)s”的字段%(field)s缺少或类型不对"), {"name": name, "field": key})
    return _approval_objection(payload) if contract.approval else None


def _approval_objection(payload: Mapping[str, object]) -> Objection | None:
    approval, digest = payload["release_approval"], payload["content_digest"]
    good = isinstance(approval, dict) and digest and approval.get("digest") == digest and approval.get("approved_by")
    return None if good else Objection(_("没有与内容摘要相符的公开批准，不能出网"))


def secrecy_objection(name: str, secrecy: str) -> Objection | None:
    """Nothing above the contract's ceiling crosses; no contract here carries a 密级 at all."""
    if secrecy and secrecy != CONTRACTS[name].secrecy:
        return Objection(_("标有密级（%(secrecy)s）的内容不能摆渡"), {"secrecy": secrecy})
    return None
