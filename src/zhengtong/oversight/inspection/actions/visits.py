"""A visit is taken in: judged by the rules, kept with its evidence, compared with what was ordered to be mended."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.oversight.inspection import report
from zhengtong.oversight.inspection.models import Column, Finding, Picture, Site, Try, Visit
from zhengtong.oversight.inspection.rules.columns import knowledge
from zhengtong.oversight.inspection.rules.facts import plain, visit_of
from zhengtong.oversight.inspection.rules.freshness import NOTHING, Known
from zhengtong.oversight.inspection.rules.judge import Expected, judge
from zhengtong.oversight.inspection.rules.veto import PATIENCE, WATCH_DAYS

from .orders import recheck
from .published import served

PICTURE_MB = 4


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that the probe took of a page."""

    url: str
    at: datetime
    content: bytes


@action
def take(code: str, seen: Mapping[str, object], day: date | None = None, shots: Sequence[Shot] = ()) -> Visit:
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
    visit.dynamic = [*visit.dynamic, *site.dynamic]
    _keep_tries(site, seen)
    week = site.tries.filter(at__gte=clock.now() - timedelta(days=WATCH_DAYS))
    failed = [one for one in week if one.error or one.seconds >= PATIENCE or one.status >= 500]
    known = _known(site.known)
    published = served(site, datetime.fromisoformat(visit.began), datetime.fromisoformat(visit.ended or visit.began))
    judged = judge(visit, on, Expected(site.domain, site.periods, known, len(week), len(failed), published))
    before = site.visits.first()
    made = Visit.objects.create(
        site=site, began=datetime.fromisoformat(visit.began), day=on, complete=visit.complete, pages=len(visit.pages),
        files=len(visit.answers), home_newest=judged.tally.home_newest, scores=report.scores(judged), sm3=digest,
    )  # fmt: skip
    since = {(f.fault, f.url): f.since for f in before.findings.all()} if before else {}
    Finding.objects.bulk_create(
        Finding(
            visit=made,
            fault=f.fault,
            url=f.url,
            evidence=plain(f.evidence),
            answer=visit.answered(f.url),
            since=since.get((f.fault, f.url), on),
        )
        for f in judged.findings
    )
    Column.objects.bulk_create(
        Column(visit=made, url=c.url, name=c.name[:200], kind=c.kind.value, newest=c.newest, items=c.items, state=c.state)
        for c in judged.columns
    )
    for shot in shots:
        kept = store(shot.content, "page.jpg", limit_mb=PICTURE_MB, allowed=("jpg", "png"))
        Picture.objects.create(visit=made, url=shot.url[:2000], at=shot.at, file=kept)
    if visit.complete:  # half a visit would make what it did not reach look new next time
        site.known = _kept(knowledge(visit, known))
        site.save(update_fields=["known"])
    recheck(made, visit, judged.findings)
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
