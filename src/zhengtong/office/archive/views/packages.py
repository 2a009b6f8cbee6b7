"""Packages: export one item or several, take in what comes."""

from dataclasses import dataclass
from tempfile import TemporaryFile

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms
from zhengtong.office.archive.models import Item
from zhengtong.office.archive.queries import packages


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one package of an upload."""

    name: str
    item: Item | None = None
    refused: str = ""


@require_POST
@door("archivist")
def export(request: HttpRequest) -> HttpResponse:
    """导出封装包: one as .eep, several as a zip of them."""
    out = TemporaryFile(dir=settings.NETWORK_HOME / "tmp")  # noqa: SIM115  the answer closes it
    try:
        name = actions.export(request.POST.getlist("item"), request.person, out)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("archive:filed")
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/octet-stream")


@require_http_methods(["GET", "POST"])
@door("archivist")
def take_in(request: HttpRequest) -> HttpResponse:
    """导入封装包: each is verified and taken in or refused by itself, with the reason."""
    if request.method != "POST":
        return render(request, "archive/take_in.html", {"form": forms.TakeIn()})
    form = forms.TakeIn(request.POST, request.FILES)
    results: list[Result] = []
    if form.is_valid():
        for upload in form.cleaned_data["packages"]:
            results += _taken(request, upload.name, upload.read())
    good = bool(results) and all(one.item for one in results)
    return render(request, "archive/take_in.html", {"form": form, "results": results}, status=200 if good else 422)


def _taken(request: HttpRequest, name: str, data: bytes) -> list[Result]:
    found = []
    try:
        for one, package in packages.unpacked(data, name):
            found.append(_one(request, one, package))
    except Refused as no:
        found.append(Result(name, refused=str(no)))
    return found


def _one(request: HttpRequest, name: str, package: bytes) -> Result:
    try:
        return Result(name, item=actions.take_in(package, request.person))
    except Refused as no:
        return Result(name, refused=str(no))
