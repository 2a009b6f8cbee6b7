"""The verbs of appraisal, one transaction and one audit entry each; and the step after a destruction, which can be repeated."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.actions import discard
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState, StageRow
from zhengtong.office.archive import actions as archive
from zhengtong.office.archive import queries as kept
from zhengtong.office.archive.queries import reading
from zhengtong.office.archive.queries.reading import Fonds, Item
from zhengtong.office.borrowing import queries as borrowing

from . import queries, rules
from .models import Entry, Remain, Removal, Sheet
from .rules import judging

Kind, State = rules.Kind, rules.State


@action
def draw_up(kind: str, fonds: str, numbers: Sequence[str], by: Person, note: str = "") -> Sheet:
    """拟制: the archivist puts items of one fonds on a sheet; what the rules propose stands beside each."""
    if kind not in queries.kinds():
        raise Refused(_("本网没有涉密档案，不办理密级审核") if kind == Kind.SECRECY else _("没有这种鉴定"))
    home = kept.fonds_kept(by).filter(code=fonds).first()
    if home is None or by.organ is None:
        raise Refused(_("没有这个全宗"), field="fonds")
    if not numbers:
        raise Refused(_("请至少选择一件"))
    if len(set(numbers)) > queries.MOST:
        raise Refused(_("一张鉴定表最多%(most)d件"), most=queries.MOST)
    items = list(queries.kept(by).filter(fonds=home, archive_number__in=numbers))
    if len(items) != len(set(numbers)):
        raise Refused(_("只能鉴定本全宗在库的、没有移交的档案"))
    if taken := Entry.objects.filter(kind=kind, active=True, number__in=numbers).select_related("sheet").first():
        raise Refused(_("%(item)s已在%(code)s中"), item=taken.number, code=taken.sheet.code)
    year = clock.today().year
    code = f"{'SJ' if settings.CLASSIFIED else 'J'}{year}-{take('appraisal', '', year):04d}"
    rows = _rows(Kind(kind), by, home)
    slip = slips.begin(rules.template(rows), code, f"{rules.PAPERS[Kind(kind)]} {code}", by, link=f"/appraisal/sheets/{code}/")
    sheet = Sheet.objects.create(
        code=code, kind=kind, fonds=home.code, fonds_name=home.name, organ=by.organ, note=note.strip()[: rules.LONGEST],
        state=State.DRAFT.value, slip=slip, made_by=by, made_at=clock.now(),
    )  # fmt: skip
    for item in items:
        _enter(sheet, item)
    record(by, "appraisal.draw_up", sheet, {"kind": kind, "fonds": fonds, "items": sorted(set(numbers))})
    return sheet


def _rows(kind: rules.Kind, by: Person, fonds: Fonds) -> list[StageRow]:
    """The slip's lines: the archivist's own by name, the others by the role that somebody else holds."""
    rows: list[StageRow] = []
    for stage in rules.stages(kind):
        if stage.roles == (rules.A,):
            beside = bool(rows) and rows[-1].stage == stage.state
            rows.append(StageRow(stage.state.value, stage.label, person=by.code, beside=beside))
            continue
        turn = queries.turn(stage, by, fonds, ())
        if turn is None:
            raise Refused(_("没有可以办理“%(stage)s”的人，不能拟制"), stage=stage.label)
        rows.append(turn.row)
    return rows


def _enter(sheet: Sheet, item: Item) -> None:
    of = queries.subject(sheet.kind, item)
    if item.secrecy and sheet.kind == Kind.OPENING:
        raise Refused(_("%(item)s有密级，解密以后才能开放"), item=of.number)
    if sheet.kind == Kind.SECRECY and not item.secrecy:
        raise Refused(_("%(item)s没有密级"), item=of.number)
    if sheet.kind == Kind.DESTRUCTION and (no := judging.over_objection(of.period, of.end, clock.today(), of.number)):
        raise Refused(no)
    judgement, reason = judging.proposed(sheet.kind, of, clock.today())
    Entry.objects.create(
        sheet=sheet, kind=sheet.kind, number=of.number, title=item.title, maker=item.maker, paper=item.original or item.number,
        way=item.way, year=item.year, period=item.period, pages=item.pages, level=item.secrecy, mark=item.secrecy_mark,
        written_on=item.written_on, end=of.end, judgement=judgement, reason=reason,
    )  # fmt: skip


@action
def judge(code: str, by: Person, said: Mapping[str, judging.Said]) -> Sheet:
    """填写鉴定意见: of each item its worth, with the reason. Kept as written; whether it is whole is asked when it is submitted."""
    sheet = _drafting(code, by)
    for entry in sheet.entries.filter(number__in=said):
        given = said[entry.number]
        if given.judgement and judging.judgement(sheet.kind, given.judgement) is None:
            raise Refused(_("没有这种鉴定意见"))
        entry.judgement, entry.reason = given.judgement, given.reason.strip()[: rules.LONGEST]
        entry.value, entry.basis = given.value.strip()[:44], given.basis.strip()[: rules.LONGEST]
        entry.save(update_fields=["judgement", "reason", "value", "basis"])
    record(by, "appraisal.judge", sheet, {number: [one.judgement, one.value, one.reason] for number, one in sorted(said.items())})
    return sheet


@action
def leave_out(code: str, number: str, by: Person) -> Sheet:
    """移出: an item leaves the sheet as long as it is being drawn up."""
    sheet = _drafting(code, by)
    if sheet.entries.count() == 1:
        raise Refused(_("鉴定表至少有一件；不需要时请撤销"))
    gone, _of = sheet.entries.filter(number=number).delete()
    if not gone:
        raise Refused(_("%(item)s不在这张鉴定表中"), item=number)
    record(by, "appraisal.leave_out", sheet, {"item": number})
    return sheet


@action
def submit(code: str, by: Person, witnesses: Sequence[str] = ()) -> Sheet:
    """送审: everything is judged; for a destruction the two witnesses are named."""
    sheet = _drafting(code, by)
    if no := next(_objections(sheet), None):
        raise Refused(no)
    line = _turn(sheet, by)
    fonds = kept.fonds_kept(by).filter(code=sheet.fonds).first()
    assert fonds
    secret = queries.secret_numbers(sheet)
    for state in queries.BEFORE if secret else ():
        turn = queries.turn(rules.stage(sheet.kind, state), by, fonds, secret)
        if turn is None:
            raise Refused(_("没有在知悉范围内、可以办理“%(stage)s”的人"), stage=rules.STATE_LABELS[state])
        for waiting in sheet.slip.lines.filter(stage=state.value, state=LineState.WAITING.value):
            slips.name_handler(waiting, by, turn.people[0])
    if sheet.kind == Kind.DESTRUCTION and sheet.entries.filter(judgement="destroy").exists():
        _name_witnesses(sheet, by, witnesses)
    _settle(line, by, "submit", sheet, "", {"items": sheet.entries.count(), "witnesses": list(witnesses)})
    return sheet


def _name_witnesses(sheet: Sheet, by: Person, codes: Sequence[str]) -> None:
    allowed = {person.code: person for person in queries.witnesses(sheet)}
    chosen = [allowed[code] for code in codes if code in allowed]
    if no := rules.witnesses_objection(by.pk, [person.pk for person in chosen]):
        raise Refused(no)
    lines = sheet.slip.lines.filter(stage=State.WITNESS.value, state=LineState.WAITING.value)
    for line, person in zip(lines, chosen, strict=True):
        slips.name_handler(line, by, person)


def act(verb: str, code: str, by: Person, pin: str, note: str = "") -> Sheet:
    """审核、批准、监销、销毁: official acts, confirmed by the key's PIN."""
    confirm(by.account, pin)
    return {"approve": approve, "decide": decide, "witness": witness, "destroy": destroy}[verb](code, by, note)


