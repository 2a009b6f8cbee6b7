"""The forms of the room's own screens; articles are written at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules
from .desk.queries import WAITING
from .models import Column

STATES = [("", _("全部")), (WAITING, _("待发布")), *((state.value, _(label)) for state, label in rules.STATE_LABELS.items())]


class Filters(forms.Form):
    """What to show of the articles."""

    words = forms.CharField(label=_("标题或文号"), required=False, max_length=60)
    column = forms.ModelChoiceField(label=_("栏目"), required=False, queryset=Column.objects.none(), empty_label=_("全部栏目"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)

    def __init__(self, *args, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns


class Withdrawal(forms.Form):
    """撤下 with its reason."""

    reason = forms.CharField(label=_("撤下的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class Reserve(forms.Form):
    """Why what the check before publishing finds is left as it is."""

    reserve = forms.CharField(
        label=_("不改正的理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("检查发现的错误没有全部改正时须写明，记入审计。"),
    )
