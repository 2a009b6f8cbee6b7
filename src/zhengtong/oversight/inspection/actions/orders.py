"""整改: an order to the owner organ, its answer, and the inspector's own look; nobody else closes it."""

from collections.abc import Sequence

from django.utils.translation import gettext

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.clock.rules import Limit, Unit, due
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.numbers.actions import take as next_number
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.oversight.inspection.models import Finding, Order, Visit
from zhengtong.oversight.inspection.rules import orders as rules
from zhengtong.oversight.inspection.rules.facts import Finding as Found
from zhengtong.oversight.inspection.rules.facts import Visit as Seen

from .sites import look_again, require_officer

MOST = 200  # addresses that one order names


@action
def order(visit_id: int, faults: Sequence[str], by: Person, words: str = "") -> list[Order]:
    """下达整改: one order for each chosen fault and each organ that owns pages with it; what is ordered already is not ordered twice."""
    require_officer(by)
    visit = Visit.objects.select_related("site").get(pk=visit_id)
    site = visit.site
    if visit != site.visits.first():
        raise Refused(_("这不是最近一次巡检，请按最近一次的结果下达"))
    groups: dict[tuple[str, str], list[Finding]] = {}
    for found in visit.findings.filter(fault__in=list(faults)):
        organ = rules.owner(found.url, str(found.evidence.get("column", "")), site.owners, site.organ)
        groups.setdefault((found.fault, organ), []).append(found)
    if not groups:
        raise Refused(_("请选择要整改的问题"), field="faults")
    made = [one for (fault, organ), rows in groups.items() if (one := _order(visit, fault, organ, rows, by, words.strip()))]
    if not made:
        raise Refused(_("选择的问题都已下达过整改"))
    return made


def _order(visit: Visit, fault: str, organ: str, rows: Sequence[Finding], by: Person, words: str) -> Order | None:
    site = visit.site
    if Order.objects.filter(site=site, organ=organ, fault=fault, state__in=rules.OPEN).exists():
        return None
    now = clock.now()
    number = f"XJ{now.year}-{next_number('inspection_order', '', now.year):04d}"
    limit = Limit(rules.days(fault), Unit.WORKING_DAYS, rules.SOURCE)
    one = Order.objects.create(
        number=number, site=site, organ=organ, fault=fault, urls=[row.url for row in rows][:MOST], found=visit, sent_at=now,
        sent_by=by.code,        words=words[:500], due=due(clock.today(), limit, calendar()),
    )  # fmt: skip
    _tell(one, [organ], _("“%(site)s”有问题须在%(due)s前整改：%(number)s"))
    record(by, "inspection.order", one, {"fault": fault, "organ": organ, "due": one.due.isoformat(), "urls": len(one.urls)}, organ=organ)
    return one


def _tell(one: Order, organs: Sequence[str], text: str) -> int:
    params = {"site": one.site.name, "number": one.number, "due": one.due.isoformat()}
    link, subject = f"/inspection/orders/{one.pk}/", f"inspection/order/{one.pk}"
    return sum(notify((role, organ), text, link=link, subject=subject, params=params) for organ in organs for role in rules.OWNERS)


def owns(person: Person, one: Order) -> bool:
    """Whether the person answers for the organ that is to mend it: as publisher or editor of that organ or of the site's own."""
    return any(
        accounts.holds(person, role, organ) for role in rules.OWNERS for organ in Organ.objects.filter(code__in=(one.organ, one.site.organ))
    )


def _locked(pk: int) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("site").get(pk=pk)


def _step(verb: str, one: Order) -> rules.State:
    step = rules.step(verb, one.state)
    if step is None:
        raise Refused(_("整改单%(state)s，不能这样办理"), state=gettext(rules.STATE_LABELS[one.state]))
    return step.target


@action
def answer(pk: int, by: Person, words: str) -> Order:
    """答复: what was mended; the probe is sent there at once, and only what it sees closes the order."""
    one = _locked(pk)
    if not owns(by, one):
        raise Refused(_("须由责任机关的网站编辑或发布员答复"))
    target = _step("answer", one)
    if not words.strip():
        raise Refused(_("请写明怎样改正的"), field="words")
    one.state, one.answer, one.answered_at, one.answered_by = target.value, words.strip(), clock.now(), by.code
    one.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(by, "inspection.answer", one, {"answer": one.answer}, organ=one.organ)
    if one.site.watched:
        look_again(one.site.code, by)
    return one


@action
def drop(pk: int, by: Person, reason: str) -> Order:
    """撤销: the order was wrong or has no object any more; with the reason."""
    require_officer(by)
    one = _locked(pk)
    target = _step("drop", one)
    if not reason.strip():
        raise Refused(_("请写明撤销的原因"), field="reason")
    one.state, one.reason = target.value, reason.strip()[:300]
    one.save(update_fields=["state", "reason"])
    settle(f"inspection/order/{one.pk}")
    record(by, "inspection.drop", one, {"reason": one.reason}, organ=one.organ)
    return one


@action
def recheck(visit: Visit, seen: Seen, findings: Sequence[Found]) -> int:
    """复查: compare a new visit with every open order of its site; the number that changed."""
    looked = {page.url: not page.error and page.status > 0 for page in seen.pages.values()}
    looked |= {one.url: not one.error for one in seen.answers.values()}
    changed = 0
    for one in Order.objects.select_for_update(of=("self",)).filter(site=visit.site, state__in=rules.OPEN, sent_at__lt=visit.began):
        if one.answered_at and one.answered_at > visit.began:
            continue  # the visit began before it was mended
        found = [f.url for f in findings if f.fault == one.fault]
        target, left = rules.recheck(one.state, one.urls, found, looked, seen.complete)
        if target is None:
            continue
        one.state, one.left, one.seen_by, one.seen_at = target.value, left, visit, clock.now()
        one.save(update_fields=["state", "left", "seen_by", "seen_at"])
        if target is rules.State.MENDED:
            settle(f"inspection/order/{one.pk}")
        else:
            _tell(one, [one.organ], _("复查“%(site)s”：整改单%(number)s的问题仍在"))
        record(None, "inspection.recheck", one, {"state": target.value, "left": len(left)}, organ=one.organ)
        changed += 1
    return changed


@action
def urge_orders() -> int:
    """逾期提醒: the owner and his superior organ are told of an order that is past its day; once a day. Safe to repeat."""
    told, today = 0, clock.today()
    for one in Order.objects.select_for_update(of=("self",)).select_related("site").filter(state__in=("sent", "unmended"), due__lt=today):
        if one.urged_on == today:
            continue
        above = Organ.objects.filter(code=one.organ).values_list("parent__code", flat=True).first()
        told += _tell(one, [one.organ, *([above] if above else [])], _("“%(site)s”的整改单%(number)s已逾期（%(due)s）"))
        one.urged_on = today
        one.save(update_fields=["urged_on"])
        record(None, "inspection.urge_orders", one, {"due": one.due.isoformat()}, organ=one.organ)
    return told
