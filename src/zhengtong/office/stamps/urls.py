from django.urls import path

from . import views

app_name = "stamps"
urlpatterns = [
    path("stamps/", views.listing, name="list"),
    path("stamps/new/", views.new, name="new"),
    path("stamps/<str:code>/", views.stamp, name="stamp"),
    path("stamps/<str:code>/hand-over/", views.hand_over, name="hand_over"),
    path("stamps/<str:code>/<str:verb>/", views.act, name="act"),
]
