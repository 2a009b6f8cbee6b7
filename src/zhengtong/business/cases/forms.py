"""What the handlers write."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Filters(forms.Form):
    words = forms.CharField(label=_("编号、事项或申请人"), required=False, widget=forms.TextInput(attrs={"type": "search"}))


class Acceptance(forms.Form):
    """The window's three ways."""

    VERBS = [("accept", _("受理")), ("ask_completion", _("一次性告知补正")), ("not_accept", _("不予受理"))]
    verb = forms.ChoiceField(label=_("办理"), choices=VERBS, widget=forms.RadioSelect, initial="accept")
    reason = forms.CharField(
        label=_("告知内容或理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("补正须一次写全所缺材料；不予受理须写明理由。申请人会原样看到。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Opinion(forms.Form):
    """A department's opinion."""

    agree = forms.ChoiceField(label=_("意见"), choices=[("yes", _("同意")), ("no", _("不同意"))], widget=forms.RadioSelect, initial="yes")
    opinion = forms.CharField(
        label=_("说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不同意的须写明理由。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Decision(forms.Form):
    """The approver's decision; the PIN is asked by the confirmation."""

    grant = forms.ChoiceField(label=_("决定"), choices=[("yes", _("准予")), ("no", _("不予批准"))], widget=forms.RadioSelect, initial="yes")
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不予批准须写明理由，救济途径会自动附上。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
