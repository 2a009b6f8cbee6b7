from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.page, name="list"),
    path("notices/<int:pk>/", views.follow, name="follow"),
    path("notices/read/", views.read_all, name="read_all"),
]
