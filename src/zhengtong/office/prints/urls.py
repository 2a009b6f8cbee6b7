from django.urls import path

from . import views

app_name = "prints"
urlpatterns = [
    path("prints/", views.register, name="register"),
    path("prints/<int:key>/", views.printed, name="printed"),
    path("prints/<slug:thing>/<str:paper>/", views.new, name="new"),
]
