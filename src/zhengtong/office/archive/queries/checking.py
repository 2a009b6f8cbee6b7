"""What is seen of items when they are checked, the runs, and when the next is due."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from zhengtong.foundation import clock
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.files.rules import HEAD_BYTES
from zhengtong.foundation.files.rules import kind as kind_of
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.seals import sm3
from zhengtong.office.archive import rules
from zhengtong.office.archive.models import Finding, Fonds, Item, Part, Run
from zhengtong.office.archive.rules import Role, checks, examining
from zhengtong.papers.archive import paging
from zhengtong.papers.archive.xml import Unreadable

from . import evidence, items, records


@dataclass(frozen=True, slots=True)
class Facts:
    """One stored content as it is now."""

    whole: bool
    size: int
    kind: str
    pages: int | None
    opens: bool
    locked: bool


Looked = dict[str, Facts]  # by digest: what was looked at once in a run is not read again


def look(part: Part, looked: Looked) -> Facts:
    """The content of a part: is it there, is it what was kept, what is it, does it open."""
    known = looked.get(part.file.sm3)
    if known is None:
        known = looked[part.file.sm3] = _look(part)
    return known


def _look(part: Part) -> Facts:
    try:
        data = read(part.file.sm3)
    except OSError:
        return Facts(False, 0, "", None, False, False)
    whole = sm3(data) == part.file.sm3 and len(data) == part.file.size
    found = kind_of(data[:HEAD_BYTES], data if data.startswith(b"PK") else b"")
    try:
        return Facts(whole, len(data), found, paging.pages(data, part.file.kind), True, paging.locked(data, part.file.kind))
    except ValueError:
        return Facts(whole, len(data), found, None, False, paging.locked(data, part.file.kind))


def whole(item: Item, parts: Sequence[Part], looked: Looked) -> bool:
    """Whether every part is what was kept, and none is missing."""
    return (
        not rules.missing_parts((part.role for part in parts), item.way)
        and all(look(part, looked).whole for part in parts)
        and rules.digest([(part.role, part.name, part.file.sm3) for part in parts]) == item.digest
    )


def seen(item: Item, parts: Sequence[Part], looked: Looked, twins: Sequence[str] = (), name: str = "") -> examining.Seen:
    """One item as the checks see it; `name` is how findings call it."""
    by_role = {part.role: part for part in parts}
    try:
        told = records.described(by_role[Role.METADATA])
    except (KeyError, Unreadable, OSError, ValueError):
        told = None
    return examining.Seen(
        name=name or str(item),
        way=item.way,
        number=item.archive_number,
        fixed=rules.digest([(part.role, part.name, part.file.sm3) for part in parts]) == item.digest,
        columns=_columns(item),
        values=told.values if told else None,
        listed=[examining.Listed(one.role, one.name, one.kind, one.size, one.digest) for one in told.contents] if told else [],
        events=[(event.agent, event.at) for event in told.events] if told else [],
        people=frozenset(agent.code for agent in told.agents) if told else frozenset(),
        log=_log(by_role.get(Role.LOG)),
        signatures=[(f"{one.act} {one.by or one.file}", one.good) for one in evidence.signed(item, parts)],
        parts=[_part(part, look(part, looked)) for part in parts],
        twins=twins,
    )


def _part(part: Part, facts: Facts) -> examining.SeenPart:
    return examining.SeenPart(
        part.role, part.name, part.file.kind, part.file.size, part.file.sm3, part.pages,
        facts.whole, facts.kind, facts.pages, facts.opens, facts.locked,
    )  # fmt: skip


def _columns(item: Item) -> dict[str, str]:
    """What the catalogue in the database says of elements that the metadata file says too."""
    found = {
        "题名": item.title,
        "责任者": item.maker,
        "文件编号": item.original or item.number,
        "日期": f"{item.written_on:%Y%m%d}",
        "页数": str(item.pages),
        "电子文件号": item.document,
    }
    if item.archive_number and item.fonds:
        found |= {"全宗号": item.fonds.code, "年度": f"{item.year:04d}", "保管期限": item.period, "室编件号": f"{item.item_serial:04d}"}
        found |= {"机构或问题": item.klass.code} if item.klass else {}
    return found


def _log(part: Part | None) -> int:
    try:
        return len(json.loads(read(part.file.sm3))) if part else -1
    except (OSError, ValueError, TypeError):
        return -1


def twins(found: Iterable[Item]) -> dict[int, list[str]]:
    """重份: other items of the same fonds under the same maker and 文件编号."""
    found = list(found)
    by_key: dict[tuple[int | None, str, str], list[Item]] = defaultdict(list)
    others = Item.objects.filter(fonds__in={i.fonds_id for i in found if i.fonds_id}, maker__in={i.maker for i in found})
    for other in others.exclude(state=rules.State.WAIVED.value):
        by_key[(other.fonds_id, other.maker, other.original or other.number)].append(other)
    return {i.pk: [str(o) for o in by_key[(i.fonds_id, i.maker, i.original or i.number)] if o.pk != i.pk] for i in found}


def gaps(found: Iterable[Item]) -> list[tuple[str, str]]:
    """件号 that are missing in the runs that these items stand in. What lies below an imported item may be in another system."""
    keys = {(i.fonds_id, i.year, i.period, i.klass_id) for i in found if i.item_serial}
    missing = []
    for fonds, year, period, klass in sorted(keys, key=str):
        run = Item.objects.filter(fonds=fonds, year=year, period=period, klass=klass, item_serial__isnull=False)
        there = dict(run.values_list("item_serial", "imported_at"))
        below = max((serial or 0 for serial, at in there.items() if at), default=0)
        lost = [n for n in range(below + 1, max((s or 0 for s in there), default=0)) if n not in there]
        missing += [(f"{year}-{period}", f"{n:04d}") for n in lost]
    return missing


def batch(
    found: Sequence[Item], parts: Mapping[int, Sequence[Part]], looked: Looked, stage: str, expected: int | None = None
) -> examining.Batch:
    """These items as the checks see them together. At filing they go by their own number: the archival one is not theirs yet."""
    doubles = twins(found)
    names = {item.pk: item.number if stage == checks.Stage.FILING else str(item) for item in found}
    return examining.Batch(
        items=[seen(item, parts[item.pk], looked, doubles.get(item.pk, ()), names[item.pk]) for item in found],
        today=clock.today(),
        expected=len(found) if expected is None else expected,
        bytes=sum(part.file.size for item in found for part in parts[item.pk]),
        gaps=gaps(found),
    )


def outcomes(stage: str, of: examining.Batch, failed: Mapping[str, str] | None = None) -> dict[str, checks.Outcome]:
    """What every check of the stage finds that nobody has to answer; `failed` are the steps at which a carrier did not verify."""
    found = {}
    for check in checks.of_stage(stage):
        if check.number in examining.CARRIER:
            found[check.number] = examining.carrier(check.number, failed or {})
        elif not check.asked:
            run: Callable[[examining.Batch], checks.Outcome] = examining.AUTOMATIC[check.number]
            found[check.number] = run(of)
    return found


def runs(person: Person) -> QuerySet[Run]:
    """The runs over what this archivist keeps."""
    return Run.objects.filter(fonds__in=items.fonds_kept(person)).select_related("fonds", "by")


def runs_of(item: Item) -> list[Run]:
    """The runs that looked at an item."""
    return list(Run.objects.filter(checked__item=item).select_related("by").prefetch_related("findings"))


@dataclass(frozen=True, slots=True)
class Shown:
    """One check of a run as the screen shows it; without a finding it waits for an answer."""

    check: checks.Check
    code: str
    finding: Finding | None

    @property
    def said(self) -> str:
        """On what the finding rests, in the reader's language."""
        evidence = self.finding.evidence if self.finding else {}
        said = str(evidence.get("said", ""))
        return gettext(said) % evidence.get("params", {}) if said else ""

    @property
    def more(self) -> int:
        """How many faults there are beyond those that are kept."""
        evidence = self.finding.evidence if self.finding else {}
        return int(evidence.get("count", 0)) - len(evidence.get("faults", []))


