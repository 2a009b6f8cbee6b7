"""Which sites are watched, and the list that the probe is given."""

import hashlib
import json

from zhengtong.ferry.actions import send
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.oversight.inspection.models import Site, Watchlist
from zhengtong.oversight.inspection.rules.orders import OFFICERS
from zhengtong.oversight.inspection.rules.watch import PAGES, RESERVED, TRY_HOURS, VISIT_HOURS, address_objection

By = Person | Actor | None


def require_officer(by: By) -> None:
    """A person must be the county's supervisor or of its e-government office; the house itself may always."""
    if isinstance(by, Person) and not any(accounts.holds(by, role) for role in OFFICERS):
        raise Refused(_("须由督查员或电子政务办操作"))


@action
def enter(code: str, name: str, address: str, organ: str, by: By = None, domain: str = "") -> Site:
    """列入巡检: put a site under inspection, ours or any other, or correct what is known of it."""
    require_officer(by)
    if (no := address_objection(address)) is not None:
        raise Refused(no)
    if code in RESERVED:
        raise Refused(_("代码“%(code)s”另有用处，请换一个"), field="code", code=code)
    if isinstance(by, Person) and not Organ.objects.filter(code=organ).exists():
        raise Refused(_("没有这个机关"), field="organ")
    values = {"name": name, "address": address, "organ": organ, "domain": domain, "watched": True}
    site, _new = Site.objects.update_or_create(code=code, defaults=values, create_defaults={**values, "since": clock.today()})
    record(by, "inspection.enter", site, {"address": address}, organ=organ)
    return site


@action
def stop(code: str, by: By, reason: str) -> Site:
    """停止巡检: the history stays; entering the site again resumes the visits."""
    require_officer(by)
    site = _locked(code)
    if not site.watched:
        raise Refused(_("这个网站已经停止巡检"))
    if not reason.strip():
        raise Refused(_("请写明停止巡检的原因"), field="reason")
    site.watched = False
    site.save(update_fields=["watched"])
    record(by, "inspection.stop", site, {"reason": reason.strip()}, organ=site.organ)
    return site


@action
def look_again(code: str, by: By) -> Site:
    """立即巡检: ask the probe to go there now instead of at its next turn."""
    site = _locked(code)
    if not site.watched:
        raise Refused(_("这个网站已经停止巡检"))
    site.asked_at = clock.now()
    site.save(update_fields=["asked_at"])
    record(by, "inspection.look_again", site, organ=site.organ)
    return site


def _locked(code: str) -> Site:
    site = Site.objects.select_for_update().filter(code=code).first()
    if site is None:
        raise Refused(_("没有列入巡检的网站%(code)s"), code=code)
    return site


@action
def keep_watchlist() -> bool:
    """Send the probe the list of sites whenever it has changed. Safe to repeat."""
    rows = [
        {
            "code": site.code, "address": site.address, "domain": site.domain, "pages": PAGES, "try_hours": TRY_HOURS,
            "visit_hours": VISIT_HOURS, "asked": site.asked_at.isoformat() if site.asked_at else "",
        }
        for site in Site.objects.filter(watched=True)
    ]  # fmt: skip
    digest = hashlib.new("sm3", json.dumps(rows, sort_keys=True).encode()).hexdigest()
    last = Watchlist.objects.order_by("-pk").first()
    if last is not None and last.digest == digest:
        return False
    made = Watchlist.objects.create(digest=digest, at=clock.now())
    Watchlist.objects.filter(pk__lt=made.pk).delete()
    send("watch", {"sites": rows, "at": made.at.isoformat()}, {}, by=None, key=f"watch/{made.pk}", receiver="probe")
    record(None, "inspection.keep_watchlist", made, {"sites": len(rows)})
    return True
