from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("cases/", views.listing, name="list"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/accept/", views.accept, name="accept"),
    path("cases/<str:number>/examine/", views.examine, name="examine"),
    path("cases/<str:number>/decide/", views.decide, name="decide"),
    path("cases/<str:number>/attachments/<int:pk>/", views.attachment, name="attachment"),
]
