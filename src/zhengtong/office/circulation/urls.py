"""Addresses of what circulates."""

from django.urls import path

from . import views

app_name = "circulation"
urlpatterns = [
    path("circulation/", views.mine, name="mine"),
    path("circulation/kept/", views.kept, name="kept"),
    path("circulation/<int:pk>/", views.page, name="page"),
    path("circulation/<int:pk>/read/", views.confirm, name="read"),
    path("circulation/<int:pk>/add/", views.add, name="add"),
    path("circulation/<int:pk>/urge/", views.urge, name="urge"),
    path("circulation/<int:pk>/remove/<int:reading>/", views.remove, name="remove"),
    path("circulation/<int:pk>/files/<int:place>/", views.file, name="file"),
    path("circulation/<int:pk>/files/<int:place>/<int:number>.png", views.picture, name="picture"),
]
