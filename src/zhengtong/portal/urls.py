"""Addresses of the portal; it holds no sign-in, no editor and no administrator page.

The release answers every address that nobody else does, so its room comes last.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
    path("counter/", include("zhengtong.portal.counter.urls")),
    path("", include("zhengtong.portal.search.urls")),
    path("", include("zhengtong.portal.pages.urls")),
]

handler400 = "zhengtong.foundation.processes.views.unreadable"
