"""Addresses of the portal; it holds no sign-in, no editor and no administrator page.

The release answers every address that nobody else does, so its room comes last.
"""

from importlib.util import find_spec

from django.urls import include, path

COUNTER = "zhengtong.portal.counter.urls"

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
    *([path("counter/", include(COUNTER))] if find_spec(COUNTER) else []),
    path("", include("zhengtong.portal.pages.urls")),
]
