"""What a receiver or sender writes on a copy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules


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
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *rules.STATE_LABELS.items()])


class SentFilter(Filter):
    waiting = forms.BooleanField(label=_("只看未签收完的"), required=False)
