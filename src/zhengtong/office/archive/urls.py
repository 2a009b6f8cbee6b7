"""Addresses of the archivist's pages."""

from django.urls import path

from . import views

app_name = "archive"
urlpatterns = [
    path("archive/prefiled/", views.prefiled, name="prefiled"),
    path("archive/confirm/", views.confirm, name="confirm"),
    path("archive/filed/", views.filed, name="filed"),
    path("archive/packages/export/", views.export, name="export"),
    path("archive/packages/", views.take_in, name="take_in"),
    path("archive/checks/", views.runs, name="runs"),
    path("archive/checks/yearly/", views.check_yearly, name="check_yearly"),
    path("archive/checks/<int:pk>/", views.run, name="run"),
    path("archive/checks/<int:pk>/answer/", views.answer, name="answer"),
    path("archive/transfers/", views.transfers, name="transfers"),
    path("archive/transfers/<str:code>/", views.transfer, name="transfer"),
    path("archive/transfers/<str:code>/check/", views.check_transfer, name="check_transfer"),
    path("archive/transfers/<str:code>/hand-over/", views.hand_over, name="hand_over"),
    path("archive/transfers/<str:code>/carrier/", views.carrier, name="carrier"),
    path("archive/transfers/<str:code>/accept/", views.accept, name="accept"),
    path("archive/transfers/<str:code>/drop/", views.drop, name="drop"),
    path("archive/balance/", views.balance, name="balance"),
    path("archive/balance/waive/", views.waive, name="waive"),
    path("archive/balance/<int:pk>/reinstate/", views.reinstate, name="reinstate"),
    path("archive/fonds/", views.fonds, name="fonds"),
    path("archive/fonds/open/", views.open_fonds, name="open_fonds"),
    path("archive/fonds/class/", views.add_class, name="add_class"),
    path("archive/fonds/plan/", views.add_plan, name="add_plan"),
    path("archive/fonds/plan/<int:pk>/drop/", views.drop_plan, name="drop_plan"),
    path("archive/items/<int:pk>/", views.item, name="item"),
    path("archive/items/<int:pk>/parts/<int:part>/", views.part, name="part"),
]
