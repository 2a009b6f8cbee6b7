"""What is proposed when a document is filed: how long it is kept, and in which class. The archivist decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import Period, Way

ORDER_8 = "国家档案局令第8号"
ANY = ""
Y, D30, D10 = Period.PERMANENT, Period.THIRTY, Period.TEN


@dataclass(frozen=True, slots=True)
class Retention:
    """What is proposed for a type of document: when it is important, and otherwise."""

    way: Way
    kind: str
    important: Period
    ordinary: Period
    source: str


I, R = Way.ISSUED, Way.RECEIVED  # noqa: E741  the two columns of the table
# fmt: off
# The order gives the periods by matter (附件 文书档案保管期限表); by type they are this county's reading of it, as a proposal.
RETENTION = (
    #         way type             important ordinary  source
    Retention(I, "resolution",    Y,        Y,        ORDER_8),
    Retention(I, "decision",      Y,        Y,        ORDER_8),
    Retention(I, "order",         Y,        Y,        ORDER_8),
    Retention(I, "communique",    Y,        Y,        ORDER_8),
    Retention(I, "announcement",  Y,        Y,        ORDER_8),
    Retention(I, "public_notice", Y,        D30,      ORDER_8),
    Retention(I, "opinion",       Y,        D30,      ORDER_8),
    Retention(I, "notice",        Y,        D30,      ORDER_8),
    Retention(I, "circular",      Y,        D30,      ORDER_8),
    Retention(I, "report",        Y,        D30,      ORDER_8),
    Retention(I, "request",       Y,        D30,      ORDER_8),
    Retention(I, "reply",         Y,        D30,      ORDER_8),
    Retention(I, "bill",          Y,        Y,        ORDER_8),
    Retention(I, "letter",        D30,      D10,      ORDER_8),
    Retention(I, "minutes",       Y,        Y,        ORDER_8),
    # received: what had to be acted on counts as important, what was only read does not
    Retention(R, "reply",         Y,        Y,        ORDER_8),
    Retention(R, "decision",      Y,        D30,      ORDER_8),
    Retention(R, "request",       Y,        D30,      ORDER_8),
    Retention(R, "letter",        D30,      D10,      ORDER_8),
    Retention(R, ANY,             D30,      D10,      ORDER_8),
    Retention(I, ANY,             D30,      D30,      ORDER_8),
)
# fmt: on


def proposed(kind: str, important: bool, way: Way = Way.ISSUED) -> Period:
    """The period proposed for a document: the first row that fits."""
    row = next(r for r in RETENTION if r.way == way and r.kind in (kind, ANY))
    return row.important if important else row.ordinary


class By(StrEnum):
    """What a rule for the class looks at."""

    UNIT = "unit"
    MAKER = "maker"
    KIND = "kind"
    WORD = "word"
    WAY = "way"


BY = {
    By.UNIT: _("承办处室"),
    By.MAKER: _("责任者"),
    By.KIND: _("文种"),
    By.WORD: _("题名含有"),
    By.WAY: _("收文或发文"),
}


@dataclass(frozen=True, slots=True)
class ClassRule:
    """One row of a fonds' own plan: what fits it goes into this class (分类方案)."""

    by: str
    value: str
    klass: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a document the rules for the class look at."""

    unit: str
    maker: str
    kind: str
    title: str
    way: str


def klass(plan: Iterable[ClassRule], of: Traits) -> ClassRule | None:
    """The first row of the plan that fits, or None."""
    said = {By.UNIT: of.unit, By.MAKER: of.maker, By.KIND: of.kind, By.WAY: of.way}
    return next((row for row in plan if (row.value in of.title if row.by == By.WORD else said.get(By(row.by)) == row.value)), None)


def plan_objection(by: str, value: str) -> Objection | None:
    if by not in set(By):
        return Objection(_("请选择按什么归类"), field="by")
    if not value.strip():
        return Objection(_("请填写归类的依据值"), field="value")
    return None
