"""The verbs of inspection: enter a site, take in a visit, warn before it is too late."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import report
from .models import Column, Finding, Site, Try, Visit, Warned
from .rules.columns import knowledge
from .rules.facts import plain, visit_of
from .rules.freshness import NOTHING, Class, Known
from .rules.judge import Expected, judge
from .rules.veto import PATIENCE, WATCH_DAYS
from .rules.warnings import Level, last_good_day, levels

By = Person | Actor | None


@action
def enter(code: str, name: str, address: str, organ: str, by: By = None, domain: str = "") -> Site:
    """列入巡检: put a site under inspection, or correct its address."""
    if not address.startswith(("http://", "https://")):
        raise Refused(_("首页地址须以http://或https://开头"), field="address")
    values = {"name": name, "address": address, "organ": organ, "domain": domain}
    site, _new = Site.objects.update_or_create(code=code, defaults=values, create_defaults={**values, "since": clock.today()})
    record(by, "inspection.enter", site, {"address": address}, organ=organ)
    return site


@action
def take(code: str, seen: Mapping[str, object], day: date | None = None) -> Visit:
    """Take in what a probe saw; the same visit is taken in once. Rules and history are ours, the probe has neither."""
    site = Site.objects.select_for_update().filter(code=code).first()
    if site is None:
        raise Refused(_("没有列入巡检的网站%(code)s"), code=code)
    digest = hashlib.new("sm3", json.dumps(seen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    if (again := site.visits.filter(sm3=digest).first()) is not None:
        return again
    try:
        visit = visit_of(seen)
    except (KeyError, TypeError, ValueError, AssertionError):
        raise Refused(_("送来的巡检结果无法读取")) from None
    on = day or clock.today()
    _keep_tries(site, seen)
    week = site.tries.filter(at__gte=clock.now() - timedelta(days=WATCH_DAYS))
    failed = [one for one in week if one.error or one.seconds >= PATIENCE or one.status >= 500]
    known = _known(site.known)
    judged = judge(visit, on, Expected(site.domain, site.periods, known, len(week), len(failed)))
    before = site.visits.first()
    made = Visit.objects.create(
        site=site, began=datetime.fromisoformat(visit.began), day=on, complete=visit.complete, pages=len(visit.pages),
        files=len(visit.answers), home_newest=judged.tally.home_newest, scores=report.scores(judged), sm3=digest,
    )  # fmt: skip
    since = {(f.fault, f.url): f.since for f in before.findings.all()} if before else {}
    Finding.objects.bulk_create(
        Finding(visit=made, fault=f.fault, url=f.url, evidence=plain(f.evidence), since=since.get((f.fault, f.url), on))
        for f in judged.findings
    )
    Column.objects.bulk_create(
        Column(visit=made, url=c.url, name=c.name[:200], kind=c.kind.value, newest=c.newest, items=c.items, state=c.state)
        for c in judged.columns
    )
    if visit.complete:  # half a visit would make what it did not reach look new next time
        site.known = _kept(knowledge(visit, known))
        site.save(update_fields=["known"])
    record(None, "inspection.take", site, {"pages": made.pages, "findings": len(judged.findings), "sm3": digest}, organ=site.organ)
    return made


def _keep_tries(site: Site, seen: Mapping[str, object]) -> None:
    rows = seen["tries"]
    assert isinstance(rows, list)
    Try.objects.bulk_create(
        [Try(site=site, at=datetime.fromisoformat(r["at"]), seconds=r["seconds"], status=r["status"], error=r["error"]) for r in rows],
        ignore_conflicts=True,
    )


def _kept(known: Known) -> dict[str, object]:
    """As the site's row keeps it."""
    return {name: plain(getattr(known, name)) for name in Known.__slots__}


def _known(row: Mapping[str, object]) -> Known:
    """What earlier visits saw, as it was kept."""
    if not row:
        return NOTHING
    kept = json.loads(json.dumps(row))
    day = date.fromisoformat
    return Known(
        day(kept["day"]),
        {url: day(text) for url, text in kept["dates"].items()},
        {digest: (url, day(text)) for digest, (url, text) in kept["texts"].items()},
        {url: tuple(rows) for url, rows in kept["lists"].items()},
        {url: day(text) for url, text in kept["reach"].items()},
    )


@action
def warn() -> int:
    """Tell whoever must know by today, before a home page or column is stale; the number of new warnings. Safe to repeat."""
    new, on = 0, clock.today()
    for site in Site.objects.all():
        visit = site.visits.first()
        if visit is None:
            continue
        watched: list[tuple[str, str, date | None, Class | None]] = [(site.address, site.name, visit.home_newest, None)]
        watched += [(c.url, c.name, c.newest, Class(c.kind)) for c in visit.columns.all()]
        for url, name, newest, kind in watched:
            last = last_good_day(newest, kind) if newest else None
            if last is None:
                continue
            for level in levels(last, on):
                new += _warn(site, url[:500], name, last, level)
    return new


def _warn(site: Site, url: str, name: str, last: date, level: Level) -> bool:
    row, created = Warned.objects.get_or_create(
        site=site, url=url, last=last, level=level.code, defaults={"name": name, "day": clock.today(), "told": 0}
    )
    if not created:
        return False
    organ = site.owners.get(name, site.organ)
    organs: list[str | None] = [None] if level.everywhere else [organ]
    above = Organ.objects.filter(code=organ).values_list("parent__code", flat=True).first() if level.above else None
    told = 0
    for role in level.roles:
        for place in [*organs, *([above] if above else [])]:
            told += notify(
                (role, place), _("%(site)s“%(name)s”最迟%(last)s须有更新"), link=f"/inspection/{site.code}/",
                subject=f"inspection/{site.code}/{row.pk}", params={"site": site.name, "name": name, "last": str(last)},
            )  # fmt: skip
    row.told = told
    row.save(update_fields=["told"])
    record(None, "inspection.warn", site, {"name": name, "last": str(last), "level": level.code, "told": told}, organ=site.organ)
    return True