@action
def approve(code: str, by: Person, note: str = "") -> Sheet:
    """复审、部门负责人审核: the first of the two who agree."""
    sheet, line = _in_hand("approve", code, by, note)
    _settle(line, by, "approve", sheet, note, {})
    return sheet


@action
def decide(code: str, by: Person, note: str = "") -> Sheet:
    """批准、决定: what was judged takes effect, but for destruction, which waits for its witnesses."""
    sheet, line = _in_hand("decide", code, by, note)
    if no := next(_objections(sheet), None):
        raise Refused(no)
    today, open_ = clock.today(), list(sheet.entries.filter(active=True))
    until = {entry.number: judging.until(sheet.kind, _subject(entry), _said(entry), today) for entry in open_}
    for entry in open_:
        if entry.judgement == "destroy":
            continue
        if entry.judgement == "open":
            archive.open_up(entry.number, today, by, sheet.code)
        elif entry.judgement == "declassify":
            archive.reclassify(entry.number, "", "", by, sheet.code)
        elif entry.judgement == "change":
            archive.reclassify(entry.number, entry.value.partition("★")[0], entry.value, by, sheet.code)
        _over(entry, until[entry.number])
    outcome = {entry.number: entry.judgement for entry in open_}
    _settle(line, by, "decide", sheet, note, {"outcome": outcome})
    if sheet.kind == Kind.DESTRUCTION and "destroy" not in outcome.values():
        slips.stop(sheet.slip, by, "没有需要销毁的档案")
        _move(sheet)
    _tell(sheet, _("%(code)s已批准"))
    return sheet


