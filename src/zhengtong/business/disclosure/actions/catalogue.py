"""公开目录: what arises is entered, its limit runs, and what the site publishes is matched by itself."""

from collections.abc import Mapping
from datetime import date

from zhengtong.business.disclosure.handling import moment, require, running
from zhengtong.business.disclosure.models import Desk, Entry
from zhengtong.business.disclosure.rules import proactive as rules
from zhengtong.business.disclosure.rules import steps
from zhengtong.business.sites import queries as sites
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.numbers.actions import take as take_number
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

OFFICE = "office:"  # how an article says that it came as a released document of the office network


@action
def enter(by: Person | None, organ: Organ, matter: str, title: str, summary: str, arisen: date, origin: str = "") -> Entry:
    """登记: information arose or changed on that day; its limit runs from then (第二十六条). `by` None: a released document arrived."""
    if by is not None:
        require(by, steps.CLERK, organ)
    if no := rules.entry_objection(matter, organ.kind, title, arisen, clock.today()):
        raise Refused(no)
    year = clock.today().year
    made = Entry.objects.create(
        number=f"ML-{organ.code}-{year}-{take_number('公开目录', organ.code, year):05d}",
        organ=organ,
        matter=matter,
        title=title.strip(),
        summary=summary.strip(),
        arisen_on=arisen,
        origin=origin,
    )
    clocks.start(made.number, rules.MATTERS[matter].limit, title=made.title, organ=organ.code, at=moment(arisen))
    record(by, "disclosure.enter", made, {"matter": matter, "arisen_on": arisen.isoformat(), "origin": origin}, organ=organ.code)
    return made


def _locked(number: str, by: Person | None, role: str) -> Entry:
    found = Entry.objects.select_for_update(of=("self",)).select_related("organ").filter(number=number).first()
    if found is None:
        raise Refused(_("没有这一条目录"))
    if by is not None:
        require(by, role, found.organ)
    if found.state != rules.State.PENDING:
        raise Refused(_("这一条已经公开或已审定不公开"))
    return found


@action
def note_published(number: str, by: Person | None, address: str, on: date, index_number: str = "") -> Entry:
    """已公开: by which way and when. On the site this is noted by itself; other ways (gazette, board, press) by the clerk (第二十三条)."""
    found = _locked(number, by, steps.CLERK)
    if not address.strip():
        raise Refused(_("请写明在哪里公开的"), field="address")
    if not found.arisen_on <= on <= clock.today():
        raise Refused(_("公开日期应在生成之日与今天之间"), field="on")
    found.state, found.address, found.published_on = rules.State.PUBLISHED.value, address.strip(), on
    found.index_number = index_number or f"{found.organ.credit_code or found.organ.code}/{on.year}-{_serial(found.organ, on.year):05d}"
    found.save()
    _finish(found, "已公开", on)
    record(by, "disclosure.note_published", found, {"address": found.address, "on": on.isoformat()}, organ=found.organ.code)
    return found


def _serial(organ: Organ, year: int) -> int:
    """The site numbers its own index; what is published elsewhere is numbered from 50001, so that the two never meet."""
    return 50000 + take_number("公开目录索引号", organ.code, year)


@action
def withhold(number: str, by: Person, reason: str) -> Entry:
    """经审查不公开 (第十七条): the head decides, with the ground."""
    found = _locked(number, by, steps.HEAD)
    if not reason.strip():
        raise Refused(_("请写明理由"), field="reason")
    found.state, found.reason = rules.State.WITHHELD.value, reason.strip()
    found.save(update_fields=["state", "reason"])
    _finish(found, "经审查不公开", clock.today())
    record(by, "disclosure.withhold", found, {"reason": reason.strip()}, organ=found.organ.code)
    return found


def _finish(found: Entry, why: str, on: date) -> None:
    limit = rules.MATTERS[found.matter].limit
    if running(found.number, limit):
        clocks.finish(found.number, limit, why, at=moment(on))


def match() -> int:
    """Released documents become entries, published articles end their clocks; how many moved. Safe to repeat."""
    organs = {desk.organ.name: desk.organ for desk in Desk.objects.select_related("organ")}
    known = set(Entry.objects.exclude(origin="").values_list("origin", flat=True))
    pending = {(e.organ_id, e.title): e.number for e in Entry.objects.filter(state=rules.State.PENDING.value)}
    moved = 0
    for row in sites.article_rows():
        organ = organs.get(str(row["issuer"] or row["source"]))
        if organ is None:
            continue
        if str(row["origin"]).startswith(OFFICE) and row["origin"] not in known and (organ.pk, row["title"]) not in pending:
            arisen = row["dated"] or clock.today()
            pending[organ.pk, str(row["title"])] = enter(None, organ, "rules", row["title"], row["summary"], arisen, row["origin"]).number
            moved += 1
        number = pending.get((organ.pk, str(row["title"])))
        if number and row["state"] == "published":
            moved += _publish(number, row)
            del pending[organ.pk, str(row["title"])]
    return moved


def _publish(number: str, row: Mapping[str, object]) -> bool:
    entry = Entry.objects.get(number=number)
    on = max(row["published_at"].astimezone(clock.ZONE).date(), entry.arisen_on)  # type: ignore[attr-defined]
    if on > clock.today():
        return False
    note_published(number, None, f"/{row['public_path']}/", on, str(row["index_number"] or ""))
    return True
