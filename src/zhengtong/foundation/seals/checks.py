"""Whether the ciphers are good enough to start on."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from . import fast


def ciphers(app_configs: Sequence[AppConfig] | None, **_more: object) -> list[CheckMessage]:
    """SM2 in plain Python leaks timing: the demo says so, production does not start (design §3a)."""
    if fast():
        return []
    hint = "安装带SM2的OpenSSL 3（libcrypto）"
    if settings.MODE == "production":
        return [Error("找不到支持SM2的libcrypto，正式环境不能启动", hint=hint, id="zhengtong.E010")]
    return [Warning("找不到支持SM2的libcrypto：演示改用Python实现的SM2，只供演示", hint=hint, id="zhengtong.W010")]
