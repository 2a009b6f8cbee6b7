"""Addresses of the office network (both profiles)."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
    path("", include("zhengtong.foundation.accounts.urls")),
    path("", include("zhengtong.foundation.audit.urls")),
    path("", include("zhengtong.foundation.orgs.urls")),
    path("", include("zhengtong.foundation.slips.urls")),
    path("", include("zhengtong.office.documents.urls")),
    path("", include("zhengtong.office.dispatch.urls")),
    path("", include("zhengtong.office.circulation.urls")),
    path("", include("zhengtong.office.incoming.urls")),
    path("", include("zhengtong.office.supervision.urls")),
    path("", include("zhengtong.office.prints.urls")),
    path("", include("zhengtong.office.archive.urls")),
    path("", include("zhengtong.office.borrowing.urls")),
    path("", include("zhengtong.office.appraisal.urls")),
    path("", include("zhengtong.office.stamps.urls")),
    path("", include("zhengtong.foundation.notices.urls")),
    path("", include("zhengtong.foundation.search.urls")),
    path("", include("zhengtong.ferry.urls")),
]

handler400 = "zhengtong.foundation.processes.views.unreadable"
