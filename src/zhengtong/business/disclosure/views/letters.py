"""A letter before it goes, its sending and its delivery; what was asked of others; reviews and lawsuits; the organ's desk."""

from django import forms as django_forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.business.disclosure import actions, forms, paper, queries
from zhengtong.business.disclosure.models import Consultation, Contest, Letter
from zhengtong.business.disclosure.rules import steps
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.refusal import Refused
from zhengtong.papers.typeset import press

from .requests import HANDLERS, answer, found, page


def _letter(request: HttpRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.select_related("request__organ", "file"), pk=pk, request__in=queries.visible(request.person))


@door(*HANDLERS)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it went out; a draft as it would go."""
    letter = _letter(request, pk)
    if letter.file:
        return FileResponse(open_stored(letter.file.sm3), filename=f"{letter.get_kind_display()}.pdf", content_type="application/pdf")
    desk = queries.desk_of(letter.request.organ)
    if desk is None:
        raise Http404
    return HttpResponse(paper.page(letter, letter.request, desk), content_type="application/pdf")


@door(*HANDLERS)
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The first page of a draft as it would go."""
    letter = _letter(request, pk)
    desk = queries.desk_of(letter.request.organ)
    if desk is None:
        raise Http404
    return HttpResponse(press.picture(paper.page(letter, letter.request, desk), 1), content_type="image/png")


@require_POST
@door(steps.CLERK)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """作废."""
    number = _letter(request, pk).request.number
    return answer(request, number, "letter", django_forms.Form({}), lambda _d: actions.discard(pk, request.person), _("草稿已作废"))


@require_POST
@door(steps.CLERK)
def send_up(request: HttpRequest, pk: int) -> HttpResponse:
    """送签."""
    number = _letter(request, pk).request.number
    return answer(request, number, "letter", django_forms.Form({}), lambda _d: actions.send_up(pk, request.person), _("已送负责人签发"))


@require_POST
@door(steps.HEAD)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回."""
    number, reason = _letter(request, pk).request.number, request.POST.get("reason", "")
    return answer(request, number, "letter", django_forms.Form({}), lambda _d: actions.send_back(pk, request.person, reason), _("已退回"))


@require_POST
@door(*HANDLERS)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """发出, with the key's PIN."""
    number = _letter(request, pk).request.number
    try:
        actions.issue(pk, request.user, request.POST.get("pin", ""))
    except Refused as no:
        return page(request, found(request, number), refused=str(no), status=409)
    messages.success(request, _("文书已发出"))
    return redirect("disclosure:request", number)


@require_POST
@door(steps.CLERK)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """登记送达."""
    form = forms.Delivery(request.POST)
    number = _letter(request, pk).request.number
    return answer(request, number, "delivery", form, lambda d: actions.deliver(pk, request.person, d["way"], d["on"]), _("已登记送达"))


@require_POST
@door(steps.CLERK)
def opinion(request: HttpRequest, number: str) -> HttpResponse:
    """登记意见."""
    asked = get_object_or_404(Consultation, number=number, letter__request__in=queries.visible(request.person))
    form = forms.Opinion(request.POST)

    def run(d: dict) -> None:
        actions.note_opinion(number, request.person, d["opinion"], d["reason"], d["on"])

    return answer(request, asked.letter.request.number, "opinion", form, run, _("意见已登记"))


@require_POST
@door(steps.CLERK)
def contest(request: HttpRequest, number: str) -> HttpResponse:
    """登记复议或诉讼."""
    form = forms.NewContest(request.POST)

    def run(d: dict) -> None:
        actions.contest(number, request.person, d["path"], d["body"], d["docket"], d["on"])

    return answer(request, number, "contest", form, run, _("已登记，答复期限开始计算"))


@require_POST
@door(steps.CLERK)
def reply(request: HttpRequest, number: str) -> HttpResponse:
    """登记提交答复."""
    one = get_object_or_404(Contest, number=number, request__in=queries.visible(request.person))
    form = forms.Reply(request.POST)
    return answer(request, one.request.number, "reply", form, lambda d: actions.reply(number, request.person, d["on"]), _("已登记"))


@require_POST
@door(steps.CLERK)
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """登记结果."""
    one = get_object_or_404(Contest, number=number, request__in=queries.visible(request.person))
    form = forms.Conclusion(request.POST)

    def run(d: dict) -> None:
        actions.conclude(number, request.person, d["result"], d["on"], d["note"], d["again"])

    return answer(request, one.request.number, "conclusion", form, run, _("结果已登记"))


@require_http_methods(["GET", "POST"])
@door(*HANDLERS)
def desk(request: HttpRequest) -> HttpResponse:
    """公开指南 of the organ, and its seal."""
    organ = request.person.organ
    standing = queries.desk_of(organ) if organ else None
    may = organ is not None and queries.may(request.person, steps.HEAD, organ)
    form = forms.GuideForm(request.POST or None, instance=standing)
    if request.method == "POST" and may and form.is_valid():
        try:
            actions.open_desk(organ, form.cleaned_data, request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("公开指南已保存，并送往门户"))
            return redirect("disclosure:desk")
    if standing:
        standing.refresh_from_db()
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "disclosure/desk.html", {"desk": standing, "form": form, "may": may, "organ": organ}, status=status)


@require_POST
@door(steps.HEAD)
def seal(request: HttpRequest) -> HttpResponse:
    """启用专用章."""
    try:
        actions.make_seal(request.person.organ, request.person)
        messages.success(request, _("专用章已启用"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("disclosure:desk")
