"""What the archivist fills in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .actions import Choice, Registered
from .models import Fonds, Item
from .rules import checks, retention


@dataclass(slots=True)
class Row:
    """One pre-filed item in the list, with what the archivist has chosen so far."""

    item: Item
    chosen: bool
    period: str
    klass: str
    classes: list[tuple[str, str]]
    why: retention.ClassRule | None

    @property
    def by(self) -> str:
        """What the proposed class rests on."""
        return str(_(retention.BY[retention.By(self.why.by)])) if self.why else ""


def rows(
    items: Iterable[Item],
    classes: Mapping[int, list[tuple[str, str]]],
    proposed: Mapping[int, retention.ClassRule],
    sent: Mapping[str, str],
    ticked: set[str],
) -> list[Row]:
    """The list as last sent; before that, everything ticked with what is proposed."""
    found = []
    for item in items:
        why = proposed.get(item.pk)
        found.append(
            Row(
                item=item,
                chosen=item.document in ticked if sent else True,
                period=sent.get(f"period-{item.document}", item.proposed),
                klass=sent.get(f"klass-{item.document}", why.klass if why else ""),
                classes=classes.get(item.organ_id or 0, []),
                why=why,
            )
        )
    return found


def choices(rows: Iterable[Row]) -> list[Choice]:
    return [Choice(row.item.document, row.period, row.klass) for row in rows if row.chosen]


def registered(keys: Iterable[str], year: int) -> list[Registered]:
    """The numbers that were ticked, each as organ, series and serial."""
    found = [key.split("|") for key in keys]
    return [Registered(one[0], one[1], year, int(one[2])) for one in found if len(one) == 3 and one[2].isdecimal() and len(one[2]) < 9]


def ticked(sent: Mapping[str, str], stage: str) -> dict[str, checks.Answer]:
    """Questions answered by a tick: a tick is a yes, nothing is no answer."""
    found = checks.asked(stage)
    return {check.number: checks.Answer(checks.Result.GOOD.value) for check in found if sent.get(f"check-{check.number}")}


@dataclass(slots=True)
class Question:
    """A question of a run, with what was answered so far."""

    check: checks.Check
    code: str
    result: str
    note: str


def questions(asked: Iterable[checks.Check], stage: str, sent: Mapping[str, str]) -> list[Question]:
    return [
        Question(check, checks.code(check, stage), sent.get(f"check-{check.number}", ""), sent.get(f"note-{check.number}", ""))
        for check in asked
    ]


def answers(given: Iterable[Question]) -> dict[str, checks.Answer]:
    return {one.check.number: checks.Answer(one.result, one.note) for one in given if one.result}


class FiledFilter(forms.Form):
    words = forms.CharField(label=_("题名、文号或档号"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=1949, max_value=2999)
    period = forms.ChoiceField(
        label=_("保管期限"), required=False, choices=[("", _("全部")), *((code, _(label)) for code, label in rules.PERIODS.items())]
    )


class AddPlan(forms.Form):
    """增设归类规则 (分类方案)."""

    klass = forms.ChoiceField(label=_("类目"))
    by = forms.ChoiceField(label=_("按"), choices=[])
    value = forms.CharField(label=_("值"), max_length=60, help_text=_("例如按承办处室“秘书一科”，按收文或发文“收文”，按题名含有“防汛”。"))
    source = forms.CharField(label=_("依据"), max_length=120, required=False, help_text=_("例如本机关归档文件分类方案第三条。"))

    def __init__(self, fonds: Iterable[Fonds], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["by"].choices = [(code, _(label)) for code, label in retention.BY.items()]  # type: ignore[attr-defined]
        classes = [(f"{one.code}.{klass.code}", f"{one.code} {klass}") for one in fonds for klass in one.classes.all()]
        self.fields["klass"].choices = classes  # type: ignore[attr-defined]


class Uploads(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files at once."""

    widget = Uploads

    def clean(self, data: object, initial: object = None) -> list[object]:
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(UploadsField, self).clean(one, initial) for one in given if one]
        return cleaned or [super().clean(None, initial)]  # the sentence for nothing chosen


class TakeIn(forms.Form):
    """导入封装包."""

    packages = UploadsField(
        label=_("封装包"), help_text=_("一个或多个.eep文件，或者装有.eep文件的zip。"), widget=Uploads(attrs={"accept": ".eep,.zip"})
    )


class Prepare(forms.Form):
    """提出移交."""

    fonds = forms.ChoiceField(label=_("全宗"))
    year = forms.IntegerField(label=_("年度"), min_value=1949, max_value=2999, help_text=_("移交这一年度已归档、还没有移交的全部文件。"))
    receiver = forms.CharField(label=_("接收单位"), max_length=120, help_text=_("例如云岭县档案馆。"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, fonds: Iterable[Fonds], data: Mapping[str, str] | None = None, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["fonds"].choices = [(one.code, str(one)) for one in fonds]  # type: ignore[attr-defined]


class Day(forms.DateInput):
    """A day; browsers take it in one format only."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class Accept(forms.Form):
    """登记接收."""

    on = forms.DateField(label=_("接收日期"), widget=Day())
    whom = forms.CharField(label=_("接收人"), max_length=60)


class OpenFonds(forms.Form):
    """登记全宗."""

    organ = forms.ChoiceField(label=_("机关"))
    code = forms.CharField(label=_("全宗号"), max_length=4, help_text=_("4位大写字母或数字，由档案馆给定，例如Z109。"))
    name = forms.CharField(label=_("全宗名称"), max_length=120)

    def __init__(self, organs: Iterable[tuple[str, str]], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["organ"].choices = list(organs)  # type: ignore[attr-defined]


class AddClass(forms.Form):
    """增设类目."""

    fonds = forms.ChoiceField(label=_("全宗"))
    code = forms.CharField(label=_("类目代码"), max_length=3, help_text=_("3位大写字母或数字，例如BGS。"))
    name = forms.CharField(label=_("类目名称"), max_length=60)

    def __init__(self, fonds: Iterable[Fonds], data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["fonds"].choices = [(one.code, str(one)) for one in fonds]  # type: ignore[attr-defined]
