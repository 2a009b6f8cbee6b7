"""What is filled in to give a person his 涉密等级."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhengtong.foundation.orgs.models import Person

from .rules import secrecy


class ClearanceForm(forms.Form):
    person = forms.CharField(label=gettext_lazy("姓名或人员编号"), max_length=40)
    level = forms.ChoiceField(label=gettext_lazy("涉密等级"), choices=[(level, level) for level in secrecy.CEILING_YEARS])
    until = forms.DateField(label=gettext_lazy("有效期至"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_person(self) -> Person:
        given = self.cleaned_data["person"].strip()
        found = list(Person.objects.filter(code=given)[:1]) or list(Person.objects.filter(name=given).order_by("code")[:6])
        if not found:
            raise forms.ValidationError(_("没有这个人"))
        if len(found) > 1:
            codes = "、".join(f"{p.code}（{p.organ.name if p.organ else ''}）" for p in found[:5])
            raise forms.ValidationError(_("有几位同名人员，请填写人员编号：%(codes)s") % {"codes": codes})
        return found[0]
