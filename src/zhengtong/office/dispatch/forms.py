"""What a receiver or sender writes on a copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import queries as circulation

from . import rules
from .rules import replies, standing


class Reason(forms.Form):
    """Why a document is sent back."""

    reason = forms.CharField(
        label=_("退回理由"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("发文机关会看到：不属于本机关办理、不符合行文规则、文种或格式有误等。"),
    )


class Filter(forms.Form):
    """The filters of both lists."""

    words = forms.CharField(label=_("标题或文号"), required=False, max_length=60)


class ReceivedFilter(Filter):
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *((code, _(label)) for code, label in rules.STATE_LABELS.items())]
    )


class SentFilter(Filter):
    waiting = forms.BooleanField(label=_("只看未签收完的"), required=False)


class Day(forms.DateInput):
    """A day; browsers take it in one format only."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class RecallForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class AffectForm(forms.Form):
    """Which document this one ends, and how (第三十三条)."""

    number = forms.CharField(label=_("原文件的文号"), max_length=40)
    kind = forms.ChoiceField(
        label=_("效力"), choices=[(k.value, _(row.label)) for k, row in standing.EFFECTS.items()], widget=forms.RadioSelect,
        help_text=_("撤销的，自始无效；废止、替代的，自生效日期起失效，此前仍然有效。"),
    )  # fmt: skip
    since = forms.DateField(label=_("生效日期"), required=False, widget=Day(), help_text=_("不填为本文件的印发日期；撤销的不用填。"))
    note = forms.CharField(label=_("说明"), required=False, max_length=rules.LONGEST)


class AskForm(forms.Form):
    """What the receivers are to fill in, and by when."""

    columns = forms.CharField(
        label=_("填报栏目"), help_text=_("一行一栏；数字和日期在竖线后注明，如“完成户数|数字”。"), widget=forms.Textarea(attrs={"rows": 5})
    )
    due = forms.DateField(label=_("回复期限"), widget=Day())
    note = forms.CharField(label=_("填报说明"), required=False, max_length=rules.LONGEST)


class AnswerForm(forms.Form):
    """The columns of a call as fields."""

    organ = forms.ChoiceField(label=_("填报机关"))

    def __init__(self, organs: list[Organ], columns: list[replies.Column], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["organ"].choices = [(o.code, o.name) for o in organs]
        for place, column in enumerate(columns):
            widget = Day() if column.kind is replies.Kind.DATE else forms.TextInput()
            if column.kind is replies.Kind.NUMBER:
                widget.attrs["inputmode"] = "decimal"
            self.fields[f"value{place}"] = forms.CharField(label=column.name, max_length=replies.LONGEST, widget=widget)
        self.values = [f"value{place}" for place in range(len(columns))]


class ReadersForm(forms.Form):
    """Whom to let read a dispatched document."""

    heads = forms.MultipleChoiceField(label=_("领导"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=_("其他人员"), required=False, max_length=600, help_text=_("写姓名，用顿号隔开。"))

    def __init__(self, organ: Organ, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.organ = organ
        self.fields["heads"].choices = [(p.code, p.name) for p in circulation.candidates(organ)]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        try:
            given["readers"] = [*given.get("heads", []), *circulation.named(given.get("others", ""), self.organ)]
        except Refused as no:
            self.add_error("others", str(no))
        return given


class PeriodForm(forms.Form):
    """The period of the statistics."""

    since = forms.DateField(label=_("从"), required=False, widget=Day())
    until = forms.DateField(label=_("到"), required=False, widget=Day())
