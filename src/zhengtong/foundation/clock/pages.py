"""The replay as a part of a room's page (`clock/_replay.html`): which day was picked, and each clock of that day in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation import clock

from . import rules


class Day(forms.Form):
    """The day to look back to; days to come can't be replayed."""

    on = forms.DateField(label=_("回放到哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("只能回放今天和以前的日子"))
        return day


@dataclass(frozen=True, slots=True)
class Shown:
    """One clock as it stood at the end of the picked day, ready for the page."""

    label: str
    article: str
    account: rules.Account
    why: str


def picked(given: Mapping[str, object]) -> tuple[Day, date]:
    """The form as it was filled in, and the day to show: today unless a good day was picked."""
    form = Day(given) if given.get("on") else Day(initial={"on": clock.today()})
    return form, form.cleaned_data["on"] if form.is_valid() else clock.today()


def shown(accounts: Iterable[tuple[str, rules.Account]]) -> list[Shown]:
    """The clocks in words of the reader's language."""
    rows = []
    for limit, account in accounts:
        law = rules.LIMITS[limit]
        words = {name: gettext(value) if isinstance(value, str) else value for name, value in account.params.items()}
        rows.append(Shown(law.label, law.article, account, gettext(account.sentence) % words))
    return rows
