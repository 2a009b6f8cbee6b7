"""How the checks that need nobody's answer are made: over what was seen of each item, without tables and files."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.rules.kinds import KINDS

from . import NUMBER, ONCE, PARTS, Period, Role, missing_parts
from .checks import Outcome, Result, judged

LENGTHS = {"题名": 500, "文件编号": 60, "责任者": 200, "全宗号": 4, "年度": 4, "保管期限": 3, "机构或问题": 3, "室编件号": 4, "日期": 8,
           "电子文件号": 40, "全宗名称": 120}  # fmt: skip
SHAPES = {"日期": r"\d{8}", "年度": r"(19|20)\d{2}", "室编件号": r"\d{4}", "页数": r"\d+", "件数": r"\d+"}
VALUES = {
    "聚合层次": ("文件",),
    "类别号": ("WS",),
    "保管期限": tuple(p.value for p in Period),
    "密级": ("秘密", "机密", "绝密"),
    "文件组合类型": ("单件", "组合文件"),
    "控制标识": ("开放", "控制"),
    "文种": tuple(kind.name for kind in KINDS.values()),
}
# DA/T 46-2009; those of the number only once it is given
ELEMENTS = ("聚合层次", "电子文件号", "题名", "文件编号", "责任者", "日期", "文件组合类型", "页数", "件数")
NUMBERED = ("全宗名称", "立档单位名称", "全宗号", "年度", "保管期限", "室编件号")
REQUIRED = ("题名", "责任者", "日期", "文件编号", "页数")
SPOKEN = ("题名", "责任者", "文件编号")
LASTING = frozenset({"ofd", "pdf", "jpg", "png", "txt"})
ODD = ("Cc", "Cs", "Co", "Cn")
EARLIEST = 1949


@dataclass(frozen=True, slots=True)
class SeenPart:
    """One part of an item as it was found."""

    role: str
    name: str
    kind: str
    size: int
    sm3: str
    told_pages: int | None
    whole: bool = True  # there, and of the recorded digest and size
    real_kind: str = ""  # by its content
    pages: int | None = None
    opens: bool = True
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A content as the metadata file lists it."""

    role: str
    name: str
    kind: str
    size: int
    sm3: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One item as it was found: its row, its metadata file, its parts."""

    name: str  # archival number, or the document's code before it has one
    way: str
    number: str | None
    fixed: bool  # the digest over all parts is the one that was fixed
    columns: Mapping[str, str]  # what the database says of elements that the metadata file says too
    values: Mapping[str, str] | None  # the metadata file; None when it can't be read
    listed: Sequence[Listed] = ()
    events: Sequence[tuple[str, str]] = ()  # who and when
    people: frozenset[str] = frozenset()
    log: int = 1  # entries; -1 when it can't be read
    signatures: Sequence[tuple[str, bool]] = ()
    parts: Sequence[SeenPart] = ()
    twins: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What is checked together, on which day; the gaps in the runs of 件号 that it touches."""

    items: Sequence[Seen]
    today: date
    expected: int
    bytes: int
    gaps: Sequence[tuple[str, str]] = field(default=())


Fault = tuple[str, str]
PARTS_SEEN, ITEMS_SEEN = _("查%(parts)d个文件"), _("查%(items)d件")


def _each(batch: Batch, find: Callable[[Seen], Iterable[str]]) -> list[Fault]:
    return [(seen.name, what) for seen in batch.items for what in find(seen)]


def _over(batch: Batch, find: Callable[[Seen], Iterable[str]], soft: bool = False) -> Outcome:
    return judged(_each(batch, find), ITEMS_SEEN, {"items": len(batch.items)}, soft)


def _through(batch: Batch, find: Callable[[Seen], Iterable[str]], soft: bool = False) -> Outcome:
    return judged(_each(batch, find), PARTS_SEEN, {"parts": sum(len(seen.parts) for seen in batch.items)}, soft)


def _values(seen: Seen) -> Mapping[str, str]:
    return seen.values or {}


