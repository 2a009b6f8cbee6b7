"""Addresses of what comes in."""

from django.urls import path

from . import views

app_name = "incoming"
urlpatterns = [
    path("incoming/", views.register, name="register"),
    path("incoming/enter/", views.enter, name="enter"),
    path("incoming/exchange/", views.exchange, name="exchange"),
    path("incoming/copies/<int:pk>/", views.enter_copy, name="enter_copy"),
    path("incoming/<slug:code>/", views.page, name="page"),
    path("incoming/<slug:code>/way/", views.flow, name="flow"),
    path("incoming/<slug:code>/sheet/", views.handling_sheet, name="sheet"),
    path("incoming/<slug:code>/sheet.pdf", views.handling_pdf, name="handling_pdf"),
    path("incoming/<slug:code>/sheet.docx", views.handling_word, name="handling_word"),
    path("incoming/<slug:code>/sheet/<int:number>.png", views.handling_page, name="handling_page"),
    path("incoming/<slug:code>/act/<str:verb>/", views.act, name="act"),
    path("incoming/<slug:code>/files/<int:place>/", views.file, name="file"),
    path("incoming/<slug:code>/files/<int:place>/<int:number>.png", views.picture, name="picture"),
]