@action
def give_back(code: str, by: Person, note: str) -> Sheet:
    """退回: to the archivist, with the reason; nothing has taken effect."""
    sheet, line = _in_hand("return", code, by, note)
    slips.return_to(line, by, State.DRAFT.value, note, straight=False, verb="appraisal.return", target=sheet)
    _move(sheet)
    _tell(sheet, _("%(code)s已退回：%(note)s"), note=note.strip())
    return sheet


@action
def drop(code: str, by: Person, note: str) -> Sheet:
    """撤销: by its maker, as long as nothing of it was destroyed; the items may go onto another sheet."""
    sheet = _locked("drop", code, note)
    if sheet.made_by_id != by.pk:
        raise Refused(_("只有拟制人可以撤销"))
    slips.stop(sheet.slip, by, note)
    sheet.entries.filter(settled_at__isnull=True).update(active=False)
    sheet.state, sheet.ended_at, sheet.reason = State.DROPPED.value, clock.now(), note.strip()[: rules.LONGEST]
    sheet.save(update_fields=["state", "ended_at", "reason"])
    record(by, "appraisal.drop", sheet, {"reason": sheet.reason})
    return sheet


@action
def witness(code: str, by: Person, note: str = "") -> Sheet:
    """监销清点: one of the two has compared the list with what is to go (条例第三十五条)."""
    sheet, line = _in_hand("witness", code, by, note)
    _settle(line, by, "witness", sheet, note, {"items": _doomed(sheet)})
    return sheet


@action
def destroy(code: str, by: Person, note: str = "") -> Sheet:
    """执行销毁: the items leave the archive in this one transaction; entry, digest, metadata and list stay for ever.

    Their bytes are removed right after, by `sweep`, which can be repeated until it is done.
    """
    sheet, line = _in_hand("destroy", code, by, note)
    doomed = _doomed(sheet)
    reading.held(doomed)
    if lent := borrowing.lent(doomed):
        raise Refused(_("%(item)s正在借阅（%(code)s），归还或收回以后才能销毁"), item=lent[0].item, code=lent[0].code)
    if no := next(_objections(sheet), None):
        raise Refused(no)
    gone = archive.destroy(doomed, by, sheet.code)
    entries = {entry.number: entry for entry in sheet.entries.filter(active=True, judgement="destroy")}
    for entry in entries.values():
        _over(entry, None)
    Remain.objects.bulk_create(
        Remain(entry=entries[one.number], role=one.role, name=one.name, sm3=one.sm3, size=one.size, pages=one.pages) for one in gone
    )
    Removal.objects.bulk_create(Removal(sheet=sheet, sm3=sm3) for sm3 in dict.fromkeys(one.sm3 for one in gone))
    sheet.destroyed_at = clock.now()
    told = {"items": doomed, "contents": len(gone), "witnesses": [line.done_by.code for line in _witnessed(sheet) if line.done_by]}
    _settle(line, by, "destroy", sheet, note, told, "destroyed_at")
    transaction.on_commit(sweep, robust=True)
    return sheet


def sweep() -> int:
    """清除: remove the bytes of what was destroyed, one content after the other; after a crash it goes on where it was. How many."""
    waiting = queries.pending()
    if waiting:
        archive.clear_carriers(list(Entry.objects.filter(sheet__removals__in=waiting).values_list("number", flat=True).distinct()))
    return sum(_remove(key) for key in waiting)


