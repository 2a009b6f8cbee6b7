"""What is filled in about a supervised matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import queries as people

from . import queries, rules


class Day(forms.DateInput):
    """A day; browsers take it in one format only."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """One matter out of an instruction."""

    organ = forms.ChoiceField(label=_("以哪个机关的名义"))
    giver = forms.ChoiceField(label=_("交办领导"))
    instruction = forms.CharField(label=_("批示"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    task = forms.CharField(label=_("督办事项"), max_length=200, help_text=_("一事一项，写明要办成什么。"))
    owner = forms.CharField(label=_("承办单位"), max_length=80, help_text=_("写全称或规范化简称。"))
    person = forms.CharField(label=_("承办人"), required=False, max_length=40, help_text=_("不填由承办单位收文员转办。"))
    due = forms.DateField(label=_("办结期限"), widget=Day())

    def __init__(self, organs: list[Organ], *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["organ"].choices = [(o.code, o.name) for o in organs]
        leaders = dict.fromkeys(p for organ in organs for p in queries.leaders(organ))
        self.fields["giver"].choices = [(p.code, p.name) for p in leaders]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        owner = orgs.organ_named(str(given.get("owner", "")).strip())
        if given.get("owner") and owner is None:
            self.add_error("owner", _("机构名录中没有“%(name)s”，请写全称或规范化简称") % {"name": given["owner"]})
        if owner:
            given["owner_code"] = owner.code
            try:
                given["person_code"] = next(iter(people.named(str(given.get("person", "")), owner, "person")), "")
            except Refused as no:
                self.add_error("person", str(no))
        return given


class TextForm(forms.Form):
    text = forms.CharField(label=_("进展情况"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class NoteForm(forms.Form):
    note = forms.CharField(label=_("意见"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(ReasonForm):
    until = forms.DateField(label=_("延期至"), widget=Day())
    field_order = ("until", "reason")


class SearchForm(forms.Form):
    """The filters of the list; they stay in the address."""

    words = forms.CharField(label=_("事项、督办号、承办单位"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[
            ("", _("全部")), ("open", _("未办结")), ("late", _("逾期")), *((s.value, _(label)) for s, label in rules.STATE_LABELS.items()),
        ],
    )  # fmt: skip
    side = forms.ChoiceField(
        label=_("范围"), required=False, choices=[("", _("全部")), ("owner", _("我们承办的")), ("keeper", _("我们交办的"))]
    )
