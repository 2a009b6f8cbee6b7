"""档案鉴定: opening, secrecy and destruction as three kinds of sheets, who reviews and who decides, step by step.

Beside it: `periods` when a period ends, `judging` what may be judged of an item.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow, Template

OPENING_LAW = "档案法第二十七条、第三十条"
SECRECY_LAW = "保守国家秘密法第二十四条"
DESTRUCTION_LAW = "档案法第二十一条"
ROOM = "机关档案管理规定 鉴定、销毁"
SUPERVISED = "党政机关公文处理工作条例第三十五条"
LONGEST = 200
WITNESSES = 2
HEADS = ("organ_head", "principal_head")


class Kind(StrEnum):
    OPENING = "opening"
    SECRECY = "secrecy"
    DESTRUCTION = "destruction"


KINDS = {Kind.OPENING: _("开放审核"), Kind.SECRECY: _("密级审核"), Kind.DESTRUCTION: _("到期鉴定、销毁")}
PAPERS = {Kind.OPENING: _("开放审核表"), Kind.SECRECY: _("密级审核表"), Kind.DESTRUCTION: _("销毁清册")}


class State(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    DECIDE = "decide"
    WITNESS = "witness"
    DESTROY = "destroy"
    DONE = "done"
    DROPPED = "dropped"


STATE_LABELS = {
    State.DRAFT: _("拟制"),
    State.REVIEW: _("复审"),
    State.DECIDE: _("待批准"),
    State.WITNESS: _("监销清点"),
    State.DESTROY: _("待销毁"),
    State.DONE: _("已完成"),
    State.DROPPED: _("已撤销"),
}
RUNNING = (State.DRAFT, State.REVIEW, State.DECIDE, State.WITNESS, State.DESTROY)


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of a sheet's slip: in which state, what it is called, the roles that may take it (the first that somebody holds)."""

    state: State
    label: str
    roles: tuple[str, ...]
    source: str


A = "archivist"
# fmt: off
STAGES: Mapping[Kind, tuple[Stage, ...]] = {
    #         state          what                     who, the first role held        source
    Kind.OPENING: (
        Stage(State.DRAFT,   _("拟制开放审核表"),     (A,),                           OPENING_LAW),
        Stage(State.REVIEW,  _("复审"),               ("release_reviewer",),          OPENING_LAW),
        Stage(State.DECIDE,  _("批准开放"),           HEADS,                          OPENING_LAW),
    ),
    Kind.SECRECY: (
        Stage(State.DRAFT,   _("拟制密级审核表"),     (A,),                           SECRECY_LAW),
        Stage(State.REVIEW,  _("复审"),               ("release_reviewer",),          SECRECY_LAW),
        Stage(State.DECIDE,  _("定密责任人决定"),     ("classifier",),                SECRECY_LAW),
    ),
    Kind.DESTRUCTION: (  # two approvals by two people, neither of them the archivist who drew the list up
        Stage(State.DRAFT,   _("拟制销毁清册"),       (A,),                           DESTRUCTION_LAW),
        Stage(State.REVIEW,  _("档案部门负责人审核"), ("unit_head", "office_reviewer"), ROOM),
        Stage(State.DECIDE,  _("机关负责人批准"),     HEADS,                          ROOM),
        Stage(State.WITNESS, _("监销清点"),           (A,),                           SUPERVISED),
        Stage(State.WITNESS, _("监销清点"),           (A,),                           SUPERVISED),
        Stage(State.DESTROY, _("执行销毁"),           (A,),                           SUPERVISED),
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a sheet in a state; by whoever has it in hand, or by its maker. An official act asks for the key's PIN."""

    verb: str
    label: str
    source: State
    official: bool
    reason: bool = False
    maker: bool = False


STEPS = (
    #    verb        label               in             official  needs its reason
    Step("submit",   _("送审"),          State.DRAFT,   False),
    Step("approve",  _("审核同意"),      State.REVIEW,  True),
    Step("decide",   _("批准"),          State.DECIDE,  True),
    Step("return",   _("退回"),          State.REVIEW,  False,    reason=True),
    Step("return",   _("退回"),          State.DECIDE,  False,    reason=True),
    Step("witness",  _("已清点核对"),    State.WITNESS, True),
    Step("destroy",  _("执行销毁"),      State.DESTROY, True),
    Step("drop",     _("撤销"),          State.DRAFT,   False,    reason=True, maker=True),
    Step("drop",     _("撤销"),          State.WITNESS, False,    reason=True, maker=True),
    Step("drop",     _("撤销"),          State.DESTROY, False,    reason=True, maker=True),
)
# fmt: on


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes in this state, or None."""
    return next((row for row in STEPS if row.verb == verb and row.source == state), None)


def step_objection(verb: str, state: str, note: str = "") -> Objection | None:
    """Why this can't be done to a sheet in this state, or None."""
    row = step(verb, state)
    if row is None:
        return Objection(_("“%(state)s”的鉴定表不能这样办理"), {"state": STATE_LABELS[State(state)]}, code="stale")
    return Objection(_("请写明理由"), field="note") if row.reason and not note.strip() else None


def verbs(state: str, in_hand: bool, maker: bool) -> list[Step]:
    """What whoever has the sheet in hand, and whoever made it, may do in this state."""
    return [row for row in STEPS if row.source == state and (maker if row.maker else in_hand)]


def stages(kind: str) -> tuple[Stage, ...]:
    return STAGES[Kind(kind)]


def stage(kind: str, state: str) -> Stage:
    return next(row for row in stages(kind) if row.state == state)


def state_of(kind: str, open_stages: Collection[str]) -> State:
    """The state that the open lines of the slip give; none is open when all is done."""
    return next((row.state for row in stages(kind) if row.state in open_stages), State.DONE)


def template(rows: Collection[StageRow]) -> Template:
    return Template("appraisal", 1, tuple(rows))


def person_objection(made_by: int, settled: Mapping[str, Collection[int]], state: str, by: int) -> Objection | None:
    """Why this person can't take this stage, or None.

    Whoever drew the sheet up reviews, approves and witnesses nothing, and nobody takes two of these parts.
    """
    if state in (State.DRAFT, State.DESTROY):
        return None
    if by == made_by:
        return Objection(_("拟制人不能办理自己拟制的鉴定表的审核、批准和监销"))
    taken = {person for people in settled.values() for person in people}
    if by in taken:
        return Objection(_("审核、批准和监销须由不同的人办理，您已办理过其中一项"))
    return None


def witnesses_objection(made_by: int, witnesses: Collection[int], approvers: Collection[int] = ()) -> Objection | None:
    """Two different people, neither the archivist nor an approver (条例第三十五条)."""
    if len(set(witnesses)) != WITNESSES:
        return Objection(_("请选两名不同的监销人"), field="second")
    if made_by in witnesses or set(witnesses) & set(approvers):
        return Objection(_("监销人不能是拟制人、审核人或批准人"), field="first")
    return None
