"""The traces of every handler (留痕), read from the steps: the marked-up draft, any version, any two side by side."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from zhengtong.office.documents.models import Document, Revision
from zhengtong.office.documents.rules import attachments, body, traces


@dataclass(frozen=True, slots=True)
class Trace:
    """What one version changed: the marks of title and text, line by line; unchanged stretches are left out."""

    revision: Revision
    hand: str
    at: datetime
    title: list[body.Mark]
    lines: list[list[body.Mark]]


SHOWN = 30  # versions listed below the draft; all of them stand in the timeline


def changes(document: Document) -> list[Trace]:
    """Who struck and wrote what, one version after another: the latest ones."""
    latest = list(document.revisions.select_related("by").order_by("-version")[: SHOWN + 1])[::-1]
    if not latest:
        return []
    found, hands = [], {row.version: (row.hand, row.at) for row in document.steps.filter(version__gt=latest[0].version)}
    for old, new in pairwise(latest):
        found.append(Trace(new, *hands.get(new.version, (new.by.name, new.at)), *_between(old, new)))
    return found


def _between(old: Revision, new: Revision) -> tuple[list[body.Mark], list[list[body.Mark]]]:
    title = body.marks(str(old.content["title"]), str(new.content["title"]))
    return (title if len(title) > 1 else []), body.line_marks(old.text, new.text)


def steps(document: Document, until: int | None = None) -> list[traces.Step]:
    """The steps up to a version, all without one."""
    rows = document.steps.order_by("seq")
    if until is not None:
        rows = rows.filter(version__lte=until)
    return [traces.Step(row.op, row.hand, row.at, row.version) for row in rows]


def marked(document: Document, until: int | None = None, base: int = 1) -> traces.Draft:
    """The marked-up draft (花脸稿) as it stood at a version."""
    return traces.marked(steps(document, until), base)


@dataclass(frozen=True, slots=True)
class Moment:
    """One stop of the timeline: a version, its hand, and how much it struck and wrote."""

    version: int
    hand: str
    at: datetime
    put: int
    cut: int
    others: int


def timeline(history: list[traces.Step]) -> list[Moment]:
    """Every version in its order."""
    found: dict[int, list[traces.Step]] = {}
    for step in history:
        found.setdefault(step.version, []).append(step)
    return [
        Moment(
            version, made[0].hand, made[0].at,
            put=sum(len(str(s.op.get("put", "") if s.op["do"] == "edit" else s.op["text"])) for s in made if s.op["do"] in ("edit", "put")),
            cut=sum(len(str(s.op.get("cut", "") if s.op["do"] == "edit" else s.op["text"])) for s in made if s.op["do"] in ("edit", "cut")),
            others=sum(s.op["do"] == "set" for s in made),
        )
        for version, made in found.items()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Two versions of one line beside each other; a side is empty where the line is not in that version."""

    left: list[body.Mark]
    right: list[body.Mark]
    changed: bool


def beside(document: Document, left: int, right: int) -> list[Row]:
    """Two versions side by side, line by line, their title first."""
    old, new = (traces.replay(s.op for s in steps(document, version)) for version in (left, right))
    found = [_row(old.title, new.title)]
    before, after = dict(old.blocks), dict(new.blocks)
    order = [key for key, _text in new.blocks]
    for place, (key, _text) in enumerate(old.blocks):
        if key not in after:
            previous = next((k for k, _t in reversed(old.blocks[:place]) if k in order), None)
            order.insert(order.index(previous) + 1 if previous else 0, key)
    shown = attachments.shown
    return found + [_row(*(shown(key, side[key]) if key in side else "" for side in (before, after))) for key in order]


def _row(old: str, new: str) -> Row:
    marks = body.marks(old, new)
    return Row([m for m in marks if m.sign != "+"], [m for m in marks if m.sign != "-"], old != new)


def verified(document: Document) -> bool:
    """Whether the digests of the steps hold and replaying them gives exactly the stored text and every version's."""
    previous, done = "", list[traces.Step]()
    for row in document.steps.select_related("by").order_by("seq"):
        step = traces.Step(row.op, row.hand, row.at, row.version)
        previous = traces.link(previous, step, row.by.code)
        if previous != row.digest:
            return False
        done.append(step)
    try:
        said = dict(traces.versions(done))
    except traces.Broken:
        return False
    sheet = traces.Sheet()
    for version, content in document.revisions.order_by("version").values_list("version", "content"):
        sheet = said.pop(version, sheet)  # a version without steps says what the one before it said
        if traces.content(sheet) != content:
            return False
    return not said and sheet == traces.sheet(document.content(), document.blocks)
