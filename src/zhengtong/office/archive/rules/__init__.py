"""How a document is filed: parts of an item, archival number, and what stands against it (DA/T 22-2015; 条例第二十七条).

Beside it: `retention` what is proposed, `describing` the metadata, `checks` the four properties, `balance` the sheet of a year.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    PREFILED = "prefiled"
    FILED = "filed"
    WAIVED = "waived"
    DESTROYED = "destroyed"


STATE_LABELS = {State.PREFILED: _("预归档"), State.FILED: _("已归档"), State.WAIVED: _("不归档"), State.DESTROYED: _("已销毁")}
NUMBERED = (State.FILED, State.DESTROYED)  # the entry of what was destroyed stays in the catalogue under its number


class Period(StrEnum):
    """保管期限 by 国家档案局令第8号; the old 长期 and 短期 may not be used."""

    PERMANENT = "Y"
    THIRTY = "D30"
    TEN = "D10"


PERIODS = {Period.PERMANENT: _("永久"), Period.THIRTY: _("定期30年"), Period.TEN: _("定期10年")}


class Way(StrEnum):
    """Whether the organ issued the document or received it."""

    ISSUED = "issued"
    RECEIVED = "received"


WAYS = {Way.ISSUED: _("发文"), Way.RECEIVED: _("收文")}
RECEIVED_SERIES = "incoming"  # the numbers room's series of 收文号; that of an issued document is its 机关代字


class Role(StrEnum):
    """What a part is inside its item."""

    FINAL = "final"
    PAGE = "page"
    ATTACHMENT = "attachment"
    SHEET = "sheet"
    DRAFT = "draft"
    SIGNED = "signed"
    TRACES = "traces"
    METADATA = "metadata"
    LOG = "log"
    SIGNATURES = "signatures"


BOTH = frozenset(Way)
OURS = frozenset({Way.ISSUED})
# fmt: off
PARTS = {
    # order inside an item (5.1.2): text before attachment, final before sheet before draft; then what GB/T 39362 adds;
    # in which items it must be
    Role.FINAL:      (10, _("正本"),             BOTH,        "DA/T 22-2015 5.1.2"),
    Role.PAGE:       (11, _("正本（PDF）"),      frozenset(), "DA/T 22-2015 5.1.2"),
    Role.ATTACHMENT: (20, _("附件"),             frozenset(), "DA/T 22-2015 5.1.2"),
    Role.SHEET:      (30, _("处理单"),           BOTH,        "DA/T 22-2015 5.1.2"),
    Role.DRAFT:      (40, _("定稿"),             OURS,        "DA/T 22-2015 5.1.2"),
    Role.SIGNED:     (41, _("签发内容"),         OURS,        "GB/T 39362-2020"),
    Role.TRACES:     (50, _("花脸稿"),           OURS,        "GB/T 39362-2020"),
    Role.METADATA:   (60, _("元数据"),           BOTH,        "DA/T 46-2009"),
    Role.LOG:        (70, _("处理过程"),         BOTH,        "GB/T 39362-2020"),
    Role.SIGNATURES: (80, _("电子签名"),         OURS,        "DA/T 46-2009 M57"),
}
# fmt: on
ONCE = frozenset(Role) - {Role.ATTACHMENT}
CONTENT = (Role.FINAL, Role.ATTACHMENT)  # whose pages are the pages of the item; the PDF beside an OFD is the same pages
SUFFIXES = {"pdf": "pdf", "ofd": "ofd", "png": "png", "jpg": "jpg", "docx": "docx", "xlsx": "xlsx", "txt": "txt"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One content that is handed over for filing: new bytes, or the digest of what is stored already."""

    role: Role
    name: str
    data: bytes = b""
    sm3: str = ""


def order(role: str, place: int) -> int:
    """Where a part stands in its item, the `place`-th one of all."""
    return PARTS[Role(role)][0] * 100 + place


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
    if state == State.DESTROYED:
        return Objection(_("这一件已经销毁，不能再归档"), code="stale")
    if state == State.WAIVED:
        return Objection(_("这一件已定为不归档，先恢复再归档"), code="stale")
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


def missing_parts(roles: Iterable[str], way: str) -> list[str]:
    """The names of parts that every item of this way needs and this one lacks (GB/T 39362-2020)."""
    have = set(roles)
    return [PARTS[role][1] for role in Role if way in PARTS[role][2] and role.value not in have]


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
