"""The county's sites at a glance, and the evidence behind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person

from .models import Finding, Order, Picture, Site, Visit
from .rules.faults import FAULTS, GRAVITIES, ORDER, source_label
from .rules.orders import OFFICERS, OPEN, OWNERS
from .rules.watch import STATES

STALE = ("home_stale", "column_stale", "column_empty")


@dataclass(frozen=True, slots=True)
class Row:
    """One site on the board."""

    site: Site
    visit: Visit | None
    state: str  # a code of rules.watch.STATES
    counts: Mapping[str, int]  # findings by gravity
    stale: int
    organ: str
    points: float | None
    orders: int


def oversees(person: Person | None) -> bool:
    """Whether he sees every site of the county."""
    return any(accounts.holds(person, role) for role in OFFICERS)


def organs_of(person: Person | None) -> list[str]:
    """The organs whose sites and columns a person answers for as editor or publisher."""
    if person is None:
        return []
    held = Organ.objects.filter(posts__holdings__person=person).distinct()
    return [organ.code for organ in held if any(accounts.holds(person, role, organ) for role in OWNERS)]


def visible(person: Person | None) -> list[Site]:
    """The sites that a person may see: the county's officers all; an editor those that his organ runs or has columns in."""
    sites = list(Site.objects.all())
    if oversees(person):
        return sites
    own = set(organs_of(person))
    below = set(Organ.objects.filter(parent__code__in=own).values_list("code", flat=True))
    return [site for site in sites if site.organ in own | below or own & set(site.owners.values())]


def site(code: str, person: Person | None) -> Site | None:
    """A site that the person may see, or None."""
    return next((one for one in visible(person) if one.code == code), None)


def board(person: Person | None) -> list[Row]:
    """Every site with its last visit, the gravest first; a few queries however many sites there are."""
    sites = visible(person)
    names = organ_names()
    newest: dict[int, Visit] = {}
    for visit in Visit.objects.filter(site__in=sites).order_by("site", "-began", "-id").defer("sm3"):
        newest.setdefault(visit.site_id, visit)
    faults: dict[int, Counter[str]] = {}
    for key, fault in Finding.objects.filter(visit__in=newest.values()).values_list("visit", "fault").order_by():
        faults.setdefault(key, Counter())[fault] += 1
    orders = Counter(Order.objects.filter(site__in=sites, state__in=OPEN).values_list("site", flat=True).order_by())
    rows = [_row(one, newest.get(one.pk), faults, names, orders[one.pk]) for one in sites]
    return sorted(rows, key=lambda r: (list(STATES).index(r.state), -r.counts.get("grave", 0), -r.counts.get("veto", 0), r.site.code))


def _row(site: Site, visit: Visit | None, faults: Mapping[int, Counter[str]], names: Mapping[str, str], orders: int) -> Row:
    found = faults.get(visit.pk, Counter()) if visit else Counter()
    counts: Counter[str] = Counter()
    for fault, number in found.items():
        counts[FAULTS[fault].gravity.value] += number
    book = visit.scores[0] if visit and visit.scores else {}
    if not site.watched:
        state = "stopped"
    elif visit is None:
        state = "none"
    elif book and not book["passed"]:
        state = "failed"
    else:
        state = "warned" if counts["veto"] or counts["grave"] else "passed"
    organ = names.get(site.organ, site.organ)
    return Row(site, visit, state, counts, sum(found[code] for code in STALE), organ, book.get("points"), orders)


def organ_names() -> dict[str, str]:
    return {code: short or name for code, short, name in Organ.objects.values_list("code", "short_name", "name")}


def groups(visit: Visit) -> list[tuple[str, str, list[tuple[str, list[Finding]]]]]:
    """The findings by gravity, the gravest first, and within it by fault."""
    found: dict[str, list[Finding]] = {}
    for row in visit.findings.all():
        found.setdefault(row.fault, []).append(row)
    shown = []
    for gravity in ORDER:
        kinds = [(code, found[code]) for code in FAULTS if code in found and FAULTS[code].gravity is gravity]
        if kinds:
            shown.append((gravity.value, GRAVITIES[gravity], kinds))
    return shown