def fixity(seen: Seen) -> Iterable[str]:
    yield from (part.name for part in seen.parts if not part.whole)
    yield from () if seen.fixed else ("固化摘要",)
    yield from (name for name, good in seen.signatures if not good)


def lengths(seen: Seen) -> Iterable[str]:
    return (name for name, most in LENGTHS.items() if len(_values(seen).get(name, "")) > most)


def shapes(seen: Seen) -> Iterable[str]:
    found = [name for name, shape in SHAPES.items() if name in _values(seen) and not re.fullmatch(shape, _values(seen)[name])]
    return found or ([] if "日期" not in _values(seen) or _day(_values(seen)["日期"]) else ["日期"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def ranges(seen: Seen) -> Iterable[str]:
    return (name for name, known in VALUES.items() if name in _values(seen) and _values(seen)[name] not in known)


def plausible(batch: Batch) -> Outcome:
    def find(seen: Seen) -> Iterable[str]:
        values = _values(seen)
        day = _day(values.get("日期", ""))
        if day and (day > batch.today or day.year < EARLIEST):
            yield "日期"
        if day and values.get("年度", "").isdecimal() and not day.year <= int(values["年度"]) <= batch.today.year:
            yield "年度"
        if values.get("页数") == "0":
            yield "页数"

    return _over(batch, find)


def characters(seen: Seen) -> Iterable[str]:
    return (
        name for name in SPOKEN
        if any(c == "\ufffd" or unicodedata.category(c) in ODD for c in _values(seen).get(name, "").replace("\n", " "))
    )  # fmt: skip


def numbers(seen: Seen) -> Iterable[str]:
    if seen.number is None:
        return
    values = _values(seen)
    parts = [values.get("全宗号", ""), f"WS·{values.get('年度', '')}", values.get("保管期限", "")]
    parts += [values["机构或问题"]] if values.get("机构或问题") else []
    if not NUMBER.match(seen.number) or seen.number != "-".join([*parts, values.get("室编件号", "")]):
        yield seen.number


def attributes(seen: Seen) -> Iterable[str]:
    there = {part.name: part for part in seen.parts if part.role != Role.METADATA}
    listed = {one.name: one for one in seen.listed}
    yield from sorted(there.keys() ^ listed.keys())
    for name in there.keys() & listed.keys():
        part, told = there[name], listed[name]
        if (part.role, part.size, part.sm3) != (told.role, told.size, told.sm3):
            yield name


def columns(seen: Seen) -> Iterable[str]:
    return (name for name, value in seen.columns.items() if _values(seen).get(name, "") != value)


def elements(seen: Seen) -> Iterable[str]:
    wanted = (*ELEMENTS, *(NUMBERED if seen.number else ()))
    return (name for name in wanted if name not in _values(seen))


def required(seen: Seen) -> Iterable[str]:
    wanted = (*REQUIRED, *(("年度", "保管期限") if seen.number else ()))
    return (name for name in wanted if not _values(seen).get(name, "").strip())


def process(seen: Seen) -> Iterable[str]:
    if not seen.events or seen.log < 1:
        yield "处理过程"
    times = [at for _who, at in seen.events]
    if any(who not in seen.people or not _moment(at) for who, at in seen.events):
        yield "行为人或时间"
    moments = [moment for moment in map(_moment, times) if moment]
    if any(later < earlier for earlier, later in pairwise(moments)):
        yield "先后次序"


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def order(batch: Batch) -> Outcome:
    def find(seen: Seen) -> Iterable[str]:
        roles = [PARTS[Role(part.role)][0] for part in seen.parts]
        if roles != sorted(roles):
            yield "件内次序"

    return judged([*_each(batch, find), *batch.gaps], ITEMS_SEEN, {"items": len(batch.items)})


def contents(seen: Seen) -> Iterable[str]:
    roles = [part.role for part in seen.parts]
    yield from missing_parts(roles, seen.way)
    yield from (PARTS[role][1] for role in ONCE if roles.count(role) > 1)
    yield from (part.name for part in seen.parts if not part.opens or part.pages != part.told_pages)


def attachments(seen: Seen) -> Iterable[str]:
    there = {part.name for part in seen.parts if part.role == Role.ATTACHMENT}
    return (one.name for one in seen.listed if one.role == Role.ATTACHMENT and one.name not in there)


def _metadata(seen: Seen) -> Iterable[str]:
    return () if seen.values is not None else ("元数据.xml",)


def _known(seen: Seen) -> Iterable[str]:
    return () if seen.number else ("档号",)


def _kinds(seen: Seen) -> Iterable[str]:
    return (part.name for part in seen.parts if part.kind not in LASTING)


def _opening(seen: Seen) -> Iterable[str]:
    return (part.name for part in seen.parts if not part.opens)


def _locked(seen: Seen) -> Iterable[str]:
    return (part.name for part in seen.parts if part.locked)


def _foreign(seen: Seen) -> Iterable[str]:
    return (part.name for part in seen.parts if part.whole and part.real_kind != part.kind)


def _twins(seen: Seen) -> Iterable[str]:
    return seen.twins


def total(batch: Batch) -> Outcome:
    found = [] if len(batch.items) == batch.expected else [("", f"{len(batch.items)}≠{batch.expected}")]
    return judged(found, _("应有%(expected)d件，实有%(items)d件"), {"expected": batch.expected, "items": len(batch.items)})


def weight(batch: Batch) -> Outcome:
    there = sum(part.size for seen in batch.items for part in seen.parts if part.whole)
    found = [] if there == batch.bytes else [("", f"{there}≠{batch.bytes}")]
    return judged(found, _("登记%(told)d字节，实有%(there)d字节"), {"told": batch.bytes, "there": there})


AUTOMATIC: Mapping[str, Callable[[Batch], Outcome]] = {
    "1-1": lambda batch: _through(batch, fixity),
    "1-2": lambda batch: _over(batch, lengths),
    "1-3": lambda batch: _over(batch, shapes),
    "1-4": lambda batch: _over(batch, ranges),
    "1-5": plausible,
    "1-6": lambda batch: _over(batch, characters),
    "1-7": lambda batch: _over(batch, numbers),
    "1-8": lambda batch: _over(batch, _twins, soft=True),  # 重份: told, and the balance sheet lists it; both may be kept
    "1-9": lambda batch: _through(batch, attributes),
    "1-10": lambda batch: _over(batch, columns),
    "2-1": total,
    "2-2": weight,
    "2-3": lambda batch: _over(batch, elements),
    "2-4": lambda batch: _over(batch, required),
    "2-5": lambda batch: _over(batch, process),
    "2-6": order,
    "2-7": lambda batch: _through(batch, contents),
    "2-8": lambda batch: _through(batch, attachments),
    "3-1": lambda batch: _over(batch, _metadata),
    "3-2": lambda batch: _over(batch, _known),
    "3-3": lambda batch: _through(batch, _kinds, soft=True),  # to be converted; what came in such a form is still filed
    "3-4": lambda batch: _through(batch, _opening),
    "3-6": lambda batch: _through(batch, _locked),
    "4-2": lambda batch: _through(batch, _foreign),
}
# what is asked of a carrier: the step of its verification (papers.archive.verify) that answers it
CARRIER = {
    "1-12": ("catalogue",), "1-13": ("layout",), "1-14": ("signature", "lock", "digests", "structure", "form"), "2-10": ("metadata",),
    "2-11": ("listed", "contents"), "3-8": ("formats",), "4-3": ("listed",),
}  # fmt: skip
CARRIER_SEEN = _("核验移交载体")


def carrier(number: str, failed: Mapping[str, str]) -> Outcome:
    """What verification of the carrier says to this check; `failed` names the steps that do not hold, with their detail."""
    return judged([("", f"{step}：{failed[step]}") for step in CARRIER[number] if step in failed], CARRIER_SEEN, {})


def result(outcomes: Iterable[Outcome]) -> Result:
    """Of all together: bad as soon as one is."""
    found = {outcome.result for outcome in outcomes}
    return next((one for one in (Result.BAD, Result.WARN) if one in found), Result.GOOD)
