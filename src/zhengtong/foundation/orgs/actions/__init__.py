"""The verbs of the directory: take a table in, take a snapshot over, confirm or refuse what came with it.

Nothing deletes: an organ, unit, post or holding ends by its date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs import queries, sheets
from zhengtong.foundation.orgs.models import Change
from zhengtong.foundation.orgs.queries.whole import known, local_codes
from zhengtong.foundation.orgs.rules import tables
from zhengtong.foundation.orgs.rules.tables import Problem, Row
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .writing import Move, Outcome, move, write

HandedIn = Mapping[str, Sequence[Row]]


class RowsRefused(Refused):
    """An import was refused; `problems` says row by row why, and nothing was taken in."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("有%(count)d处错误，未导入任何内容"), field="file", count=len(problems))
        self.problems = problems


@action
def take_in(handed_in: HandedIn, by: object | None, effective: bool = True, source: str = "") -> Outcome:
    """Take tables in, all of them or nothing, with one audit entry. Without `effective`, who holds what waits for confirmation."""
    reading = tables.read(handed_in, known())
    if reading.problems:
        raise RowsRefused(reading.problems)
    outcome = _write(reading, effective)
    record(by, "orgs.import", f"directory:{source or 'tables'}", _detail(handed_in, outcome))
    return outcome


def _write(reading: tables.Reading, effective: bool) -> Outcome:
    try:
        return write(reading.values, clock.today(), clock.now(), effective)
    except IntegrityError as no:
        raise Refused(_("与库中已有的数据冲突，未导入任何内容"), field="file") from no


def _detail(handed_in: HandedIn, outcome: Outcome) -> dict[str, object]:
    plain = {name: [[row.number, dict(row.cells)] for row in rows] for name, rows in handed_in.items()}
    content = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()
    return {
        "sm3": hashlib.new("sm3", content).hexdigest(),
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "waiting": outcome.waiting,
        "named": outcome.named,
    }


def rehearse(handed_in: HandedIn, effective: bool = True) -> tuple[Outcome, list[Problem]]:
    """What an import would do: it is written and taken back, so that the database's constraints are asked too."""
    reading = tables.read(handed_in, known())
    if reading.problems:
        return Outcome(), reading.problems
    with transaction.atomic():
        outcome = _write(reading, effective)
        transaction.set_rollback(True)
    return outcome, []


@action
def apply_snapshot(payload: Mapping[str, object], by: object | None = None) -> Outcome:
    """Take over the directory that came by ferry: codes and values only. It opens no account and moves no right."""
    fields = {table.name: payload.get(table.name, []) for table in tables.TABLES}
    handed_in = sheets.rows_of(fields)  # type: ignore[arg-type]
    _refuse_local(handed_in)
    reading = tables.read(handed_in, known())
    if reading.problems:
        raise RowsRefused(reading.problems)
    outcome = _write(reading, effective=False)
    if outcome.moves:
        record(by, "orgs.take_over", f"directory:{payload.get('as_of', '')}", _detail(handed_in, outcome))
    return outcome


def _refuse_local(handed_in: HandedIn) -> None:
    own = local_codes()
    problems = []
    for name, codes in own.items():
        heading = tables.BY_NAME[name].columns[0].heading
        for row in handed_in.get(name, ()):
            code = row.cells.get(heading, "")
            if code in codes:
                problems.append(Problem(name, row.number, heading, Objection(_("代码“%(code)s”是本网络自设的"), {"code": code})))
    if problems:
        raise RowsRefused(problems)


@action
def confirm(changes: Iterable[int], by: object) -> int:
    """The security administrator lets changes of posts take effect; roles follow the posts from now on."""
    rows = _waiting(changes)
    move([Move(c.person_id, c.post_id, c.main, c.since, c.until) for c in rows])
    _decide(rows, Change.CONFIRMED, by)
    return len(rows)


@action
def refuse(changes: Iterable[int], by: object) -> int:
    """The security administrator does not adopt changes of posts; nothing moves."""
    rows = _waiting(changes)
    _decide(rows, Change.REFUSED, by)
    return len(rows)


def _waiting(changes: Iterable[int]) -> list[Change]:
    wanted = set(changes)
    rows = [c for c in Change.objects.select_for_update().select_related("person", "post").filter(state=Change.WAITING) if c.pk in wanted]
    if not wanted:
        raise Refused(_("请先选择要处理的变动"))
    if len(rows) != len(wanted):
        raise Refused(_("有的变动已被他人处理，请刷新后再选"))
    return rows


def _decide(rows: list[Change], state: str, by: object) -> None:
    now = clock.now()
    for change in rows:
        change.state, change.decided_at, change.decided_by = state, now, queries.acting_code(by)
    Change.objects.bulk_update(rows, ["state", "decided_at", "decided_by"])
    named = [f"{c.verb} {c.person.code}@{c.post.code}" for c in rows]
    record(
        by, "orgs.confirm" if state == Change.CONFIRMED else "orgs.refuse", "directory:changes", {"count": len(rows), "named": named[:500]}
    )
