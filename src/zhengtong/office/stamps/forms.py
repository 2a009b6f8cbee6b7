"""What is asked of a secretary, a maker and a keeper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Organ, Person

from . import queries, rules
from .models import Stamp

KINDS = [(kind.value, _(label)) for kind, label in rules.KINDS.items()]


class Filters(forms.Form):
    words = forms.CharField(label=_("印文、编号或机关"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *((s.value, _(label)) for s, label in rules.LABELS.items())]
    )


class Application(forms.Form):
    """申请刻制."""

    organ = forms.ModelChoiceField(label=_("所属机关"), queryset=Organ.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, widget=forms.RadioSelect, initial=rules.Kind.STATUTORY.value)
    name = forms.CharField(label=_("印文"), max_length=120, help_text=_("与机构名录中的全称一致，业务专用章写到用途。"))
    why = forms.CharField(label=_("申请理由"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, person: Person, data: object = None) -> None:
        super().__init__(data)
        own = queries.organs_of(person, "secretary")
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=own).order_by("code")


class Note(forms.Form):
    """What is written at a step: a reason, or the number under which the seal is filed."""

    note = forms.CharField(label=_("说明"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class Handover(forms.Form):
    """移交."""

    to = forms.ModelChoiceField(label=_("接收人"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, stamp: Stamp, data: object = None) -> None:
        super().__init__(data)
        self.fields["to"].queryset = Person.objects.filter(pk__in=[person.pk for person in queries.receivers(stamp)])
