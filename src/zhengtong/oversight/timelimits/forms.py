"""What the supervisor writes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Answer(forms.Form):
    """Send a proposed card, or say why not; the two buttons are the verb."""

    reason = forms.CharField(label=_("不予发牌的理由"), required=False, max_length=500, help_text=_("发出时不必填写"))
    verb = forms.ChoiceField(choices=[("confirm", _("发出")), ("dismiss", _("不予发牌"))])
