"""How often a site is visited, and which addresses can be watched.

The check wants 20 tries in a week, spread over each day (国办秘函〔2019〕19号 单项否决2): every two hours gives 84, twelve on each day.
"""

from urllib.parse import urlsplit

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

SOURCE = "国办秘函〔2019〕19号 单项否决2；间隔为本县约定"
TRY_HOURS = 2
VISIT_HOURS = 24
PAGES = 2000  # of one visit
RESERVED = ("orders", "new", "sites", "findings")


def address_objection(address: str) -> Objection | None:
    """Why an address can't be watched, or None."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        good = False
    return None if good else Objection(_("首页地址须以http://或https://开头"), field="address")


# The states of a site on the board, the gravest first.
STATES = {"failed": _("不合格"), "warned": _("须整改"), "none": _("未巡检"), "passed": _("合格"), "stopped": _("停止巡检")}