def books(visit: Visit) -> list[dict[str, object]]:
    """What each rule book says, its vetoes in the reader's language."""
    return [
        {
            **book,
            "source_label": source_label(book["source"]),
            "vetoes": [{**hit, "sentence": _sentence(hit["text"], hit["params"])} for hit in book["vetoes"]],
        }
        for book in visit.scores
    ]


def _sentence(text: str, params: Mapping[str, object]) -> str:
    return gettext(text) % params


def differences(visit: Visit) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """What is new since the visit before, and what has been mended."""
    before = visit.site.visits.filter(began__lt=visit.began).first()
    if before is None:
        return (), ()
    now, then = list(visit.findings.all()), list(before.findings.all())
    seen, known = {(f.fault, f.url) for f in now}, {(f.fault, f.url) for f in then}
    return [f for f in now if (f.fault, f.url) not in known], [f for f in then if (f.fault, f.url) not in seen]


def history(site: Site, most: int = 30) -> list[tuple[Visit, int, int]]:
    """The last visits, the newest first, with the numbers of findings and of those that can lead to a veto or are grave."""
    visits = list(site.visits.all()[:most])
    counts: dict[int, Counter[bool]] = {visit.pk: Counter() for visit in visits}
    heavy = {code for code, fault in FAULTS.items() if fault.gravity in ORDER[:2]}
    for key, fault in Finding.objects.filter(visit__in=visits).values_list("visit", "fault").order_by():
        counts[key][fault in heavy] += 1
    return [(visit, sum(counts[visit.pk].values()), counts[visit.pk][True]) for visit in visits]


def finding(code: str, pk: int, person: Person | None) -> Finding | None:
    """A finding of a site that the person may see."""
    there = site(code, person)
    return Finding.objects.filter(pk=pk, visit__site=there).select_related("visit__site").first() if there else None


def picture_of(found: Finding) -> Picture | None:
    """How the page looked in that visit."""
    return found.visit.pictures.filter(url=found.url).first()


def earlier(found: Finding, most: int = 12) -> list[Finding]:
    """The same fault at the same address in earlier visits, the newest first."""
    return list(
        Finding.objects.filter(visit__site=found.visit.site, fault=found.fault, url=found.url, visit__began__lt=found.visit.began)
        .select_related("visit")
        .order_by("-visit__began")[:most]
    )


def orders(person: Person | None, state: str = "") -> list[Order]:
    """The orders that a person may see, the most urgent first: all for the county's officers, those to his organs for an owner."""
    rows = Order.objects.select_related("site")
    if not oversees(person):
        own = organs_of(person)
        rows = rows.filter(Q(organ__in=own) | Q(site__organ__in=own))
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    return list(rows)


def order(pk: int, person: Person | None) -> Order | None:
    return next((one for one in orders(person) if one.pk == pk), None)


def orders_waiting(person: Person | None) -> int:
    """How many orders wait for this person's organ to mend them; for the county's officers, how many are open."""
    return len(orders(person, "open")) if oversees(person) else sum(one.state in ("sent", "unmended") for one in orders(person, "open"))


def already(visit: Visit) -> set[str]:
    """Faults of the site that are ordered already."""
    return set(Order.objects.filter(site=visit.site, state__in=OPEN).values_list("fault", flat=True))


def picture(there: Site, pk: int) -> Picture | None:
    return Picture.objects.filter(pk=pk, visit__site=there).select_related("file").first()


def evidence_of(one: Order) -> list[Finding]:
    """The findings that an order rests on: of the visit that found them, or of the look that still sees them."""
    visit = one.seen_by if one.state == "unmended" and one.seen_by else one.found
    return list(visit.findings.filter(fault=one.fault, url__in=one.urls).select_related("visit__site")) if visit else []
