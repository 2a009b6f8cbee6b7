"""The cluster at a glance: which organ has its room, and which columns are empty or have passed their period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from zhengtong.business.sites import rules
from zhengtong.business.sites.models import Column, Gathering, Site
from zhengtong.business.sites.rules import rooms
from zhengtong.foundation import clock
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ

OTHER_SYSTEMS = ("party_committee", "congress", "cppcc")
WITH_ROOM = tuple(kind for template in rooms.TEMPLATES.values() for kind in template.organs)


@dataclass(frozen=True, slots=True)
class Standing:
    """One column, when it last had news, until when that is enough, and how it stands today."""

    column: Column
    newest: date | None
    until: date | None
    state: rooms.Freshness


@dataclass(frozen=True, slots=True)
class Covered:
    """One organ with its room, and how many of its columns stand how; without a room, nothing."""

    organ: Organ
    room: Site | None
    columns: int = 0
    empty: int = 0
    overdue: int = 0
    soon: int = 0


def organs_with_room() -> QuerySet[Organ]:
    """The organs that should have a room: departments of the government and townships; those of other systems are not its site's."""
    found = orgs.organs().filter(kind__in=WITH_ROOM, local=False).exclude(level="city")
    return found.exclude(parent__kind__in=OTHER_SYSTEMS).order_by("order", "code")


def without_room() -> QuerySet[Organ]:
    return organs_with_room().exclude(code__in=Site.objects.filter(main__isnull=False).values("organ"))


def standings(sites: Iterable[Site]) -> list[Standing]:
    """Every column made of articles, with those below it and what it gathers counted to it."""
    columns = list(Column.objects.filter(site__in=sites, kind__in=[k.value for k in rules.WITH_ARTICLES]).select_related("site__main"))
    newest = _newest()
    today = clock.today()
    return [_standing(column, newest.get(column.pk), today) for column in columns]


def _standing(column: Column, newest: date | None, today: date) -> Standing:
    period = rules.PERIOD[column.period]
    days = column.declared_days if column.period == "declared" else period.days
    until = rooms.last_day(newest, days, period.months) if newest else None
    return Standing(column, newest, until, rooms.freshness(newest, until, today))


def _newest() -> dict[int, date]:
    """Column → the day of the newest article that it shows: its own, those of columns below, those it gathers by content."""
    everywhere = list(Column.objects.select_related("site"))
    rows = (
        Column.objects.filter(articles__state=rules.State.PUBLISHED.value)
        .order_by()
        .values_list("pk")
        .annotate(Max("articles__published_at"))
    )
    own = {pk: at.astimezone(clock.ZONE).date() for pk, at in rows}
    found = dict(own)
    for rule in Gathering.objects.filter(topic="").select_related("column"):
        _raise(found, rule.column_id, (own[c.pk] for c in everywhere if c.pk in own and c.pk != rule.column_id and rule.takes(c, c.site)))
    by_key = {column.pk: column for column in everywhere}
    for column in everywhere:
        above = column.parent_id
        while above and column.pk in found:
            _raise(found, above, [found[column.pk]])
            above = by_key[above].parent_id
    return found


def _raise(found: dict[int, date], key: int, days: Iterable[date]) -> None:
    newest = max(days, default=None)
    if newest and newest > found.get(key, date.min):
        found[key] = newest


def coverage() -> list[Covered]:
    """Every organ that should have a room: those with one first, each in the order of the directory."""
    rooms_of = {room.organ: room for room in Site.objects.filter(main__isnull=False).select_related("main")}
    counted = _counted(standings(rooms_of.values()))
    rows = [
        Covered(organ, room, *counted.get(room.pk, (0, 0, 0, 0))) if (room := rooms_of.get(organ.code)) else Covered(organ, None)
        for organ in organs_with_room()
    ]
    return sorted(rows, key=lambda row: row.room is None)


def _counted(rows: Sequence[Standing]) -> Mapping[int, tuple[int, int, int, int]]:
    """Site → columns, empty, overdue, soon."""
    found: dict[int, list[rooms.Freshness]] = {}
    for row in rows:
        found.setdefault(row.column.site_id, []).append(row.state)
    return {
        site: (
            len(states),
            states.count(rooms.Freshness.EMPTY),
            states.count(rooms.Freshness.OVERDUE),
            states.count(rooms.Freshness.SOON),
        )
        for site, states in found.items()
    }
