"""Addresses of the home, the register and each document. Permanent codes, never keys."""

from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("", views.home, name="home"),
    path("documents/", views.register, name="register"),
    path("documents/new/", views.draft, name="draft"),
    path("documents/preview/", views.preview, name="preview"),
    path("documents/findings/", views.findings, name="findings"),
    path("documents/<str:code>/", views.page, name="page"),
    path("documents/<str:code>/edit/", views.edit, name="edit"),
    path("documents/<str:code>/traces/", views.traces, name="traces"),
    path("documents/<str:code>/pdf/", views.pdf, name="pdf"),
    path("documents/<str:code>/ofd/", views.ofd, name="ofd"),
    path("documents/<str:code>/pages/<int:number>.png", views.picture, name="picture"),
    path("documents/<str:code>/do/<slug:verb>/", views.act, name="act"),
]
