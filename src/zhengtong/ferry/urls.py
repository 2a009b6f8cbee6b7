from django.urls import path

from . import views

app_name = "ferry"
urlpatterns = [
    path("ferry/", views.desk, name="desk"),
    path("ferry/troubles/<int:pk>/settle/", views.settle, name="settle"),
]
