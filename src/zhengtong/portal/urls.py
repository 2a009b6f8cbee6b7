"""Addresses of the portal; it holds no sign-in, no editor and no administrator page."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhengtong.foundation.processes.urls")),
]
