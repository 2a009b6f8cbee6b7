from django.urls import path

from . import views

app_name = "site_search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("api/v1/search", views.api, name="api"),
]
