"""Addresses of the business network."""

from django.urls import include, path

from .home import home

urlpatterns = [
    path("", home, name="desk"),
    path("", include("zhengtong.foundation.processes.urls")),
    path("", include("zhengtong.foundation.accounts.urls")),
    path("", include("zhengtong.foundation.audit.urls")),
    path("", include("zhengtong.foundation.orgs.urls")),
    path("", include("zhengtong.foundation.notices.urls")),
    path("", include("zhengtong.ferry.urls")),
    path("", include("zhengtong.business.items.urls")),
    path("", include("zhengtong.business.cases.urls")),
    path("", include("zhengtong.business.disclosure.urls")),
    path("", include("zhengtong.business.letters.urls")),
    path("", include("zhengtong.business.sites.urls")),
    path("", include("zhengtong.oversight.timelimits.urls")),
    path("", include("zhengtong.oversight.inspection.urls")),
    path("desk/", include("zhengtong.business.sites.desk.urls")),
]

handler400 = "zhengtong.foundation.processes.views.unreadable"
