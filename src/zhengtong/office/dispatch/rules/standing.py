"""Whether a document is in force on a day: what amends, supersedes, repeals or annuls it (第三十三条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Kind(StrEnum):
    AMEND = "amend"
    SUPERSEDE = "supersede"
    REPEAL = "repeal"
    ANNUL = "annul"


class Standing(StrEnum):
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Row:
    """What a later document does to an earlier one, and from when it counts."""

    label: str
    effect: str
    standing: Standing
    backdated: bool
    article: str


# fmt: off
EFFECTS = {
    #                   label        what the reader is told                    then it is          from the   article
    #                                                                                           beginning
    Kind.AMEND:     Row(_("修改"),   _("部分内容已由%(number)s修改"),           Standing.AMENDED,  False, "第三十三条"),
    Kind.SUPERSEDE: Row(_("替代"),   _("已由%(number)s替代，自%(since)s起失效"), Standing.REPEALED, False, "第三十三条"),
    Kind.REPEAL:    Row(_("废止"),   _("已由%(number)s废止，自%(since)s起失效"), Standing.REPEALED, False, "第三十三条"),
    Kind.ANNUL:     Row(_("撤销"),   _("已由%(number)s撤销，自始无效"),         Standing.VOID,     True,  "第三十三条"),
}
STANDINGS = {
    Standing.IN_FORCE: _("有效"),
    Standing.AMENDED:  _("已修改"),
    Standing.REPEALED: _("已废止"),
    Standing.VOID:     _("已撤销"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Effect:
    """One act of a later document on this one, effective from a day."""

    kind: Kind
    since: date


def standing(effects: Iterable[Effect], on: date) -> Standing:
    """What the document is on that day. 撤销: never in force, whatever the day; 废止: in force until the day of repeal."""
    known = [EFFECTS[e.kind].standing for e in effects if EFFECTS[e.kind].backdated or e.since <= on]
    for worst in (Standing.VOID, Standing.REPEALED, Standing.AMENDED):
        if worst in known:
            return worst
    return Standing.IN_FORCE


def valid(effects: Iterable[Effect], on: date) -> bool:
    """Whether one may rely on the document for what happened on that day."""
    return standing(effects, on) in (Standing.IN_FORCE, Standing.AMENDED)


def effect_objection(
    kind: str, since: date, earlier_on: date, same_issuer: bool, superior: Direction, issuer: OrganKind, same: bool
) -> Objection | None:
    """Only the issuer itself, its superior or the organ of state power ends a document (第三十三条)."""
    if kind not in set(Kind):
        return Objection(_("请选择修改、替代、废止还是撤销"), field="kind")
    if same:
        return Objection(_("文件不能废止它自己"), field="number")
    if not (same_issuer or superior == Direction.UP or issuer == OrganKind.CONGRESS):
        return Objection(_("撤销和废止由发文机关、上级机关或者权力机关决定（第三十三条）"), field="number")
    if not EFFECTS[Kind(kind)].backdated and since < earlier_on:
        return Objection(_("生效日期不能早于原文件的印发日期"), field="since")
    return None
