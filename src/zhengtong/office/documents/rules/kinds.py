"""The fifteen types (第八条), who may write what to whom (第十三至十七条), and the number (第九条（五）)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.orgs.rules import LEADING
from zhengtong.foundation.orgs.rules import Direction as D
from zhengtong.foundation.orgs.rules import Kind as O
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Main(StrEnum):
    """What the type wants as 主送机关."""

    NONE = "none"
    ONE = "one"
    MANY = "many"
    OPTIONAL = "optional"


class Closing(StrEnum):
    """What stands under the text: the organ's seal, the signer's stamp, or nothing."""

    SEAL = "seal"
    STAMP = "stamp"
    NONE = "none"


UP, DOWN, PEER = frozenset({D.UP}), frozenset({D.DOWN}), frozenset({D.PEER, D.NONE, D.GUIDANCE, D.VERTICAL})
ANYONE: frozenset[O] = frozenset()
PARTY_OR_CONGRESS = frozenset({O.PARTY_COMMITTEE, O.CONGRESS})
GOVERNMENT = frozenset({O.GOVERNMENT})
LEADERS = frozenset(LEADING)


@dataclass(frozen=True, slots=True)
class Kind:
    """A document type: its name, where it may go, what it wants as main recipient and closing, and who may use it."""

    name: str
    directions: frozenset[D]
    main: Main
    closing: Closing
    issuers: frozenset[O] = ANYONE
    suffix: str = "发"


# fmt: off
KINDS = {
    #                        name      directions          main           closing        who may use it   机关代字
    "resolution":       Kind(_("决议"), DOWN,               Main.NONE,     Closing.NONE,  PARTY_OR_CONGRESS),
    "decision":         Kind(_("决定"), DOWN,               Main.OPTIONAL, Closing.SEAL,  LEADERS),
    "order":            Kind(_("命令（令）"), DOWN,         Main.NONE,     Closing.STAMP, GOVERNMENT, "令"),
    "communique":       Kind(_("公报"), DOWN,               Main.NONE,     Closing.NONE),
    "announcement":     Kind(_("公告"), DOWN,               Main.NONE,     Closing.SEAL),
    "public_notice":    Kind(_("通告"), DOWN,               Main.NONE,     Closing.SEAL,  GOVERNMENT | {O.DEPARTMENT}),
    "opinion":          Kind(_("意见"), UP | DOWN | PEER,   Main.MANY,     Closing.SEAL),
    "notice":           Kind(_("通知"), DOWN | PEER,        Main.MANY,     Closing.SEAL),
    "circular":         Kind(_("通报"), DOWN | PEER,        Main.MANY,     Closing.SEAL),
    "report":           Kind(_("报告"), UP,                 Main.ONE,      Closing.SEAL),
    "request":          Kind(_("请示"), UP,                 Main.ONE,      Closing.SEAL),
    "reply":            Kind(_("批复"), DOWN,               Main.MANY,     Closing.SEAL),
    "bill":             Kind(_("议案"), PEER,               Main.ONE,      Closing.STAMP, GOVERNMENT),
    "letter":           Kind(_("函"),   PEER,               Main.MANY,     Closing.SEAL,  ANYONE, "函"),
    "minutes":          Kind(_("纪要"), DOWN | PEER,        Main.NONE,     Closing.NONE,  ANYONE, "纪"),
}
# fmt: on
URGENCY = {"": _("平件"), "urgent": _("加急"), "top": _("特急")}  # 第九条（三）: documents know only these two
DIRECTIVE = frozenset({"decision", "notice", "circular", "opinion", "order"})
CONSENT = re.compile(r"(人民政府|县委|县政府|党委)同意")  # 第十六条（二）
NUMBER = re.compile(r"^[\u4e00-\u9fff]{2,12}〔(19|20)\d{2}〕[1-9]\d*号$")
ORDER_NUMBER = re.compile(r"^第[1-9]\d*号$")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A receiving organ as the rules see it: how it stands to the issuer, and of which kind it is."""

    name: str
    direction: D
    kind: O
    cc: bool = False


def upward(kind: str) -> bool:
    """上行文: names its signer on the page and wants the principal head (第九条（六）, 第二十二条)."""
    return KINDS[kind].directions == UP


def issuer_objection(kind: str, issuer: O) -> Objection | None:
    """Whether an organ of this kind may use the type (第八条)."""
    allowed = KINDS[kind].issuers
    if allowed and issuer not in allowed:
        return Objection(_("本机关不能使用“%(kind)s”这一文种"), {"kind": KINDS[kind].name}, field="kind")
    return None


def title_objection(kind: str, title: str) -> Objection | None:
    """A title names issuer, subject and type, and ends with the type (第九条（七）)."""
    if not title.strip():
        return Objection(_("请写标题"), field="title")
    if len(title) > 100:
        return Objection(_("标题太长（%(count)d字），请压缩"), {"count": len(title)}, field="title")
    ending = "令" if kind == "order" else KINDS[kind].name
    if not title.strip().rstrip("）").endswith(ending) and f"{ending}（" not in title:
        return Objection(_("标题应以文种“%(kind)s”结尾"), {"kind": ending}, field="title")
    return None


def recipients_objection(kind: str, recipients: Sequence[Recipient], issuer: O, text: str = "") -> Objection | None:
    """What the routing rules object to in the recipients, or None (第十四至十七条)."""
    rule = KINDS[kind]
    mains = [r for r in recipients if not r.cc]
    if rule.main == Main.NONE and mains:
        return Objection(_("%(kind)s不写主送机关，可写抄送机关"), {"kind": rule.name}, field="recipients")
    if rule.main in (Main.ONE, Main.MANY) and not mains:
        return Objection(_("%(kind)s须写明主送机关"), {"kind": rule.name}, field="recipients")
    if rule.main == Main.ONE and len(mains) != 1:
        return Objection(_("%(kind)s原则上只主送一个机关，现有%(count)d个"), {"kind": rule.name, "count": len(mains)}, field="recipients")
    for recipient in mains:
        if recipient.direction not in rule.directions:
            return Objection(_("%(kind)s不能主送%(name)s（%(why)s）"), _wrong_way(rule, recipient), field="recipients")
    if rule.directions == UP and any(r.direction == D.DOWN for r in recipients if r.cc):
        return Objection(_("上行文不得抄送下级机关"), field="cc")  # 第十五条（一）
    commanded = [r for r in mains if r.kind == O.TOWNSHIP]
    if issuer == O.DEPARTMENT and kind in DIRECTIVE and commanded and not CONSENT.search(text):
        return Objection(
            _("部门不得向%(name)s发布指令性公文；须经政府审批的，文中注明已经政府同意"), {"name": commanded[0].name}, field="recipients"
        )
    return None


def _wrong_way(rule: Kind, recipient: Recipient) -> dict[str, object]:
    why = {D.UP: "对方是上级机关", D.DOWN: "对方是下级机关"}.get(recipient.direction, "双方没有隶属关系")
    return {"kind": rule.name, "name": recipient.name, "why": why}


def series(letters: str, kind: str) -> str:
    """机关代字 of this type: 云政发, 云政函 (第九条（五）)."""
    return letters.removesuffix("发") + KINDS[kind].suffix


def number(letters: str, kind: str, year: int, serial: int) -> str:
    """发文字号: 云政发〔2026〕1号; orders carry 第1号 (GB/T 9704-2012 7.2.5, 10.2)."""
    return f"第{serial}号" if kind == "order" else f"{series(letters, kind)}〔{year}〕{serial}号"


def is_number(text: str) -> bool:
    return bool(NUMBER.match(text) or ORDER_NUMBER.match(text))
