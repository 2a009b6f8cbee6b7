"""Addresses of what is followed up."""

from django.urls import path

from . import views

app_name = "supervision"
urlpatterns = [
    path("supervision/", views.board, name="board"),
    path("supervision/open/", views.open_item, name="open"),
    path("supervision/<slug:code>/", views.page, name="page"),
    path("supervision/<slug:code>/act/<str:verb>/", views.act, name="act"),
]
