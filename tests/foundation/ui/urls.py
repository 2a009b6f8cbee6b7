"""Addresses for the sample pages: these tests look at the interface, whatever the rooms serve."""

from django.http import HttpResponse
from django.urls import include, path


def blank(request):
    return HttpResponse()


sample = (
    [
        path("home/", blank, name="home"),
        path("register/", blank, name="register"),
        path("register/archive/", blank, name="archive"),
        path("audit/", blank, name="audit"),
        path("me/", blank, name="me"),
    ],
    "sample",
)
urlpatterns = [path("", include(sample)), path("", include("zhengtong.foundation.processes.urls"))]
