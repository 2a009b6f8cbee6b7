"""Health, for the machines that watch over the machines."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from zhengtong import __version__


def health(request: HttpRequest) -> JsonResponse:
    """200 when the process answers and its database does; says nothing that is not public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"network": settings.NETWORK, "version": __version__, "database": connection.vendor})


health.door = "public"  # type: ignore[attr-defined]
