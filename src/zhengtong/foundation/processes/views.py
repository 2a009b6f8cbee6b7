"""Health, for the machines that watch over the machines; and what is said to a request that can't be read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zhengtong import __version__


def health(request: HttpRequest) -> JsonResponse:
    """200 when the process answers and its database does; says nothing that is not public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"network": settings.NETWORK, "version": __version__, "database": connection.vendor})


health.door = "public"  # type: ignore[attr-defined]


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 for a form above the limit: in the reader's language, with what was typed left in his browser."""
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return render(request, "413.html", status=413) if large else render(request, "400.html", status=400)
