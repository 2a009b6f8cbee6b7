"""What a table of articles from an older site must hold, row by row (发展指引 一（四）: contents move when a site is merged).

A table has a head row of the names below; the order of its columns is free. Every row is judged by itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import unquote

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import SUMMARY_LIMIT, TITLE_LIMIT, VALIDITY_LABELS

MOST_ROWS = 5000
MOST_BODY = 5_000_000  # characters of one body as it is handed in


@dataclass(frozen=True, slots=True)
class Named:
    """A column of the table: how it is named, whether every row must fill it, how long it may be."""

    key: str
    label: str
    needed: bool = False
    longest: int = 0


# fmt: off
COLUMNS = (
    Named("column",    _("栏目路径"), True),
    Named("title",     _("标题"),     True, TITLE_LIMIT),
    Named("body",      _("正文"),     True, MOST_BODY),
    Named("source",    _("来源"),     True, 80),
    Named("at",        _("发布时间"), True),
    Named("author",    _("作者"),     longest=40),
    Named("summary",   _("摘要"),     longest=SUMMARY_LIMIT),
    Named("keywords",  _("关键词"),   longest=120),
    Named("number",    _("发文字号"), longest=60),
    Named("dated",     _("成文日期")),
    Named("issuer",    _("发布机构"), longest=120),
    Named("validity",  _("有效性")),
    Named("address",   _("原网址"),   longest=300),
)
# fmt: on
BY_LABEL = {one.label: one for one in COLUMNS}
MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T　]+(\d{1,2})[:：时](\d{1,2})(?:[:：分]\d{1,2}(?:\.\d+)?秒?)?分?)?")
FORCE = {label: value.value for value, label in VALIDITY_LABELS.items()}
PATH = re.compile(r"/[\w\-./~+]{1,200}(?:\?[\w\-.=&~+]{1,90})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can come: its line in the file and its values."""

    line: int
    values: Mapping[str, str]
    at: datetime
    dated: date | None
    validity: str
    address: str  # the path below the old site, "" when none was given

    @property
    def mark(self) -> str:
        """By which it is known again: its old address, else column, title and day."""
        told = self.address or "\n".join([self.values["column"], self.values["title"], f"{self.at:%Y-%m-%d}"])
        return f"intake:{sha256(told.encode()).hexdigest()[:40]}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that can't come, and why."""

    line: int
    title: str
    objection: Objection


def read(table: Sequence[Sequence[str]], today: date) -> tuple[list[Entry], list[Problem]] | Objection:
    """The rows that can come and those that can't; an objection when the table as a whole is none."""
    rows = [(line, [cell.strip() for cell in row]) for line, row in enumerate(table, start=1) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        return Objection(_("表格里没有数据行"), {}, "file")
    if len(rows) > MOST_ROWS + 1:
        return Objection(_("一次最多导入%(most)s篇"), {"most": str(MOST_ROWS)}, "file")
    head = [BY_LABEL.get(cell) for cell in rows[0][1]]
    if lost := [one.label for one in COLUMNS if one.needed and one not in head]:
        return Objection(_("表头缺少：%(names)s"), {"names": "、".join(lost)}, "file")
    found: list[Entry] = []
    problems: list[Problem] = []
    marks: dict[str, int] = {}
    for line, row in rows[1:]:
        values = {one.key: cell for one, cell in zip(head, row, strict=False) if one is not None}
        entry = _row(line, values, today)
        if isinstance(entry, Entry) and (before := marks.setdefault(entry.mark, line)) != line:
            entry = Objection(_("与第%(line)s行是同一篇"), {"line": str(before)})
        if isinstance(entry, Entry):
            found.append(entry)
        else:
            problems.append(Problem(line, values.get("title", ""), entry))
    return found, problems


def _row(line: int, values: Mapping[str, str], today: date) -> Entry | Objection:
    for one in COLUMNS:
        text = values.get(one.key, "")
        if one.needed and not text:
            return Objection(_("“%(name)s”没有填写"), {"name": one.label})
        if one.longest and len(text) > one.longest:
            return Objection(_("“%(name)s”超过%(most)s字"), {"name": one.label, "most": str(one.longest)})
    at, dated = moment(values["at"]), moment(values["dated"]) if values.get("dated") else None
    if at is None or (values.get("dated") and dated is None):
        return Objection(_("“%(name)s”不是日期，如2026-03-01 09:30"), {"name": _("成文日期") if at else _("发布时间")})
    if at.date() > today or (dated and dated.date() > today):
        return Objection(_("日期不能晚于今天"))
    validity = values.get("validity", "")
    if validity and validity not in FORCE:
        return Objection(_("“有效性”只能是%(names)s"), {"names": "、".join(FORCE)})
    address = path_of(values.get("address", ""))
    if address is None:
        return Objection(_("“原网址”不是网页地址"))
    return Entry(line, values, at, dated.date() if dated else None, FORCE.get(validity, ""), address)


def moment(text: str) -> datetime | None:
    """A day with or without its minute, as offices write it."""
    match = MOMENT.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001  (the caller sets the county's zone)
    except ValueError:
        return None


def path_of(address: str) -> str | None:
    """The path of an old address; "" for none, None for what is no address that can be asked for by its path alone."""
    if not address:
        return ""
    path = "/" + address.partition("://")[2].partition("/")[2] if "://" in address else address
    path = unquote(path.partition("#")[0])
    return path if PATH.fullmatch(path) and ".." not in path else None
