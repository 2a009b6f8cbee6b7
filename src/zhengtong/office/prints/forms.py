"""What is asked before printing, and when copies end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person

from . import queries, rules
from .models import Print


class Printing(forms.Form):
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=rules.MOST, initial=1)
    receiver = forms.CharField(label=_("印给谁"), max_length=rules.LONGEST, help_text=_("人员或机关，如“县长办公会各成员”。"))
    reason = forms.CharField(label=_("用途"), max_length=rules.LONGEST, help_text=_("如“上会讨论”“送阅”“存档”。"))


class Filters(forms.Form):
    words = forms.CharField(label=_("印给谁、用途或打印人"), required=False, max_length=60)
    out = forms.BooleanField(label=_("只看还在外的"), required=False)


class Ending(forms.Form):
    fate = forms.ChoiceField(label=_("去向"), choices=[(f.value, _(name)) for f, name in rules.FATES.items()], widget=forms.RadioSelect)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=rules.MOST)
    witness = forms.ModelChoiceField(
        label=_("监销人"), queryset=Person.objects.none(), required=False, empty_label=_("请选择"), help_text=_("销毁时须选在场的第二人。")
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=rules.LONGEST)

    def __init__(self, person: Person, printed: Print, data: object = None) -> None:
        super().__init__(data, initial={"fate": rules.Fate.RETURNED.value, "copies": queries.left(printed)})
        self.fields["witness"].queryset = queries.witnesses(person, printed.organ)
