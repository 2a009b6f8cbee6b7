from django.urls import path

from . import views

app_name = "finding"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("api/v1/search", views.data, name="data"),
]
