"""A finished paper's way as the archive keeps it: who did what when (DA/T 46-2009 M77–M85), and the rows of its handling sheet."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import translation

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.audit.naming import name as verb_name
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.foundation.slips.rules import DECISIONS, LineState
from zhengtong.papers.archive import Agent, Event
from zhengtong.papers.archive.leaf import Cell

HEAD = ("环节", "办理人", "时间", "意见")


def settled(slip: Slip | None) -> list[Line]:
    """The lines that somebody settled, in the order in which it happened."""
    done = slip.lines.filter(state__in=[LineState.DONE.value, LineState.RETURNED.value]) if slip else Line.objects.none()
    return list(done.select_related("done_by", "done_for", "organ", "unit").order_by("done_at", "id"))


def events(lines: Iterable[Line], basis: Mapping[str, str]) -> tuple[Event, ...]:
    """业务行为 (M81–M85); `basis` gives the article of a stage."""
    return tuple(
        Event(line.done_by.code, _what(line), _iso(line.done_at), basis.get(line.stage, ""), said(line))
        for line in lines
        if line.done_by and line.done_at
    )


def agents(organs: Iterable[Organ], people: Iterable[Person]) -> tuple[Agent, ...]:
    """机构人员 (M77–M80), each once."""
    found = {organ.code: Agent(organ.code, "单位", organ.name) for organ in organs}
    for person in people:
        post, home = person.main_post, person.organ
        found.setdefault(person.code, Agent(person.code, "个人", person.name, home.code if home else "", post.title if post else ""))
    return tuple(found.values())


def rows(lines: Iterable[Line], drawn: Mapping[int, str] | None = None) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a handling sheet under `HEAD`; `drawn` holds handwritten opinions as SVG."""
    found = []
    for line in lines:
        who = line.done_by.name if line.done_by else ""
        who += f"（代{line.done_for.name}）" if line.done_for else ""
        place = line.unit or line.organ
        cells = (_what(line), f"{place.name if place else ''} {who}".strip(), moment(line.done_at))
        found.append((*(Cell(one) for one in cells), Cell(said(line), (drawn or {}).get(line.pk, ""))))
    return tuple(found)


def said(line: Line) -> str:
    """The opinion, or what a bare settlement says."""
    return line.opinion or DECISIONS.get(line.decision, "")


def log(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """处理过程: audit entries as values, with the digests of their chain."""
    with translation.override("zh-hans"):
        return [_told(entry) for entry in entries]


def _told(entry: Entry) -> dict[str, object]:
    return {
        "at": _iso(entry.at), "who": entry.actor_code, "name": entry.actor_name, "verb": entry.verb, "what": verb_name(entry.verb),
        "target": entry.target, "detail": entry.detail, "sm3": entry.hash,
    }  # fmt: skip


def moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" if at else ""


def _iso(at: datetime | None) -> str:
    return at.astimezone(clock.ZONE).isoformat(timespec="seconds") if at else ""


def _what(line: Line) -> str:
    return f"{line.label}（退回）" if line.state == LineState.RETURNED else line.label
