"""How a document is filed: retention, archival number, order inside an item, and the balance (DA/T 22-2015; 条例第二十七条)."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    PREFILED = "prefiled"
    FILED = "filed"


STATE_LABELS = {State.PREFILED: _("预归档"), State.FILED: _("已归档")}


class Period(StrEnum):
    """保管期限 by 国家档案局令第8号; the old 长期 and 短期 may not be used."""

    PERMANENT = "Y"
    THIRTY = "D30"
    TEN = "D10"


PERIODS = {Period.PERMANENT: _("永久"), Period.THIRTY: _("定期30年"), Period.TEN: _("定期10年")}


@dataclass(frozen=True, slots=True)
class Retention:
    """What is proposed for a type of document: when it is important, and otherwise."""

    kind: str
    important: Period
    ordinary: Period
    article: str


ORDER_8 = "国家档案局令第8号"
# fmt: off
RETENTION = (
    #         type             important         ordinary           source
    Retention("resolution",    Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("decision",      Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("order",         Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("communique",    Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("announcement",  Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("public_notice", Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("opinion",       Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("notice",        Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("circular",      Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("report",        Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("request",       Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("reply",         Period.PERMANENT, Period.THIRTY,     ORDER_8),
    Retention("bill",          Period.PERMANENT, Period.PERMANENT,  ORDER_8),
    Retention("letter",        Period.THIRTY,    Period.TEN,        ORDER_8),
    Retention("minutes",       Period.PERMANENT, Period.PERMANENT,  ORDER_8),
)
# fmt: on


def proposed(kind: str, important: bool) -> Period:
    """The period proposed for a document; the archivist decides. An unknown type is kept for thirty years."""
    row = next((r for r in RETENTION if r.kind == kind), None)
    if row is None:
        return Period.THIRTY
    return row.important if important else row.ordinary


class Role(StrEnum):
    """What a part is inside its item."""

    FINAL = "final"
    ATTACHMENT = "attachment"
    SHEET = "sheet"
    DRAFT = "draft"
    TRACES = "traces"
    METADATA = "metadata"
    LOG = "log"


# fmt: off
PARTS = {
    # order inside an item (5.1.2): text before attachment, final before sheet before draft; then what GB/T 39362 adds
    Role.FINAL:      (10, _("正本"),         "DA/T 22-2015 5.1.2"),
    Role.ATTACHMENT: (20, _("附件"),         "DA/T 22-2015 5.1.2"),
    Role.SHEET:      (30, _("发文处理单"),   "DA/T 22-2015 5.1.2"),
    Role.DRAFT:      (40, _("定稿"),         "DA/T 22-2015 5.1.2"),
    Role.TRACES:     (50, _("花脸稿"),       "GB/T 39362-2020"),
    Role.METADATA:   (60, _("元数据"),       "GB/T 39362-2020"),
    Role.LOG:        (70, _("处理过程"),     "GB/T 39362-2020"),
}
# fmt: on
REQUIRED = frozenset({Role.FINAL, Role.SHEET, Role.DRAFT, Role.METADATA, Role.LOG})

FONDS = re.compile(r"^[A-Z0-9]{4}$")
CLASS = re.compile(r"^[A-Z0-9]{3}$")
NUMBER = re.compile(r"^[A-Z0-9]{4}-WS·(19|20)\d{2}-(Y|D30|D10)(-[A-Z0-9]{3})?-\d{4}$")
MOST = 9999  # 件号 has four digits


def number(fonds: str, year: int, period: str, klass: str, serial: int) -> str:
    """档号: 全宗号-WS·年度-保管期限[-机构（问题）]-件号 (DA/T 22-2015 5.4); without a class that part is left out."""
    return "-".join([fonds, f"WS·{year:04d}", period, *([klass] if klass else []), f"{serial:04d}"])


def series(period: str, klass: str) -> str:
    """The run of 件号 inside the lowest class; fonds and year are the other keys of the series."""
    return f"archive:{period}:{klass}"


def filing_year(written: date) -> int:
    """归档年度: the year in which the document was signed (5.2)."""
    return written.year


def choice_objection(state: str, period: str, klass: str, classes: Collection[str], has_fonds: bool, whole: bool) -> Objection | None:
    """Why an item can't be filed as chosen, or None. `classes` are those of its fonds; none means it isn't classed."""
    if state != State.PREFILED:
        return Objection(_("这一件已经归档，档号不再改变"), code="stale")
    if not has_fonds:
        return Objection(_("这个机关还没有登记全宗号，请先登记全宗"), code="fonds")
    if period not in set(Period):
        return Objection(_("请选择保管期限（永久、30年、10年）"), field="period")
    if classes and klass not in classes:
        return Objection(_("请选择机构（问题）类目"), field="klass")
    if not classes and klass:
        return Objection(_("这个全宗不分机构（问题），不填类目"), field="klass")
    if not whole:
        return Objection(_("内容不完整或与预归档时的摘要不符，不能归档"), code="broken")
    return None


def missing_parts(roles: Iterable[str]) -> list[str]:
    """The names of parts that every item needs and this one lacks (GB/T 39362-2020)."""
    have = set(roles)
    return [PARTS[role][1] for role in Role if role in REQUIRED and role.value not in have]


def fonds_objection(code: str, name: str) -> Objection | None:
    if not FONDS.match(code):
        return Objection(_("全宗号为4位大写字母或数字，例如Z109"), field="code")
    if not name.strip():
        return Objection(_("请填写全宗名称"), field="name")
    return None


def class_objection(code: str, name: str) -> Objection | None:
    if not CLASS.match(code):
        return Objection(_("类目代码为3位大写字母或数字，例如BGS"), field="code")
    if not name.strip():
        return Objection(_("请填写类目名称"), field="name")
    return None


def digest(parts: Sequence[tuple[str, str, str]]) -> str:
    """固化信息: SM3 over role, name and SM3 of every part, in order (DA/T 70-2018 GD-1-1)."""
    return hashlib.new("sm3", json.dumps([list(p) for p in parts], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Balance:
    """One numbering series of a year: how many were registered, filed, pre-filed, and which are missing."""

    organ: str
    series: str
    registered: int
    filed: int
    prefiled: int
    missing: tuple[int, ...]

    @property
    def even(self) -> bool:
        return self.filed == self.registered


def balance(organ: str, series: str, registered: int, states: Mapping[int, str]) -> Balance:
    """Registered against filed: every serial 1…n must have its item (归档文件齐全完整, 5.1)."""
    filed = sum(state == State.FILED for state in states.values())
    missing = tuple(n for n in range(1, registered + 1) if n not in states)
    return Balance(organ, series, registered, filed, len(states) - filed, missing)
