"""The gate: who is this, what may he do, has he been away too long; and nothing of a page stays in a cache."""

from collections.abc import Callable

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from . import actions, doors, entry, queries

Answer = Callable[[HttpRequest], HttpResponse]


def gate(answer: Answer) -> Answer:
    """Set `request.person` and `request.roles`, end idle sessions, keep shut what has no door of its own."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.timed_out = False
        if request.user.is_authenticated:
            if entry.idle_too_long(request):
                actions.note_time_out(request.user)
                auth.logout(request)
                request.timed_out = True
            else:
                entry.note_presence(request)
        request.person = request.user.person if request.user.is_authenticated else None
        request.roles = SimpleLazyObject(lambda: queries.roles(request.person))
        try:
            response = answer(request)
        finally:
            actions.count_wrong_pins()
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """A page of a library that knows no doors (the editors' desk) is at least for signed-in people only."""
        return None if hasattr(view, "door") else doors.check(request)

    handle.process_view = process_view  # type: ignore[attr-defined]
    return handle
