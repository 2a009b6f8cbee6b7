"""The annual report's figures from the facts: requests by their first answer, reviews and lawsuits, fees."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet, Sum

from zhengtong.foundation.orgs.models import Organ

from .models import AnnualReport, Contest, Request
from .rules import annual, answers, contests


def requests_of(organs: Iterable[Organ], year: int, row: str, column: str = "total") -> QuerySet[Request]:
    """The requests behind a cell of table 3."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    open_then = Q(counted_on__isnull=True) | Q(counted_on__gt=last)
    carried = Q(received_on__lt=first) & (Q(counted_on__isnull=True) | Q(counted_on__gte=first))
    within = {"R1": Q(received_on__range=(first, last)), "R2": carried, "R25": Q(received_on__lte=last) & open_then}
    kinds = [key for key, answer in answers.ANSWERS.items() if row in ("R24", answer.row)]
    found = Request.objects.filter(organ__in=organs).filter(within.get(row, Q(counted_on__range=(first, last), counted_as__in=kinds)))
    return found if column == "total" else found.filter(kind=column)


def contests_of(organs: Iterable[Organ], year: int, block: str) -> QuerySet[Contest]:
    """Reviews or lawsuits of a block of table 4: those decided in the year, and those still open at its end."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    paths = [path.value for path, way in contests.PATHS.items() if way.block == block]
    counted = Q(decided_on__range=(first, last)) | (Q(notified_on__lte=last) & (Q(decided_on__isnull=True) | Q(decided_on__gt=last)))
    return Contest.objects.filter(counted, request__organ__in=organs, path__in=paths)


def counted(organs: Iterable[Organ], year: int, entered: Mapping[str, float]) -> dict[annual.Cell, float]:
    """Tables 2 (as entered), 3 and 4 with their sums."""
    organs = list(organs)
    figures: dict[annual.Cell, float] = {("2", code, ""): entered.get(code, 0) for code in annual.TABLE_2}
    for row in annual.TABLE_3:
        if row != "R24":
            for column, count in Counter(requests_of(organs, year, row).order_by().values_list("kind", flat=True)).items():
                figures["3", row, column] = count
    last = date(year, 12, 31)
    for block in annual.TABLE_4:
        for contest in contests_of(organs, year, block):
            result = contest.result if contest.decided_on and contest.decided_on <= last else "pending"
            figures["4", block, result] = figures.get(("4", block, result), 0) + 1
    return annual.totals(figures)


def fees(organs: Iterable[Organ], year: int) -> int:
    """Yuan of 信息处理费 paid in the year."""
    return Request.objects.filter(organ__in=list(organs), paid_on__year=year).aggregate(sum=Sum("fee"))["sum"] or 0


def organs_of(report: AnnualReport) -> list[Organ]:
    """Whose work the report tells of: its organ's, or that of every organ with a desk."""
    return list(Organ.objects.filter(pk__in=_with_desks())) if report.whole else [report.organ]


def _with_desks() -> QuerySet[Organ, int]:
    from .models import Desk

    return Desk.objects.values_list("organ", flat=True)


def figures(report: AnnualReport) -> dict[annual.Cell, float]:
    """The report's figures: as approved, else as the facts stand today."""
    if report.state == AnnualReport.APPROVED:
        return annual.read(report.frozen)
    return counted(organs_of(report), report.year, entered(report))


def entered(report: AnnualReport) -> dict[str, float]:
    """Table 2: what was entered; the whole county's adds what its organs entered for themselves."""
    own = {code: float(one["value"]) for code, one in report.entered.items()}
    if not report.whole:
        return own
    latest: dict[int, AnnualReport] = {}
    for one in AnnualReport.objects.filter(year=report.year, whole=False).order_by("edition"):
        latest[one.organ_id] = one
    return {code: own.get(code, 0) + sum(entered(one).get(code, 0) for one in latest.values()) for code in annual.TABLE_2}


def before(report: AnnualReport) -> dict[annual.Cell, float] | None:
    """Last year's approved figures, the newest edition's."""
    found = AnnualReport.objects.filter(organ=report.organ, whole=report.whole, year=report.year - 1, state=AnnualReport.APPROVED)
    last = found.order_by("-edition").first()
    return annual.read(last.frozen) if last else None


def faults(report: AnnualReport) -> list[annual.Fault]:
    """What stands against handing it in."""
    return annual.faults(figures(report), report.chapters, before(report))
