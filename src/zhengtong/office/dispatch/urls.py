"""Addresses of what was sent and what was received."""

from django.urls import path

from .views import acts, answers, sealed
from .views import copies as views

app_name = "dispatch"
urlpatterns = [
    path("dispatch/", views.sent, name="sent"),
    path("dispatch/<int:pk>/", views.page, name="page"),
    path("dispatch/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("dispatch/<int:pk>/ofd/", sealed.ofd, name="ofd"),
    path("dispatch/<int:pk>/seals/", sealed.seals, name="seals"),
    path("dispatch/<int:pk>/attachments/<str:key>/", views.attachment, name="attachment"),
    path("dispatch/receipts/<int:pk>/urge/", views.urge, name="urge"),
    path("dispatch/receipts/<int:pk>/again/", acts.send_again, name="send_again"),
    path("dispatch/late/urge/", acts.urge_late, name="urge_late"),
    path("dispatch/statistics/", acts.statistics, name="statistics"),
    path("dispatch/<int:pk>/recall/", acts.recall, name="recall"),
    path("dispatch/<int:pk>/affect/", acts.affect, name="affect"),
    path("dispatch/<int:pk>/circulate/", acts.circulate, name="circulate"),
    path("dispatch/<int:pk>/ask/", answers.ask, name="ask"),
    path("replies/<int:pk>/", answers.page, name="replies"),
    path("replies/<int:pk>/answer/", answers.answer, name="answer"),
    path("replies/<int:pk>/urge/", answers.urge, name="urge_missing"),
    path("replies/<int:pk>/close/", answers.close, name="close_call"),
    path("replies/<int:pk>/table.<str:kind>", answers.table, name="table"),
    path("received/", views.received, name="received"),
    path("received/<int:pk>/", views.copy, name="copy"),
    path("received/<int:pk>/pdf/", views.copy_pdf, name="copy_pdf"),
    path("received/<int:pk>/ofd/", sealed.copy_ofd, name="copy_ofd"),
    path("received/<int:pk>/seals/", sealed.copy_seals, name="copy_seals"),
    path("received/<int:pk>/pages/<int:number>.png", views.copy_page, name="copy_page"),
    path("received/<int:pk>/attachments/<str:key>/", views.copy_attachment, name="copy_attachment"),
    path("received/<int:pk>/sign/", views.sign_for, name="sign_for"),
    path("received/<int:pk>/return/", views.send_back, name="send_back"),
]
