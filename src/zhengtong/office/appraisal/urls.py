"""Addresses of appraisal: what is due, the sheets, one item's history."""

from django.urls import path

from . import views

app_name = "appraisal"
urlpatterns = [
    path("appraisal/", views.sheets, name="sheets"),
    path("appraisal/due/<str:kind>/", views.due, name="due"),
    path("appraisal/items/<str:number>/", views.item, name="item"),
    path("appraisal/sheets/<str:code>/", views.sheet, name="sheet"),
    path("appraisal/sheets/<str:code>/judge/", views.judge, name="judge"),
    path("appraisal/sheets/<str:code>/leave-out/", views.leave_out, name="leave_out"),
    path("appraisal/sheets/<str:code>/<str:verb>/", views.act, name="act"),
]
