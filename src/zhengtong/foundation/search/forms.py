"""What is looked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .sources import sources


class FindForm(forms.Form):
    q = forms.CharField(label=_("标题、正文、文号"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("类别"), required=False)
    year = forms.TypedChoiceField(label=_("年份"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: object, years: list[int]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", _("全部")), *((kind, source.label) for kind, source in sources().items())]
        self.fields["year"].choices = [("", _("全部")), *((str(year), str(year)) for year in years)]