@action
def _remove(key: int) -> bool:
    one = Removal.objects.select_for_update(of=("self",)).select_related("sheet__organ").get(pk=key)
    if one.outcome != Removal.PENDING:
        return False
    gone = discard(one.sm3)
    one.outcome, one.at = Removal.REMOVED if gone else Removal.SHARED, clock.now()
    one.save(update_fields=["outcome", "at"])
    record(None, "appraisal.remove", one.sheet, {"sm3": one.sm3, "outcome": one.outcome}, organ=one.sheet.organ.code)
    return gone


def _locked(verb: str, code: str, note: str = "") -> Sheet:
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("organ", "slip", "made_by").filter(code=code).first()
    if sheet is None:
        raise Refused(_("没有这张鉴定表"))
    if no := rules.step_objection(verb, sheet.state, note):
        raise Refused(no)
    return sheet


def _drafting(code: str, by: Person) -> Sheet:
    sheet = _locked("submit", code)
    _turn(sheet, by)
    return sheet


def _in_hand(verb: str, code: str, by: Person, note: str) -> tuple[Sheet, Line]:
    """The locked sheet and the open line that makes it this person's turn, or the reason why not."""
    sheet = _locked(verb, code, note)
    if no := rules.person_objection(sheet.made_by_id, queries.settled(sheet), sheet.state, by.pk):
        raise Refused(no)
    line = _turn(sheet, by)
    if (secret := queries.secret_numbers(sheet)) and not queries.knows_all(by, secret):
        raise Refused(_("这张鉴定表现在不由您办理"))
    return sheet, line


def _turn(sheet: Sheet, by: Person) -> Line:
    line = slip_queries.line_for(by, sheet.code, sheet.state)
    if line is None:
        raise Refused(_("这张鉴定表现在不由您办理"))
    return line


def _settle(line: Line, by: Person, verb: str, sheet: Sheet, note: str, told: Mapping[str, object], *changed: str) -> None:
    """The line is done; the state follows the slip."""
    decision = "done" if verb in ("submit", "witness", "destroy") else "agree"
    slips.complete(line, by, decision, note, verb=f"appraisal.{verb}", target=sheet, detail=told)
    _move(sheet, *changed)


def _move(sheet: Sheet, *changed: str) -> None:
    """Take the state over from the slip."""
    open_ = set(sheet.slip.lines.filter(state=LineState.OPEN.value).values_list("stage", flat=True))
    sheet.state = rules.state_of(sheet.kind, open_).value
    sheet.ended_at = clock.now() if sheet.state == State.DONE else None
    sheet.save(update_fields=["state", "ended_at", *changed])


def _objections(sheet: Sheet) -> Iterator[Objection]:
    """What stands against the sheet as it is today: an item that has left the archive, a judgement that is not whole or no longer holds."""
    today = clock.today()
    for entry in sheet.entries.filter(active=True):
        item = reading.numbered(entry.number)
        if item is None or item.state != "filed":
            yield Objection(_("%(item)s已不在库"), {"item": entry.number})
            continue
        of = queries.subject(sheet.kind, item)
        if sheet.kind == Kind.DESTRUCTION and (no := judging.over_objection(of.period, of.end, today, of.number)):
            yield no
        if no := judging.objection(sheet.kind, of, _said(entry), today):
            yield no


def _said(entry: Entry) -> judging.Said:
    return judging.Said(entry.judgement, entry.reason, entry.value, entry.basis)


def _subject(entry: Entry) -> judging.Subject:
    item = reading.numbered(entry.number)
    assert item
    return queries.subject(entry.kind, item)


def _over(entry: Entry, until: date | None) -> None:
    entry.active, entry.until, entry.settled_at = False, until, clock.now()
    entry.save(update_fields=["active", "until", "settled_at"])


def _doomed(sheet: Sheet) -> list[str]:
    return list(sheet.entries.filter(active=True, judgement="destroy").order_by("number").values_list("number", flat=True))


def _witnessed(sheet: Sheet) -> list[Line]:
    return list(sheet.slip.lines.filter(stage=State.WITNESS.value, state=LineState.DONE.value).select_related("done_by"))


def _tell(sheet: Sheet, text: str, **more: str) -> None:
    """A word to the archivist."""
    notify(sheet.made_by, text, link=f"/appraisal/sheets/{sheet.code}/", subject=sheet.code, params={"code": sheet.code, **more})
