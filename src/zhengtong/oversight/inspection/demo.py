"""The demo's sites under inspection: the county's own, which the demo's portal serves, and an old one that nobody looks after any more."""

from django.conf import settings

from . import actions
from .models import Site

PORTAL = "http://127.0.0.1:8003/"  # where `zhengtong demo` opens it; on other ports: `inspect yunling --enter ADDRESS`
OLD = "http://127.0.0.1:8005/"


def plant() -> str:
    """The addresses; what is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample sites exist only in the demo")
    if Site.objects.filter(code="yunling").exists():
        return "0"
    actions.enter("yunling", "云岭县人民政府", PORTAL, "YL130", domain="www.yunling.gov.cn")
    actions.enter("linye", "云岭县林业站（旧站）", OLD, "YL115")
    return "2"
