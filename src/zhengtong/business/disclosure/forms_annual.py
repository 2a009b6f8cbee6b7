"""What the annual report's clerk begins and writes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock

from .models import AnnualReport, Desk
from .rules import annual as rules

LONGEST = 8000


class Begin(forms.Form):
    """Which organ, which year, for itself or for the whole county."""

    organ = forms.ModelChoiceField(label=_("机关"), queryset=None)
    year = forms.IntegerField(label=_("年度"))
    whole = forms.BooleanField(label=_("全县汇总"), required=False, help_text=_("只有全县政府信息公开工作主管部门编写。"))
    reason = forms.CharField(label=_("更正理由"), required=False, max_length=200, help_text=_("这一年度的报告已经审定、要更正时填写。"))

    def __init__(self, data: object = None, *, desks: Sequence[Desk]) -> None:
        super().__init__(data, initial={"organ": desks[0].organ_id, "year": clock.today().year - 1})
        self.fields["organ"].queryset = type(desks[0].organ)._default_manager.filter(pk__in=[desk.organ_id for desk in desks])
        if not any(desk.leads for desk in desks):
            del self.fields["whole"]

    def clean(self) -> dict[str, object]:
        return {"whole": False, **(super().clean() or {})}


class Writing(forms.Form):
    """Table 2 and the chapters; `entered` and `chapters` give them as the action takes them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: object = None, *, report: AnnualReport) -> None:
        first = {code: one["value"] for code, one in report.entered.items()}
        super().__init__(data, initial={"version": report.version, **first, **report.chapters})
        for code, row in rules.TABLE_2.items():
            label = gettext("%(what)s：%(column)s（%(article)s）") % {
                "what": gettext(row.label), "column": gettext(row.column), "article": row.article,
            }  # fmt: skip
            kind = forms.IntegerField if row.counted else forms.DecimalField
            more = {} if row.counted else {"decimal_places": 2, "max_digits": 12}
            self.fields[code] = kind(label=label, min_value=0, required=False, **more)
        for key, title in rules.CHAPTERS.items():
            area = forms.Textarea(attrs={"rows": 8})
            self.fields[key] = forms.CharField(label=gettext(title), required=False, max_length=LONGEST, widget=area)

    def entered(self) -> dict[str, float]:
        return {code: float(self.cleaned_data[code] or 0) for code in rules.TABLE_2}

    def chapters(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in rules.CHAPTERS}
