from django.urls import path

from . import views

app_name = "timelimits"
urlpatterns = [
    path("supervision/", views.board, name="board"),
    path("supervision/cards/", views.cards, name="cards"),
    path("supervision/cards/<int:pk>/", views.decide, name="decide"),
    path("supervision/<str:subject>/", views.subject, name="subject"),
]
