"""自动催办: the days that an organ sets, and the switch of one paper. Thin: guard, call, answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused

from . import actions, queries
from .models import Slip
from .rules import urging as rules


class DaysForm(forms.Form):
    """Two numbers for each rule: ordinary papers, urgent papers."""

    def __init__(self, organ: Organ, data: object = None) -> None:
        super().__init__(data, auto_id=f"{organ.code}_%s", prefix=organ.code)
        for code, (days, urgent) in queries.numbers_of(organ.code).items():
            for name, at in ((f"{code}_days", days), (f"{code}_urgent", urgent)):
                self.fields[name] = forms.IntegerField(
                    min_value=0, max_value=rules.MOST_DAYS, initial=at, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
                )

    def given(self) -> dict[str, tuple[int, int]]:
        return {code: (self.cleaned_data[f"{code}_days"], self.cleaned_data[f"{code}_urgent"]) for code in rules.CODES}

    def rows(self) -> list[tuple[rules.Rule, forms.BoundField, forms.BoundField]]:
        return [(rule, self[f"{rule.code}_days"], self[f"{rule.code}_urgent"]) for rule in rules.RULES]


@require_http_methods(["GET", "POST"])
@door("secretary")
def urging(request: HttpRequest) -> HttpResponse:
    """When the machine reminds, for each organ whose papers I keep."""
    kept, asked = queries.organs_kept(request.person), request.POST.get("organ", "")
    if request.method == "POST" and asked not in {organ.code for organ in kept}:
        raise Http404
    made = [(organ, DaysForm(organ, request.POST if organ.code == asked else None)) for organ in kept]
    for organ, form in made:
        if not form.is_bound or (request.POST.get("do") != "county" and not form.is_valid()):
            continue
        try:
            actions.arrange_urging(organ, {} if request.POST.get("do") == "county" else form.given(), request.person)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("已保存，从下一次自动催办起生效"))
            return redirect("slips:urging")
    context = {"organs": [(organ, form, queries.arranged(organ)) for organ, form in made]}
    return render(request, "slips/urging.html", context, status=422 if any(form.errors for _organ, form in made) else 200)


@require_POST
@door("secretary")
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """本件不自动催办, and again; back to the paper."""
    slip = get_object_or_404(Slip, pk=pk)
    if not queries.keeps(request.person, slip.organ):
        raise Http404
    on = request.POST.get("on") == "1"
    try:
        actions.switch_urging(slip, request.person, on)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("本件已恢复自动催办") if on else _("本件不再自动催办"))
    return redirect(slip.link or "slips:patterns")