def shown(run: Run) -> list[Shown]:
    """Every check of the run's stage in the order of the table."""
    found = {finding.code: finding for finding in run.findings.select_related("by")}
    rows = ((check, checks.code(check, run.stage)) for check in checks.of_stage(run.stage))
    return [Shown(check, code, found.get(code)) for check, code in rows]


def open_questions(run: Run) -> list[checks.Check]:
    """What is still to be answered."""
    return [one.check for one in shown(run) if one.finding is None]


def standing(run: Run) -> str:
    """open while something is to be answered, else the result of all together."""
    found = list(run.findings.values_list("code", "result"))
    results = {result for _code, result in found}
    if checks.Result.BAD in results:
        return checks.Result.BAD.value
    if len(found) < len(checks.of_stage(run.stage)):
        return "open"
    return checks.Result.WARN.value if checks.Result.WARN in results else checks.Result.GOOD.value


def last_yearly(fonds: Fonds) -> Run | None:
    return Run.objects.filter(fonds=fonds, stage=checks.Stage.YEARLY.value).first()


@dataclass(frozen=True, slots=True)
class Due:
    """A fonds and its yearly check: the last one, and whether it is time for the next."""

    fonds: Fonds
    count: int
    last: Run | None

    @property
    def due(self) -> bool:
        return self.count > 0 and (self.last is None or clock.now() - self.last.at >= timedelta(days=checks.EVERY_YEAR))


def due(person: Person) -> list[Due]:
    """Every fonds that this archivist keeps, with its yearly check."""
    filed = Q(state=rules.State.FILED.value)
    return [Due(one, one.items.filter(filed).count(), last_yearly(one)) for one in items.fonds_kept(person)]
