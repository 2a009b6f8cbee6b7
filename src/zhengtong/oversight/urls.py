"""Addresses of supervision as a process of its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
    path("", include("zhengtong.foundation.accounts.urls")),
    path("", include("zhengtong.foundation.orgs.urls")),
    path("", include("zhengtong.foundation.notices.urls")),
    path("", include("zhengtong.ferry.urls")),
    path("", include("zhengtong.oversight.timelimits.urls")),
    path("", include("zhengtong.oversight.inspection.urls")),
]

handler400 = "zhengtong.foundation.processes.views.unreadable"
