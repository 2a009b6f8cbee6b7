"""Joint documents (联合行文, 第十七条): who may issue together, which types, what the page shows, who signs and seals when."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.orgs.rules import Kind as Organ
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow

from .kinds import KINDS
from .steps import STAGES

COSIGN, COSEAL = "cosign", "coseal"
MARKS = {"all": _("列出全部机关"), "lead": _("只列主办机关")}  # GB/T 9704-2012 7.2.4
SHORT, MIDDLE = 8, 12  # characters of the longest name, up to which three or two seals stand in a row (papers/typeset/geometry.py)
HIGH = 4  # rows of seals that find room on one page, 47 mm each
PARTY_AND_GOVERNMENT = frozenset({Organ.PARTY_COMMITTEE, Organ.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Type:
    """Whether several organs may issue a document of this type together, and why."""

    joint: bool
    article: str


# fmt: off
TYPES = {
    #                      joint   by
    "resolution":     Type(False, "第八条（一）"),     # one meeting adopts it
    "decision":       Type(True,  "第十七条"),
    "order":          Type(False, "第八条（三）"),     # one head promulgates it
    "communique":     Type(False, "第八条（四）"),     # one meeting's outcome
    "announcement":   Type(True,  "第十七条"),
    "public_notice":  Type(True,  "第十七条"),
    "opinion":        Type(True,  "第十七条"),
    "notice":         Type(True,  "第十七条"),
    "circular":       Type(True,  "第十七条"),
    "report":         Type(True,  "第十七条"),
    "request":        Type(True,  "第十七条"),
    "reply":          Type(True,  "第十七条"),
    "bill":           Type(False, "第八条（十三）"),   # a government's own, to its congress
    "letter":         Type(True,  "第十七条"),
    "minutes":        Type(False, "第八条（十五）"),   # one meeting's record
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Body:
    """An issuing organ as the rules see it: its rung, the leading organ of its system, how it stands to the lead organ."""

    name: str
    rung: str
    side: Organ
    direction: Direction = Direction.NONE


def objection(kind: str, lead: Body, others: Sequence[Body], mark: str, *, shared: bool) -> Objection | None:
    """What stands against these organs issuing such a document together, or None (第十七条)."""
    if not others:
        return None
    if not TYPES[kind].joint:
        told = {"kind": KINDS[kind].name, "article": TYPES[kind].article}
        return Objection(_("%(kind)s由一个机关制发，不能联合行文（%(article)s）"), told, field="issuers")
    names = [lead.name, *(one.name for one in others)]
    if lead.name in names[1:]:
        return Objection(_("主办机关不必再写在联合发文机关中"), field="issuers")
    if len(set(names)) != len(names):
        return Objection(_("同一机关只能列一次"), field="issuers")
    for one in others:
        if one.rung != lead.rung or one.direction in (Direction.UP, Direction.DOWN):
            return Objection(_("%(name)s与主办机关不同级，不能联合行文（第十七条）"), {"name": one.name}, field="issuers")
    if {lead.side, *(one.side for one in others)} >= PARTY_AND_GOVERNMENT and not shared:
        text = _("属于党委、政府各自职权范围内的工作，不得联合行文（第十七条）；请确认所涉事项属于双方共同职权")
        return Objection(text, field="joint_shared")
    if mark not in MARKS:
        return Objection(_("请选择发文机关标志列出哪些机关"), field="joint_mark")
    if seal_rows(names) > HIGH:
        return Objection(_("机关太多，一页排不下%(count)d枚印章"), {"count": len(names)}, field="issuers")
    return None


def seal_rows(names: Sequence[str]) -> int:
    """In how many rows the seals stand: three in a row, of long names two or one (GB/T 9704-2012 7.3.5.1)."""
    longest = max(map(len, names))
    return ceil(len(names) / (3 if longest <= SHORT else 2 if longest <= MIDDLE else 1))


def cosigner(organ: str) -> StageRow:
    """The line of a co-issuer's principal head: he signs beside the others, after the lead organ's head."""
    return StageRow(COSIGN, _("联合签发"), "principal_head", organ)


def cosealer(organ: str) -> StageRow:
    """The line of a co-issuer's keeper of seals."""
    return StageRow(COSEAL, _("联合用印"), "seal_keeper", organ)


# A co-issuer's return leads to the drafter and from him to the lead organ's head, with whose signature all signing begins anew.
ANEW = frozenset({COSIGN})
STRAIGHT_TO_THE_HEAD = frozenset({*STAGES, "advise"} - {"draft", "sign"})
