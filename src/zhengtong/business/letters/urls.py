from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("letters/", views.listing, name="list"),
    path("letters/register/", views.register, name="register"),
    path("letters/<str:number>/", views.letter, name="letter"),
    path("letters/<str:number>/papers/<int:pk>/", views.paper, name="paper"),
    path("letters/<str:number>/assist/", views.assist, name="assist"),
    path("letters/<str:number>/<str:verb>/", views.step, name="step"),
]
