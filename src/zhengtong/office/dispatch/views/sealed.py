"""The sealed OFD of a dispatched document, for its sender and its receivers, and what verification says of its seals."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored, read
from zhengtong.office.dispatch import queries, rules
from zhengtong.office.dispatch.models import Dispatch
from zhengtong.papers.sealing import authority
from zhengtong.papers.sealing.verify import verify


@require_GET
@door(*rules.SENDERS)
def ofd(request: HttpRequest, pk: int) -> FileResponse:
    return _file(get_object_or_404(queries.sent(request.person), pk=pk))


@require_GET
@door(*rules.RECEIVERS)
def copy_ofd(request: HttpRequest, pk: int) -> FileResponse:
    return _file(get_object_or_404(queries.received(request.person), pk=pk).dispatch)


@require_GET
@door(*rules.SENDERS)
def seals(request: HttpRequest, pk: int) -> HttpResponse:
    """验章, for the sender."""
    sent = get_object_or_404(queries.sent(request.person), pk=pk)
    return _seals(request, sent, reverse("dispatch:page", args=[pk]), reverse("dispatch:ofd", args=[pk]))


@require_GET
@door(*rules.RECEIVERS)
def copy_seals(request: HttpRequest, pk: int) -> HttpResponse:
    """验章, for the receiver."""
    sent = get_object_or_404(queries.received(request.person), pk=pk).dispatch
    return _seals(request, sent, reverse("dispatch:copy", args=[pk]), reverse("dispatch:copy_ofd", args=[pk]))


def _seals(request: HttpRequest, sent: Dispatch, back: str, href: str) -> HttpResponse:
    """Each step of verification, read from the stored file at this moment (GB/T 38540-2020 chapter 7)."""
    if sent.ofd is None:
        raise Http404
    certificate = authority.certificate(settings.KEYS / "seals")
    trusted = [certificate.read_bytes()] if certificate.exists() else []
    report = verify(read(sent.ofd.sm3), clock.now(), trusted)
    chinese = (get_language() or "zh").startswith("zh")
    steps = [(finding.zh if chinese else finding.en, finding) for finding in report.findings]
    return render(request, "dispatch/seals.html", {"dispatch": sent, "report": report, "steps": steps, "back": back, "href": href})


def _file(sent: Dispatch) -> FileResponse:
    if sent.ofd is None:
        raise Http404
    return FileResponse(
        open_stored(sent.ofd.sm3), as_attachment=True, content_type="application/ofd", filename=safe_name(f"{sent.number}.ofd")
    )
