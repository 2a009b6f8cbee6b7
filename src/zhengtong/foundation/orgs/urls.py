from django.urls import path, re_path

from . import views

app_name = "orgs"
urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/people/", views.people, name="people"),
    path("directory/import/", views.hand_in, name="import"),
    path("directory/import/confirm/", views.take_in, name="take_in"),
    path("directory/changes/", views.changes, name="changes"),
    re_path(r"^directory/export\.(?P<form>csv|xlsx)$", views.export, name="export"),
    path("directory/<str:code>/", views.organ, name="organ"),
]
