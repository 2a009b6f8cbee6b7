from django.urls import path

from . import views

app_name = "items"
urlpatterns = [
    path("items/", views.listing, name="list"),
    path("items/new/", views.new, name="new"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/publish/", views.publish, name="publish"),
    path("items/<str:code>/withdraw/", views.withdraw, name="withdraw"),
]
