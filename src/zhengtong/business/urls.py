"""Addresses of the business network."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
    path("", include("zhengtong.foundation.accounts.urls")),
    path("", include("zhengtong.foundation.orgs.urls")),
    path("", include("zhengtong.foundation.notices.urls")),
    path("", include("zhengtong.ferry.urls")),
    path("", include("zhengtong.business.cases.urls")),
    path("", include("zhengtong.oversight.timelimits.urls")),
    path("", include("zhengtong.business.sites.urls")),
    path("desk/", include("zhengtong.business.sites.desk.urls")),
]
