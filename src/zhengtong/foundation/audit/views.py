"""The auditor's pages: the log, one entry, and the check of all chains (sheet §6.3)."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhengtong.foundation.accounts.doors import door

from . import checkpoints, queries, rules
from .models import Entry

PAGE = 50


def _day(text: str) -> date | None:
    """A day, or None for anything that isn't one: a filter in an address must never break the page."""
    try:
        return parse_date(text)
    except ValueError:
        return None


@door("auditor")
def log(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "").strip() for name in ("words", "chain", "verb", "since", "until")}
    found = queries.entries(chosen["words"], chosen["chain"], chosen["verb"], _day(chosen["since"]), _day(chosen["until"]))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/log.html", {"page": page, "chosen": chosen, "latest": checkpoints.latest()})


@door("auditor")
def entry(request: HttpRequest, digest: str) -> HttpResponse:
    found = get_object_or_404(Entry, hash=digest)
    whole = rules.digest(found.previous, found.fields()) == found.hash
    before = Entry.objects.filter(chain=found.chain, seq=found.seq - 1).first()
    after = Entry.objects.filter(chain=found.chain, seq=found.seq + 1).first()
    return render(request, "audit/entry.html", {"entry": found, "whole": whole, "before": before, "after": after})


@door("auditor")
def verify(request: HttpRequest) -> HttpResponse:
    found = [(finding, _(rules.FAULTS[finding.fault])) for finding in checkpoints.verify()]
    return render(request, "audit/verify.html", {"found": found, "count": Entry.objects.count()})
