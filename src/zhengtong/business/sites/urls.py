from django.urls import path

from . import views, views_intake, views_rooms

app_name = "sites"
urlpatterns = [
    path("articles/", views.listing, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/publish/", views.publish, name="publish"),
    path("articles/<int:pk>/mask/", views.mask, name="mask"),
    path("articles/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("articles/<int:pk>/pull/", views.pull, name="pull"),
    path("articles/<int:pk>/read/", views.read, name="read"),
    path("articles/<int:pk>/place/", views.place, name="place"),
    path("articles/<int:pk>/place/<int:placement>/off/", views.take_off, name="take_off"),
    path("articles/<int:pk>/time/", views.time, name="time"),
    path("articles/<int:pk>/time/<int:which>/cancel/", views.time_cancel, name="time_cancel"),
    path("articles/<int:pk>/preview/", views.preview, name="preview"),
    path("articles/<int:pk>/files/<int:number>/", views.file, name="file"),
    path("intake/", views_intake.listing, name="intake"),
    path("intake/take-in/", views_intake.take_in, name="take_in"),
    path("intake/table.xlsx", views_intake.table, name="intake_table"),
    path("intake/<int:pk>/", views_intake.report, name="intake_report"),
    path("intake/<int:pk>/left.csv", views_intake.left, name="intake_left"),
    path("sites/", views_rooms.listing, name="rooms"),
    path("sites/new/", views_rooms.new, name="room_new"),
    path("sites/<slug:code>/", views_rooms.room, name="room"),
    path("sites/<slug:code>/close/", views_rooms.close, name="close"),
    path("sites/<slug:code>/reopen/", views_rooms.reopen, name="reopen"),
    path("sites/<slug:code>/review/", views_rooms.choose_review, name="choose_review"),
    path("sites/<slug:code>/gather/", views_rooms.gather, name="gather"),
    path("sites/<slug:code>/gather/<int:pk>/stop/", views_rooms.stop_gathering, name="stop_gathering"),
    path("releases/", views.releases, name="releases"),
]
