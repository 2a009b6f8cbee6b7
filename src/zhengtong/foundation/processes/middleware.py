"""What every answer passes through."""

import logging
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("zhengtong.request")

# Nothing is loaded from another host, nothing runs that we did not ship.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "object-src 'none'; frame-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)


def request_log(answer: Answer) -> Answer:
    """One structured line for each request; no query, no body, so that no personal data is logged."""

    def handle(request: HttpRequest) -> HttpResponse:
        began, number = time.monotonic(), uuid.uuid4().hex[:12]
        response = answer(request)
        response["X-Request-Id"] = number
        log.info(
            "request",
            extra={
                "id": number,
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.monotonic() - began) * 1000, 1),
            },
        )
        return response

    return handle


def content_policy(answer: Answer) -> Answer:
    """A strict content security policy, unless a room set its own (the editors' desk needs one)."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        relaxed = getattr(settings, "DESK_POLICY", "") if request.path.startswith("/desk/") else ""
        response.headers.setdefault("Content-Security-Policy", relaxed or POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return handle
