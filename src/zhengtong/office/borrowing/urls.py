"""Addresses of the archive's readers."""

from django.urls import path

from . import views

app_name = "borrowing"
urlpatterns = [
    path("borrowing/", views.find, name="find"),
    path("borrowing/items/<str:number>/", views.item, name="item"),
    path("borrowing/loans/", views.loans, name="loans"),
    path("borrowing/register/", views.register, name="register"),
    path("borrowing/register/figures/", views.figures, name="figures"),
    path("borrowing/loans/reading/<int:pk>/", views.reading, name="reading"),
    path("borrowing/loans/reading/<int:pk>/<int:number>.png", views.picture, name="picture"),
    path("borrowing/loans/<str:code>/", views.loan, name="loan"),
    path("borrowing/loans/<str:code>/open/<int:part>/", views.open_part, name="open_part"),
    path("borrowing/loans/<str:code>/copy/<int:part>/", views.copy, name="copy"),
    path("borrowing/loans/<str:code>/<str:verb>/", views.act, name="act"),
]
