"""What a start in production demands."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=False)
def production(app_configs, **kwargs):
    """A demo clock, a missing secret or a weak cipher stops a production start (design §3a)."""
    if settings.MODE != "production":
        return []
    found = []
    if (settings.HOME / "time").exists():
        found.append(Error("演示时钟文件存在，正式环境不能启动", hint=str(settings.HOME / "time"), id="zhengtong.E001"))
    return found


def missing_keys() -> list[str]:
    """Names of the key files that `keys init` makes and this network lacks."""
    return [name for name in ("signing", "decryption", "secret") if not list(settings.KEYS.glob(f"{name}*"))]
