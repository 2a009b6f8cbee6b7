"""What may be judged of an item on each kind of sheet, what has to be said with it, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.archive.rules import Period
from zhengtong.office.documents.rules import secrecy

from . import DESTRUCTION_LAW, OPENING_LAW, SECRECY_LAW, Kind
from .periods import Longer, kept_longer


@dataclass(frozen=True, slots=True)
class Judgement:
    """One choice: whether it needs its reason, and a value: a mark of secrecy, a longer period, the day of the next review."""

    code: str
    label: str
    reason: bool
    value: str
    source: str


# fmt: off
JUDGEMENTS: Mapping[Kind, tuple[Judgement, ...]] = {
    #             code            label                reason  value     source
    Kind.OPENING: (
        Judgement("open",         _("开放"),           False,  "",       OPENING_LAW),
        Judgement("control",      _("控制使用"),       True,   "review", OPENING_LAW),
    ),
    Kind.SECRECY: (
        Judgement("declassify",   _("解密"),           True,   "",       SECRECY_LAW),
        Judgement("change",       _("变更密级或期限"), True,   "mark",   SECRECY_LAW),
        Judgement("stay",         _("维持原密级"),     True,   "",       SECRECY_LAW),
    ),
    Kind.DESTRUCTION: (
        Judgement("destroy",      _("销毁"),           True,   "",       DESTRUCTION_LAW),
        Judgement("keep",         _("继续保存"),       True,   "longer", DESTRUCTION_LAW),
    ),
}
LONGER = (
    #      code    what                years  counted from the item's own year, or from its present end
    Longer("D30",  _("改为定期30年"),  30,    anew=True),
    Longer("Y",    _("改为永久"),      None,  anew=True),
    Longer("+10",  _("延长10年"),      10,    anew=False),
)
REVIEW_AGAIN = 5  # years after which what was kept closed is looked at again, at the latest (the county's own convention)
# fmt: on


@dataclass(frozen=True, slots=True)
class Subject:
    """What of an item its judgement looks at. `end` is the last day of its period, None for ever."""

    number: str
    year: int
    period: str
    way: str
    level: str
    mark: str
    end: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the archivist says of it; `basis` the notice of the organ that classified it."""

    judgement: str
    reason: str = ""
    value: str = ""
    basis: str = ""


def proposed(kind: str, of: Subject, today: date) -> tuple[str, str]:
    """What stands beside an item before anybody has judged it, with its reason. What is to be destroyed nobody but a person proposes."""
    over = of.end is not None and of.end <= today
    if kind == Kind.OPENING:
        return ("open", _("已满二十五年，内容可以开放")) if over else ("", "")
    if kind == Kind.SECRECY:
        return ("declassify", _("保密期限已满，自行解密")) if over else ("stay", "")
    return "", ""


def judgement(kind: str, code: str) -> Judgement | None:
    return next((row for row in JUDGEMENTS[Kind(kind)] if row.code == code), None)


def objection(kind: str, of: Subject, said: Said, today: date) -> Objection | None:
    """Why this can't be judged of this item so, or None."""
    row = judgement(kind, said.judgement)
    if row is None:
        return Objection(_("%(item)s：请选择鉴定意见"), {"item": of.number}, field="judgement")
    if row.reason and not said.reason.strip():
        return Objection(_("%(item)s：请写明理由"), {"item": of.number}, field="reason")
    if row.value == "review":
        return _review_objection(of, said.value, today)
    if row.value == "longer":
        return _longer_objection(of, said.value)
    return _secrecy_objection(of, row, said, today) if kind == Kind.SECRECY else None


def _review_objection(of: Subject, value: str, today: date) -> Objection | None:
    if not value.isdecimal() or not 1 <= int(value) <= REVIEW_AGAIN:
        return Objection(_("%(item)s：控制使用的，须在%(years)d年内再审"), {"item": of.number, "years": REVIEW_AGAIN}, field="value")
    return None


def _longer_objection(of: Subject, value: str) -> Objection | None:
    row = next((one for one in LONGER if one.code == value), None)
    if row is None:
        return Objection(_("%(item)s：请选择新的保管期限"), {"item": of.number}, field="value")
    until = kept_longer(of.year, of.end, row) if of.end else None
    if until is not None and of.end is not None and until <= of.end:
        return Objection(_("%(item)s：新的保管期限须比原来长"), {"item": of.number}, field="value")
    return None


def _secrecy_objection(of: Subject, row: Judgement, said: Said, today: date) -> Objection | None:
    over = of.end is not None and of.end < today
    if over and row.code != "declassify":
        return Objection(_("%(item)s：保密期限已满即自行解密，延长须在期满前决定"), {"item": of.number}, field="judgement")
    if of.way == "received" and not over and row.code != "stay" and not said.basis.strip():
        return Objection(_("%(item)s：收文由原定密机关决定，请写明其通知"), {"item": of.number}, field="basis")
    if row.value != "mark":
        return None
    if said.value == of.mark:
        return Objection(_("%(item)s：新的密级和期限与原来相同"), {"item": of.number}, field="value")
    if no := secrecy.mark_objection(said.value):
        return no
    return None


def until(kind: str, of: Subject, said: Said, today: date) -> date | None:
    """To which day the outcome holds: kept until, closed until; None for ever or at once."""
    row = judgement(kind, said.judgement)
    if row and row.value == "longer" and of.end:
        return kept_longer(of.year, of.end, next(one for one in LONGER if one.code == said.value))
    if row and row.value == "review":
        return date(today.year + int(said.value), 12, 31)
    return None


def over_objection(period: str, end: date | None, today: date, number: str) -> Objection | None:
    """Why an item can't be on a destruction list, or None: 永久 never, the others only when their period is over."""
    if period == Period.PERMANENT:
        return Objection(_("%(item)s的保管期限是永久，不能列入销毁清册"), {"item": number}, code="permanent")
    if end is None or end >= today:
        return Objection(_("%(item)s的保管期限未满，不能列入销毁清册"), {"item": number}, code="early")
    return None
