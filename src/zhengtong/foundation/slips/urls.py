"""Addresses of the templates; included by the networks that have kinds of papers with templates."""

from django.urls import path

from . import views, views_urging

app_name = "slips"
urlpatterns = [
    path("slips/", views.patterns, name="patterns"),
    path("slips/urging/", views_urging.urging, name="urging"),
    path("slips/urging/<int:pk>/", views_urging.switch, name="switch_urging"),
    path("slips/<str:organ>/<slug:kind>/", views.design, name="design"),
    path("slips/<str:organ>/<slug:kind>/drop/", views.drop, name="drop"),
    path("slips/<str:organ>/<slug:kind>/import/", views.take_in, name="import"),
    path("slips/<str:organ>/<slug:kind>/<int:version>/export/", views.export, name="export"),
    path("slips/<str:organ>/<slug:kind>/<int:version>/", views.version, name="version"),
]
