"""Addresses of what was sent and what was received."""

from django.urls import path

from . import views

app_name = "dispatch"
urlpatterns = [
    path("dispatch/", views.sent, name="sent"),
    path("dispatch/<int:pk>/", views.page, name="page"),
    path("dispatch/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("dispatch/receipts/<int:pk>/urge/", views.urge, name="urge"),
    path("received/", views.received, name="received"),
    path("received/<int:pk>/", views.copy, name="copy"),
    path("received/<int:pk>/pdf/", views.copy_pdf, name="copy_pdf"),
    path("received/<int:pk>/pages/<int:number>.png", views.copy_page, name="copy_page"),
    path("received/<int:pk>/sign/", views.sign_for, name="sign_for"),
    path("received/<int:pk>/return/", views.send_back, name="send_back"),
]
