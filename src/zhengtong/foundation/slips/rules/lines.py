"""The handling slip (办理单): which line opens next, and what return, withdrawal and insertion do to the rest.

A slip is read from top to bottom. Lines with the same `order` lie side by side: they open together, and
the slip goes on when the last of them is settled. Everything here works on plain rows; a plan is the new
arrangement of all rows, and the actions write the difference.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class LineState(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    RETURNED = "returned"
    VOID = "void"


STATE_LABELS = {
    LineState.WAITING: _("未到"),
    LineState.OPEN: _("办理中"),
    LineState.DONE: _("已办"),
    LineState.RETURNED: _("已退回"),
    LineState.VOID: _("作废"),
}
SETTLED = frozenset({LineState.DONE, LineState.RETURNED, LineState.VOID})
DECISIONS = {"agree": _("同意"), "disagree": _("不同意"), "noted": _("已阅"), "done": _("已办")}
# What a person must do himself: a deputy for an absence never signs, decides or approves in his place (第二十二条).
PERSONAL = frozenset({"sign", "cosign", "release", "instruct", "decide", "approve"})


@dataclass(frozen=True, slots=True)
class StageRow:
    """One line of a template: who handles the paper at this stage. Codes, never keys.

    `beside` puts the row next to the one above it instead of after it. `person` names one person, `post` whoever
    holds that post; without them everybody who holds `role` in `organ` (and in `unit`, when given) may take the
    line. `days`: it is due so many working days after it has come.
    """

    stage: str
    label: str
    role: str = ""
    organ: str = ""
    unit: str = ""
    person: str = ""
    beside: bool = False
    due: date | None = None
    post: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A named, numbered order of stages; `origin` is the key of the organ's own template that it was made from."""

    name: str
    version: int
    rows: tuple[StageRow, ...]
    kind: str = ""
    origin: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line as planning sees it. A row still to be written has a negative key and the line it copies as `origin`."""

    key: int
    order: int
    stage: str
    state: LineState = LineState.WAITING
    seen: bool = False
    origin: int = 0


Rows = tuple[Row, ...]


def places(template: Sequence[StageRow]) -> list[int]:
    """The order of each template row: rows marked `beside` share the place of the row above."""
    found: list[int] = []
    for row in template:
        found.append(found[-1] if found and row.beside else (found[-1] if found else 0) + 1)
    return found


def settle(rows: Sequence[Row]) -> Rows:
    """Open exactly what is due: every unsettled row of the first unsettled place, and no other."""
    current = min((r.order for r in rows if r.state not in SETTLED), default=0)
    return tuple(
        r if r.state in SETTLED else replace(r, state=LineState.OPEN if r.order == current else LineState.WAITING)
        for r in sorted(rows, key=lambda r: (r.order, abs(r.key)))
    )


def find(rows: Sequence[Row], key: int) -> Row:
    return next(r for r in rows if r.key == key)


def completed(rows: Sequence[Row], key: int) -> Rows:
    """The line is done; when it was the last of its place, the next place opens."""
    return settle([replace(r, state=LineState.DONE) if r.key == key else r for r in rows])


def earlier(rows: Sequence[Row], key: int, stage: str) -> int:
    """The last place before this line where `stage` was done, 0 when there is none."""
    here = find(rows, key).order
    return max((r.order for r in rows if r.stage == stage and r.order < here and r.state == LineState.DONE), default=0)


def returned(rows: Sequence[Row], key: int, stage: str, *, straight: bool, skip: Collection[str] = ()) -> Rows:
    """Back to `stage`: what was done stays readable, what was open is void, and both come again below.

    `straight` brings the paper from there directly back to who returned it (直送退回人), otherwise it
    passes every stage between once more. Stages in `skip` don't come again: another one lays them anew.
    """
    line = find(rows, key)
    start = earlier(rows, key, stage)
    again: list[list[Row]] = []
    for place in range(start, line.order):
        done = [r for r in rows if r.order == place and r.state == LineState.DONE and (place > start or r.stage == stage)]
        done = [r for r in done if r.stage not in skip]
        if done and (place == start or not straight):
            again.append(done)
    if line.stage not in skip:
        again.append([r for r in rows if r.order == line.order and (r.key == key or r.state == LineState.OPEN)])
    kept = [_after_return(r, line, len(again)) for r in rows]
    next_key = min([0, *(r.key for r in rows)]) - 1
    copies: list[Row] = []
    for offset, group in enumerate(again, start=1):
        for old in group:
            copies.append(Row(next_key, line.order + offset, old.stage, origin=old.key))
            next_key -= 1
    return settle([*kept, *copies])


def _after_return(row: Row, line: Row, shift: int) -> Row:
    if row.key == line.key:
        return replace(row, state=LineState.RETURNED)
    if row.order == line.order and row.state == LineState.OPEN:
        return replace(row, state=LineState.VOID)
    return replace(row, order=row.order + shift) if row.order > line.order else row


def withdrawn(rows: Sequence[Row], key: int, laid: Collection[str] = ()) -> Rows:
    """The line is open again for who had completed it; what it had opened waits again, stages that it had laid are void."""
    order = find(rows, key).order
    kept = [replace(r, state=LineState.VOID) if r.stage in laid and r.order > order and r.state not in SETTLED else r for r in rows]
    return settle([replace(r, state=LineState.OPEN) if r.key == key else r for r in kept])


def added(rows: Sequence[Row], key: int, stage: str, where: str) -> Rows:
    """A new line (key below zero) before, after or beside an unsettled one."""
    line = find(rows, key)
    order = line.order + 1 if where == "after" else line.order
    # what was done beside the line stays where it was done; only what is still to come moves down
    later = [r.key for r in rows if r.order > order or (r.order == order and r.state not in SETTLED)]
    kept = [replace(r, order=r.order + 1) if where != "beside" and r.key in later else r for r in rows]
    return settle([*kept, Row(min([0, *(r.key for r in rows)]) - 1, order, stage)])


def stopped(rows: Sequence[Row]) -> Rows:
    """Nothing more is to be done: all unsettled lines are void."""
    return tuple(r if r.state in SETTLED else replace(r, state=LineState.VOID) for r in rows)


def absence_objection(person: str, deputy: str, since: date, until: date, today: date) -> Objection | None:
    """Why this deputy can't be named for these days, or None."""
    if person == deputy:
        return Objection(_("不能委托自己"), field="deputy")
    if until < since:
        return Objection(_("结束日期不能早于开始日期"), field="until")
    if until < today:
        return Objection(_("结束日期已过"), field="until")
    return None


