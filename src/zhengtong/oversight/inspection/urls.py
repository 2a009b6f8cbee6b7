from django.urls import path

from . import views

app_name = "inspection"
urlpatterns = [
    path("inspection/", views.board, name="board"),
    path("inspection/<slug:code>/", views.site, name="site"),
    path("inspection/<slug:code>/<int:pk>/", views.site, name="visit"),
]
