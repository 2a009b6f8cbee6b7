from django.urls import path

from . import views

app_name = "inspection"
urlpatterns = [
    path("inspection/", views.board, name="board"),
    path("inspection/new/", views.enter, name="enter"),
    path("inspection/sites.<str:kind>", views.board_file, name="board_file"),
    path("inspection/orders/", views.orders, name="orders"),
    path("inspection/orders/<int:pk>/", views.order, name="order"),
    path("inspection/orders/<int:pk>/answer/", views.answer, name="answer"),
    path("inspection/orders/<int:pk>/drop/", views.drop, name="drop"),
    path("inspection/<slug:code>/", views.site, name="site"),
    path("inspection/<slug:code>/edit/", views.edit, name="edit"),
    path("inspection/<slug:code>/stop/", views.stop, name="stop"),
    path("inspection/<slug:code>/look/", views.look_again, name="look_again"),
    path("inspection/<slug:code>/<int:pk>/", views.site, name="visit"),
    path("inspection/<slug:code>/<int:pk>/order/", views.give_order, name="give_order"),
    path("inspection/<slug:code>/<int:pk>/report.<str:kind>", views.report_file, name="report_file"),
    path("inspection/<slug:code>/finding/<int:pk>/", views.finding, name="finding"),
    path("inspection/<slug:code>/picture/<int:pk>/", views.picture, name="picture"),
]
