from django.urls import path

from . import views

app_name = "sites"
urlpatterns = [
    path("articles/", views.listing, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/publish/", views.publish, name="publish"),
    path("articles/<int:pk>/mask/", views.mask, name="mask"),
    path("articles/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("articles/<int:pk>/preview/", views.preview, name="preview"),
    path("articles/<int:pk>/files/<int:number>/", views.file, name="file"),
    path("releases/", views.releases, name="releases"),
]
