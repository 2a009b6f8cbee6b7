from django.urls import path

from . import views

app_name = "counter"
urlpatterns = [
    path("information/", views.information, name="information"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("letter/<int:place>/", views.letter, name="letter"),
    path("apply/<str:item>/", views.apply, name="apply"),
    path("receipt/", views.receipt, name="receipt"),
    path("status/", views.status, name="status"),
    path("complete/<str:item>/", views.complete, name="complete"),
    path("rate/", views.rate, name="rate"),
]
