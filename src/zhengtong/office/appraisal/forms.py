"""What the archivist, the reviewers and the witnesses fill in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person

from . import rules
from .models import Entry, Sheet
from .rules import judging

ALL = ("", _("全部"))
JUDGED = ("judgement", "reason", "value", "basis")  # what is said of one item: a refusal of it stands in the item's row


class Filters(forms.Form):
    words = forms.CharField(label=_("编号或档号"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *((k.value, _(label)) for k, label in rules.KINDS.items())])
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[ALL, *((s.value, _(label)) for s, label in rules.STATE_LABELS.items())]
    )


class Note(forms.Form):
    note = forms.CharField(label=_("意见"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class Reason(forms.Form):
    note = forms.CharField(label=_("理由"), required=False, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class Witnesses(forms.Form):
    """指定监销人: two people of the organ, where anything is to be destroyed."""

    first = forms.ChoiceField(label=_("监销人之一"), required=False)
    second = forms.ChoiceField(label=_("监销人之二"), required=False, help_text=_("有要销毁的，须指定两人；全部续存的不用指定。"))

    def __init__(self, people: Iterable[Person], data: object = None) -> None:
        super().__init__(data)
        choices = [("", _("请选择")), *((person.code, _named(person)) for person in people)]
        for name in ("first", "second"):
            self.fields[name].choices = choices
            self.fields[name].widget.attrs["form"] = "judge-form"  # handed in together with what was judged


def _named(person: Person) -> str:
    post = person.main_post
    return f"{person.name}（{post.title}）" if post else person.name


@dataclass(slots=True)
class Row:
    """One item of a sheet with what was judged of it so far, and the values that may go with it."""

    entry: Entry
    said: judging.Said
    fault: str = ""


def said(sheet: Sheet, entries: Iterable[Entry], sent: Mapping[str, str]) -> dict[str, judging.Said]:
    """What was sent of each item; what is left blank takes what is said of all others."""
    rest, why = sent.get("rest", ""), sent.get("rest-reason", "")
    found = {}
    for entry in entries:
        code = sent.get(f"judgement-{entry.number}", "") or rest
        row = judging.judgement(sheet.kind, code)
        value = sent.get(f"{row.value}-{entry.number}", "") if row and row.value else ""
        reason = sent.get(f"reason-{entry.number}", "") or (why if code == rest else "")
        found[entry.number] = judging.Said(code, reason, value, sent.get(f"basis-{entry.number}", ""))
    return found
