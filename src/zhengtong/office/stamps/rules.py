"""The life of an electronic seal: applied for, made, filed, used, suspended, cancelled (国办发〔2025〕33号; GB/T 33481-2016)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

LIFE = "电子印章管理办法（国办发〔2025〕33号）"
USE = "GB/T 33481-2016"
YEARS = 5  # how long a seal holds from its making; the county may make it shorter
LONGEST = 200


class Kind(StrEnum):
    STATUTORY = "statutory"
    UNIT = "unit"
    BUSINESS = "business"
    NAME = "name"


class State(StrEnum):
    APPLIED = "applied"
    REFUSED = "refused"
    MADE = "made"
    FILED = "filed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


KINDS = {
    Kind.STATUTORY: _("法定名称章"),
    Kind.UNIT: _("内设机构章"),
    Kind.BUSINESS: _("业务专用章"),
    Kind.NAME: _("个人名章"),
}
LABELS = {
    State.APPLIED: _("已申请"),
    State.REFUSED: _("不予制作"),
    State.MADE: _("已制作"),
    State.FILED: _("已备案"),
    State.ACTIVE: _("使用中"),
    State.SUSPENDED: _("暂停使用"),
    State.CANCELLED: _("已注销"),
}
ENDED = frozenset({State.REFUSED, State.CANCELLED})
S = State


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a seal in a state, by whom, and whether it needs its reason. Each is an official act."""

    verb: str
    label: str
    sources: tuple[State, ...]
    target: State
    role: str
    article: str
    reason: bool = False


# fmt: off
STEPS = (
    #    verb        label             from                                      to            role           source
    Step("make",     _("制作"),       (S.APPLIED,),                              S.MADE,       "seal_maker",  LIFE),
    Step("refuse",   _("不予制作"),   (S.APPLIED,),                              S.REFUSED,    "seal_maker",  LIFE, reason=True),
    Step("file",     _("备案"),       (S.MADE,),                                 S.FILED,      "seal_maker",  LIFE),
    Step("activate", _("启用"),       (S.FILED,),                                S.ACTIVE,     "seal_keeper", LIFE),
    Step("suspend",  _("暂停使用"),   (S.ACTIVE,),                               S.SUSPENDED,  "seal_keeper", USE,  reason=True),
    Step("resume",   _("恢复使用"),   (S.SUSPENDED,),                            S.ACTIVE,     "seal_keeper", USE,  reason=True),
    Step("cancel",   _("注销"),       (S.MADE, S.FILED, S.ACTIVE, S.SUSPENDED),  S.CANCELLED,  "seal_maker",  LIFE, reason=True),
)
# fmt: on
ROLES = ("secretary", "seal_maker", "seal_keeper")


def step(verb: str) -> Step:
    return next(row for row in STEPS if row.verb == verb)


def step_objection(verb: str, state: str) -> Objection | None:
    """Why this can't be done to a seal in this state, or None."""
    row = step(verb)
    if state in row.sources:
        return None
    return Objection(_("印章现在的状态是“%(state)s”，不能“%(verb)s”"), {"state": LABELS[State(state)], "verb": row.label}, code="stale")


def verbs(state: str, roles: Collection[str]) -> list[Step]:
    """What somebody with these roles may do to a seal in this state."""
    return [row for row in STEPS if state in row.sources and row.role in roles]


def use_objection(state: str, begins: date | None, ends: date | None, on: date) -> Objection | None:
    """Why a seal can't be used on this day, or None: state and validity are looked at before every use (GB/T 33481)."""
    if state != State.ACTIVE:
        return Objection(_("印章现在的状态是“%(state)s”，不能使用"), {"state": LABELS[State(state)]})
    if begins is None or ends is None or not begins <= on <= ends:
        return Objection(_("印章不在有效期内，不能使用"))
    return None


def expiry(begins: date) -> date:
    """The last day of a seal made on this day."""
    try:
        return begins.replace(year=begins.year + YEARS)
    except ValueError:
        return begins.replace(year=begins.year + YEARS, day=28)  # made on 29 February
