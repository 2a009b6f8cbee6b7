"""The balance sheet: registered against filed."""

from collections import defaultdict

from django.db.models import QuerySet

from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.archive.models import Item
from zhengtong.office.archive.rules import balance as rules

from .items import kept_by


def years(person: Person) -> list[int]:
    """Years of which anything was registered or filed."""
    organs = list(kept_by(person))
    numbered = Series.objects.filter(organ__in=[organ.code for organ in organs]).values_list("year", flat=True)
    return sorted({*numbered, *Item.objects.filter(organ__in=organs).values_list("series_year", flat=True)}, reverse=True)


def balance(person: Person, year: int) -> list[rules.Balance]:
    """Registered against filed for every numbering series of the year. Serials come from the numbers room, so that
    a document which never reached the archive is missed too."""
    return balance_of(kept_by(person), year)


def balance_of(organs: QuerySet[Organ], year: int) -> list[rules.Balance]:
    """The balance of these organs, without title or person, for whoever runs the network."""
    rows = []
    for organ in organs:
        states: dict[str, dict[int, str]] = defaultdict(dict)
        for series, serial, state in Item.objects.filter(organ=organ, series_year=year, serial__isnull=False).values_list(
            "series", "serial", "state"
        ):
            states[series][serial or 0] = state
        numbered = dict(Series.objects.filter(organ=organ.code, year=year).values_list("series", "last"))
        own = {name: last for name, last in numbered.items() if organ.letters and name.startswith(organ.letters)}
        for series in sorted({*own, *states}):
            rows.append(rules.balance(organ.name, series, own.get(series, max(states[series], default=0)), states[series]))
    return rows
