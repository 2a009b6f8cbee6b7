"""The sealed files of a dispatched document, for its sender and its receivers, and what verification says of them."""

from dataclasses import dataclass

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
from zhengtong.papers.sealing import authority, pdf, verify
from zhengtong.papers.sealing.steps import Finding, Report


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
    return _seals(request, sent, *(reverse(f"dispatch:{name}", args=[pk]) for name in ("page", "pdf", "ofd")))


@require_GET
@door(*rules.RECEIVERS)
def copy_seals(request: HttpRequest, pk: int) -> HttpResponse:
    """验章, for the receiver."""
    sent = get_object_or_404(queries.received(request.person), pk=pk).dispatch
    return _seals(request, sent, *(reverse(f"dispatch:{name}", args=[pk]) for name in ("copy", "copy_pdf", "copy_ofd")))


def _seals(request: HttpRequest, sent: Dispatch, back: str, pdf_href: str, ofd_href: str) -> HttpResponse:
    """Each step of verification, read from the stored files at this moment (GB/T 38540-2020 chapter 7)."""
    page = read(sent.pdf.sm3)
    if sent.ofd is None and not pdf.signed(page):
        raise Http404
    certificate = authority.certificate(settings.KEYS / "seals")
    trusted = [certificate.read_bytes()] if certificate.exists() else []
    found = [Checked("OFD", ofd_href, verify(read(sent.ofd.sm3), clock.now(), trusted))] if sent.ofd else []
    found.append(Checked("PDF", pdf_href, pdf.verify(page, clock.now(), trusted)))
    return render(request, "dispatch/seals.html", {"dispatch": sent, "found": found, "back": back})


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of a dispatched document, and what verification found in it."""

    name: str
    href: str
    report: Report

    @property
    def unsigned(self) -> bool:
        """A PDF that never was signed is no forged one: order and minutes carry no seal, and older pages no signature."""
        return {finding.step for finding in self.report.failed} == {"signed"}

    @property
    def steps(self) -> list[tuple[str, Finding]]:
        chinese = (get_language() or "zh").startswith("zh")
        return [(finding.zh if chinese else finding.en, finding) for finding in self.report.findings]


def _file(sent: Dispatch) -> FileResponse:
    if sent.ofd is None:
        raise Http404
    return FileResponse(
        open_stored(sent.ofd.sm3), as_attachment=True, content_type="application/ofd", filename=safe_name(f"{sent.number}.ofd")
    )
