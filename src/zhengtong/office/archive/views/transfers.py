"""移交: what goes to which archive, on what carrier, in which state."""

from tempfile import TemporaryFile

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms, queries
from zhengtong.office.archive.models import Transfer
from zhengtong.office.archive.queries import checking, moving
from zhengtong.office.archive.rules import transfers as steps


@require_http_methods(["GET", "POST"])
@door("archivist")
def transfers(request: HttpRequest) -> HttpResponse:
    """All transfers, and the form that prepares one."""
    fonds = list(queries.fonds_kept(request.person))
    form = forms.Prepare(fonds, request.POST if request.method == "POST" else None, {"year": clock.today().year - 1})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        home = next(one for one in fonds if one.code == data["fonds"])
        numbers = list(moving.free(home, data["year"]).values_list("archive_number", flat=True))
        try:
            if not numbers:
                raise Refused(_("这一年度没有可移交的文件"), field="year")
            made = actions.prepare(data["fonds"], data["receiver"], numbers, request.person, data["note"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已提出移交，请检测"))
            return redirect("archive:transfer", made.code)
    told = {"rows": moving.transfers(request.person), "form": form, "fonds": fonds}
    return render(request, "archive/transfers.html", told, status=422 if form.errors else 200)


@require_GET
@door("archivist")
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    return _transfer(request, _of(request, code))


@require_POST
@door("archivist")
def check_transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Write the carrier and check it; on to the run, where the rest is answered."""
    try:
        made = actions.check_transfer(code, request.person)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("archive:transfer", code)
    return redirect("archive:run", made.run_id)


@require_POST
@door("archivist")
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    found = _of(request, code)
    try:
        accounts.confirm(request.user, request.POST.get("pin", ""))
        actions.hand_over(code, request.person)
    except Refused as no:
        return _transfer(request, found, no)
    messages.success(request, _("已移交，可以下载载体"))
    return redirect("archive:transfer", code)


@require_GET
@door("archivist")
def carrier(request: HttpRequest, code: str) -> FileResponse:
    """The carrier as one zip, to be unpacked onto a disc."""
    found = _of(request, code)
    if found.state not in (steps.State.HANDED, steps.State.ACCEPTED) or not moving.folder(found).exists():
        raise Http404
    out = TemporaryFile(dir=settings.NETWORK_HOME / "tmp")  # noqa: SIM115  the answer closes it
    moving.packed(found, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.code}.zip", content_type="application/zip")


@require_POST
@door("archivist")
def accept(request: HttpRequest, code: str) -> HttpResponse:
    found, form = _of(request, code), forms.Accept(request.POST)
    if form.is_valid():
        try:
            actions.accept(code, request.person, form.cleaned_data["on"], form.cleaned_data["whom"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记接收"))
            return redirect("archive:transfer", code)
    return _transfer(request, found, accepting=form)


@require_POST
@door("archivist")
def drop(request: HttpRequest, code: str) -> HttpResponse:
    try:
        actions.drop(code, request.person, request.POST.get("reason", ""))
        messages.success(request, _("已撤销移交，文件可另行移交"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("archive:transfer", code)


def _of(request: HttpRequest, code: str) -> Transfer:
    return get_object_or_404(moving.transfers(request.person), code=code)


def _transfer(request: HttpRequest, found: Transfer, refused: Refused | None = None, accepting: forms.Accept | None = None) -> HttpResponse:
    told = {
        "transfer": found,
        "items": moving.items(found),
        "verbs": steps.verbs(found.state),
        "standing": checking.standing(found.run) if found.run else "",
        "there": moving.folder(found).exists(),
        "accepting": accepting or forms.Accept(initial={"on": clock.today()}),
        "accept_open": accepting is not None,
        "effects": [_("载体交给接收单位；检测有不合格的，不能移交。"), _("移交之后不再改动载体。")],
    }
    if refused:
        told["wrong_pin" if refused.objection.field == "pin" else "refused"] = str(refused)
    return render(request, "archive/transfer.html", told, status=422 if refused or accepting else 200)
