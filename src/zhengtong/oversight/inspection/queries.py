"""The county's sites at a glance, and the evidence behind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from zhengtong.foundation.orgs.models import Organ

from .models import Finding, Site, Visit
from .rules.faults import GRAVITIES, ORDER, source_label


@dataclass(frozen=True, slots=True)
class Row:
    """One site on the board."""

    site: Site
    visit: Visit | None
    state: str  # none | failed | warned | passed
    counts: Mapping[str, int]
    stale: int
    organ: str
    points: float | None


def board() -> list[Row]:
    """Every site with its last visit, the gravest first."""
    names = {code: short or name for code, short, name in Organ.objects.values_list("code", "short_name", "name")}
    rows = [_row(site, names) for site in Site.objects.prefetch_related("visits")]
    return sorted(rows, key=lambda r: (("failed", "warned", "none", "passed").index(r.state), -r.counts.get("grave", 0), r.site.code))


def _row(site: Site, names: Mapping[str, str]) -> Row:
    visit = next(iter(site.visits.all()), None)
    name = names.get(site.organ, site.organ)
    if visit is None:
        return Row(site, None, "none", {}, 0, name, None)
    found = list(visit.findings.all())
    counts = Counter(f.row.gravity.value for f in found)
    book = visit.scores[0] if visit.scores else {}
    state = "failed" if not book.get("passed", True) else "warned" if counts["veto"] or counts["grave"] else "passed"
    return Row(
        site, visit, state, counts, sum(f.fault in ("home_stale", "column_stale", "column_empty") for f in found), name, book.get("points")
    )


def site(code: str) -> Site | None:
    return Site.objects.filter(code=code).first()


def groups(visit: Visit) -> list[tuple[str, list[Finding]]]:
    """The findings by gravity, the gravest first."""
    found = list(visit.findings.all())
    return [(GRAVITIES[g], rows) for g in ORDER if (rows := [f for f in found if f.row.gravity is g])]


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
