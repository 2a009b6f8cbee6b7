"""The demo's sites under inspection: the county's own, which the demo's portal serves."""

import os

from django.conf import settings

from . import actions
from .models import Site


def plant() -> str:
    """The portal's address; what is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample site exists only in the demo")
    if Site.objects.filter(code="yunling").exists():
        return "0"
    ports = [word for word in os.environ.get("ZT_DEMO_PORTS", "").split(",") if word]
    port = ports[2] if len(ports) > 2 else "8003"
    actions.enter("yunling", "云岭县人民政府", f"http://127.0.0.1:{port}/", "YL130", domain="www.yunling.gov.cn")
    return "1"
