from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "zhengtong.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"
