from django.urls import path

from . import views, views_rows

app_name = "items"
urlpatterns = [
    path("implementation/", views_rows.listing, name="rows"),
    path("implementation/new/", views_rows.new, name="row_new"),
    path("implementation/import/", views_rows.hand_in, name="rows_import"),
    path("implementation/take-in/", views_rows.take_in, name="rows_take_in"),
    path("implementation/export/<str:kind>/", views_rows.export, name="rows_export"),
    path("implementation/<str:code>/", views_rows.row, name="row"),
    path("implementation/<str:code>/versions/", views_rows.versions, name="row_versions"),
    path("implementation/<str:code>/submit/", views_rows.submit, name="row_submit"),
    path("implementation/<str:code>/approve/", views_rows.approve, name="row_approve"),
    path("implementation/<str:code>/return/", views_rows.send_back, name="row_return"),
    path("items/", views.listing, name="list"),
    path("items/new/", views.new, name="new"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/publish/", views.publish, name="publish"),
    path("items/<str:code>/withdraw/", views.withdraw, name="withdraw"),
]
