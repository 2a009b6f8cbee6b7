"""What may cross, in which direction, with which fields, up to which secrecy. Nothing crosses without a row here.

No row has `classified` as its sender: nothing leaves that network by ferry (design §3b.3). Contracts are
`name/major.minor`; a receiver takes its own major version and the one before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

TYPES: Mapping[str, type | tuple[type, ...]] = {"text": str, "number": (int, float), "list": list, "table": dict, "flag": bool}


@dataclass(frozen=True, slots=True)
class Contract:
    """One row. `fields` maps a payload field to its type, with "?" behind what may be missing.

    `approval`: the payload must carry a release approval bound to its content digest.
    `ordered`: packages are imported in sequence; a gap is reported and waited for.
    """

    name: str
    major: int
    minor: int
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    fields: Mapping[str, str]
    secrecy: str = ""
    approval: bool = False
    ordered: bool = True

    @property
    def version(self) -> str:
        return f"{self.name}/{self.major}.{self.minor}"


CLOCK_EVENT = {
    "network": "text", "subject": "text", "limit": "text", "kind": "text", "at": "text",
    "reason": "text?", "promised": "number?", "title": "text?", "organ": "text?",
}  # fmt: skip
# fmt: off
CONTRACTS = {
    c.name: c
    for c in (
        #        name                v     from            to
        Contract("public_document",  1, 0, ("office",),    ("business",), {
            "code": "text", "number": "text", "title": "text", "organ": "text", "organ_name": "text", "kind": "text", "body": "list",
            "date": "text", "recipients": "list?", "content_digest": "text", "release_approval": "table"}, approval=True),
        Contract("release",          1, 0, ("business",),  ("portal",),   {"release": "text", "manifest": "table"}),
        Contract("application",      1, 0, ("portal",),    ("business",), {"item": "text", "receipt": "text"}),
        Contract("case_status",      1, 0, ("business",),  ("portal",),   {"receipt": "text", "status": "text"}),
        Contract("rating",           1, 0, ("portal",),    ("business",), {
            "receipt": "text", "stars": "number", "words": "text?", "at": "text"}),
        Contract("directory",        1, 0, ("business",),  ("office",),   {"snapshot": "table"}),
        Contract("public_directory", 1, 0, ("business",),  ("portal",),   {"snapshot": "table"}),
        Contract("clock_events",     1, 0, ("office", "business", "portal"), ("oversight",), CLOCK_EVENT),
        Contract("figures",          1, 0, ("office", "business", "portal"), ("oversight",), {
            "network": "text", "day": "text", "name": "text", "value": "number"}),
        Contract("audit_heads",      1, 0, ("portal", "business"), ("business", "office"), {
            "network": "text", "checkpoint": "table"}, ordered=False),
        Contract("receipt",          1, 0, ("office", "business", "portal"), ("office", "business", "portal"), {
            "contract": "text", "seq": "number", "result": "text", "reason": "text?"}, ordered=False),
    )
}
# fmt: on
PAIRS = frozenset({("office", "business"), ("business", "office"), ("business", "portal"), ("portal", "business")})
# Where a receiver that is not a network of its own lives; oversight shares the business network's process by default.
HOSTS = {"oversight": "business"}


def host(network: str) -> str:
    """The network whose trays and keys serve this receiver."""
    return HOSTS.get(network, network)


def direction_objection(name: str, sender: str, receiver: str) -> Objection | None:
    """Why a package of this contract can't go from `sender` to `receiver`, or None."""
    contract = CONTRACTS.get(name)
    if contract is None:
        return Objection(_("没有名为%(name)s的摆渡约定"), {"name": name})
    here, there = host(sender), host(receiver)
    loop = here == there and receiver in HOSTS
    if sender not in contract.senders or receiver not in contract.receivers or not (loop or (here, there) in PAIRS):
        return Objection(_("摆渡约定“%(name)s”不允许从%(sender)s到%(receiver)s"), {"name": name, "sender": sender, "receiver": receiver})
    return None


def version_objection(version: str) -> Objection | None:
    """Why this version can't be taken: only our own major version and the one before."""
    name, _slash, numbers = version.partition("/")
    contract = CONTRACTS.get(name)
    major = numbers.partition(".")[0]
    if contract is None or not major.isdigit() or int(major) not in (contract.major, contract.major - 1):
        return Objection(_("不认识的约定版本：%(version)s"), {"version": version})
    return None


def payload_objection(name: str, payload: Mapping[str, object]) -> Objection | None:
    """Why a payload does not fit its contract: a field missing, unknown, of a wrong type; secret; not approved."""
    contract = CONTRACTS[name]
    known = {field: kind.rstrip("?") for field, kind in contract.fields.items()}
    for field in payload:
        if field not in known:
            return Objection(_("约定“%(name)s”没有字段%(field)s"), {"name": name, "field": field})
    for field, kind in contract.fields.items():
        value = payload.get(field)
        if value is None and kind.endswith("?"):
            continue
        if not isinstance(value, TYPES[known[field]]) or (isinstance(value, bool) and known[field] == "number"):
            return Objection(_("约定“%(name)s”的字段%(field)s缺少或类型不对"), {"name": name, "field": field})
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
