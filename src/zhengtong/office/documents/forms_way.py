"""What is filled in to return, hand on, add a signer, urge, supervise, stand in and hand over."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person

from . import queries
from .models import Document
from .rules import way


def _people(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [("", "—"), *((p.code, f"{p.name}（{p.main_post.title if p.main_post else ''}）") for p in people)]


def _reason() -> forms.CharField:
    return forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _person(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label)


class WayForm(forms.Form):
    """A verb that asks for nothing; the others add their fields. Knows the person and the paper for its choices."""

    def __init__(self, person: Person, document: Document, data: object = None) -> None:
        super().__init__(data, auto_id="way_%s")
        self.person, self.document = person, document
        self.offer()

    def offer(self) -> None:
        """Fill the choices that depend on the paper."""


class BackForm(WayForm):
    stage = forms.ChoiceField(label=_("退到哪一环节"))
    reason = _reason()

    def offer(self) -> None:
        self.fields["stage"].choices = [(code, _(label)) for code, label in queries.stages_back(self.document)]


class SignerForm(WayForm):
    person = _person(_("请谁加签"))
    where = forms.ChoiceField(label=_("位置"), choices=[(k, _(v)) for k, v in way.WHERE.items()], initial="before")
    note = forms.CharField(label=_("附言"), required=False, max_length=300)

    def offer(self) -> None:
        self.fields["person"].choices = _people(queries.colleagues(self.person, self.document))


class ForwardForm(WayForm):
    person = _person(_("转给谁"))
    reason = _reason()

    def offer(self) -> None:
        self.fields["person"].choices = _people(queries.handlers_for(self.document, self.person))


class NoteForm(WayForm):
    note = forms.CharField(label=_("附言"), required=False, max_length=300)


class SuperviseForm(WayForm):
    due = forms.DateField(label=_("办理时限"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("附言"), required=False, max_length=300)


class AdviceForm(WayForm):
    answer = forms.ChoiceField(label=_("答复"), choices=[("agree", _("同意")), ("disagree", _("不同意"))], widget=forms.RadioSelect)
    reason = forms.CharField(label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TogetherForm(forms.Form):
    """One word for all papers that are signed together."""

    opinion = forms.CharField(label=_("意见"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AbsenceForm(forms.Form):
    """委托代办: who takes my turns, from when until when."""

    person = _person(_("谁不在岗"))
    deputy = _person(_("由谁代办"))
    since = forms.DateField(label=_("开始日期"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("结束日期"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, person: Person, secretary: bool, data: object = None) -> None:
        super().__init__(data, initial={"person": person.code})
        others = queries.colleagues(person)
        self.fields["person"].choices = _people([person, *others])[1:] if secretary else [(person.code, person.name)]
        self.fields["deputy"].choices = _people([*others, person] if secretary else others)


class HandOverForm(forms.Form):
    """移交: who leaves, who takes it all over, and why."""

    person = _person(_("离任人员"))
    to = _person(_("接手人员"))
    reason = _reason()

    def __init__(self, by: Person, data: object = None) -> None:
        super().__init__(data)
        people = [by, *queries.colleagues(by)]
        for name in ("person", "to"):
            self.fields[name].choices = _people(people)
