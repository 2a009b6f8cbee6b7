"""The inspection pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from zhengtong.foundation.accounts.doors import door

from . import queries
from .models import Visit

ROLES = ("supervisor", "egov_office", "publisher", "editor")


@door(*ROLES)
def board(request: HttpRequest) -> HttpResponse:
    """Every site's state at a glance."""
    return render(request, "inspection/board.html", {"rows": queries.board()})


@door(*ROLES)
def site(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """A site: its last visit, or an earlier one, with the evidence."""
    found = queries.site(code)
    if found is None:
        raise Http404
    visit = get_object_or_404(Visit, pk=pk, site=found) if pk else found.visits.first()
    new, mended = queries.differences(visit) if visit else ((), ())
    context = {
        "site": found, "visit": visit, "groups": queries.groups(visit) if visit else [], "new": new, "mended": mended,
        "books": queries.books(visit) if visit else [],
        "columns": visit.columns.all() if visit else (), "visits": found.visits.all()[:12], "warnings": found.warnings.all()[:20],
    }  # fmt: skip
    return render(request, "inspection/site.html", context)