def objection(verb: str, rows: Sequence[Row], key: int, stage: str = "", where: str = "") -> Objection | None:
    """Why `verb` can't be done to this line now, or None."""
    line = find(rows, key)
    label = STATE_LABELS[line.state]
    if verb in ("complete", "urge", "return", "delegate") and line.state != LineState.OPEN:
        return Objection(_("这一环节当前不在办理中（%(state)s），可能别人已先办理"), {"state": label}, code="stale")
    if verb == "return" and not earlier(rows, key, stage):
        return Objection(_("只能退回到前面已办过的环节"))
    if verb == "add" and line.state in SETTLED:
        return Objection(_("这一环节已办结（%(state)s），不能在它前后加签"), {"state": label})
    if verb == "add" and where not in ("before", "after", "beside"):
        return Objection(_("加签须在某一环节之前、之后或与其并行"))
    if verb == "withdraw":
        return _withdrawal_objection(rows, line)
    return None


def _withdrawal_objection(rows: Sequence[Row], line: Row) -> Objection | None:
    if line.state != LineState.DONE:
        return Objection(_("只有已办的环节可以撤回"))
    later = [r for r in rows if r.order > line.order]
    beside = [r for r in rows if r.order == line.order and r.state == LineState.OPEN]
    if not [r for r in [*later, *beside] if r.state not in SETTLED]:
        return Objection(_("全部环节已办结，不能撤回"))
    if any(r.state in (LineState.DONE, LineState.RETURNED) for r in later):
        return Objection(_("后面的环节已经办理，不能撤回"))
    if any(r.state == LineState.OPEN and r.seen for r in later):
        return Objection(_("下一环节已经看过，不能撤回，可请对方退回"))
    return None
