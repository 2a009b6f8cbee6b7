from django.urls import path

from .views import consoles, me, passage

app_name = "accounts"
urlpatterns = [
    path("sign-in/", passage.sign_in, name="sign_in"),
    path("sign-out/", passage.sign_out, name="sign_out"),
    path("second-factor/", passage.second_factor, name="second_factor"),
    path("second-factor/bind/", passage.bind, name="bind"),
    path("home/", me.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/secret/", me.change_secret, name="change_secret"),
    path("me/pin/", me.pin, name="pin"),
    path("accounts/", consoles.accounts, name="accounts"),
    path("accounts/new/", consoles.new, name="new"),
    path("accounts/motions/", consoles.motions, name="motions"),
    path("accounts/motions/<int:pk>/<str:verb>/", consoles.settle, name="settle"),
    path("accounts/grants/", consoles.grants, name="grants"),
    path("accounts/grants/<int:pk>/withdraw/", consoles.withdraw, name="withdraw"),
    path("accounts/<str:username>/", consoles.account, name="account"),
    path("accounts/<str:username>/<str:verb>/", consoles.act, name="act"),
]
