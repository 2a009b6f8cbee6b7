"""Whom to let read, and what a reader writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused

from . import queries, rules


class ReadersForm(forms.Form):
    """Heads to tick, others by name."""

    heads = forms.MultipleChoiceField(label=_("领导"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(label=_("其他人员"), required=False, max_length=600, help_text=_("写姓名，用顿号隔开。"))

    def __init__(self, organ: Organ, data: object = None) -> None:
        super().__init__(data)
        self.organ = organ
        self.fields["heads"].choices = [(p.code, p.name) for p in queries.candidates(organ)]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        try:
            given["readers"] = [*given.get("heads", []), *queries.named(given.get("others", ""), self.organ)]
        except Refused as no:
            self.add_error("others", str(no))
        else:
            if not given["readers"]:
                self.add_error("others", _("请写明传阅给谁"))
        return given


class RemarkForm(forms.Form):
    """What a reader may add to his confirmation."""

    remark = forms.CharField(label=_("意见"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class WhyForm(forms.Form):
    """Why somebody is taken off the list."""

    reason = forms.CharField(label=_("理由"), max_length=rules.LONGEST, initial=_("不需再阅"))


class WordsForm(forms.Form):
    words = forms.CharField(label=_("标题或文号"), required=False, max_length=60)
