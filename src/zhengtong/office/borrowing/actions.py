"""The verbs of borrowing, one transaction and one audit entry each; and the tick that reminds."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Model

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.office.archive.queries import reading
from zhengtong.office.archive.queries.reading import Item

from . import queries, rules
from .models import Loan, Opening


@action
def ask(number: str, by: Person, purpose: str, note: str, days: int, copies: bool = False) -> Loan:
    """申请借阅: purpose, use and days; what is open is granted at once, all else waits for whoever approves it."""
    if queries.item_for(by, number) is None:
        raise Refused(_("没有这件档案，或者不能查阅"))
    item = reading.held([number])[number]
    if item.state != "filed":
        raise Refused(_("%(item)s已销毁，不能借阅"), item=number)
    if queries.keeps(by, item):
        raise Refused(_("这一件由您保管，不用申请"))
    if by.organ is None:
        raise Refused(_("您现在没有任职，不能申请"))
    row = queries.access(by, item)
    if no := rules.asking_objection(row, days, purpose, note, copies):
        raise Refused(no)
    if running := queries.running(by, [number]).get(number):
        raise Refused(_("您对这一件已有申请或借阅%(code)s，归还以后再申请"), code=running.code)
    turn = queries.approver(by, item, row) if row.approver else None
    if row.approver and turn is None:
        raise Refused(_("现在没有能审批这一件的人，请与档案员联系"))
    assert item.fonds
    year = clock.today().year
    loan = Loan(
        code=f"{'SL' if settings.CLASSIFIED else 'L'}{year}-{take('borrowing', '', year):06d}", item=number, title=item.title,
        fonds=item.fonds.code, year=item.year, secrecy=item.secrecy, where=row.where.value, reader=by, organ=by.organ, purpose=purpose,
        note=note.strip()[: rules.LONGEST], days=days, copies=copies, state=rules.State.ASKED.value, asked_at=clock.now(),
    )  # fmt: skip
    told = {"item": number, "purpose": purpose, "days": days, "copies": copies}
    if turn is None:
        loan.state, loan.until = rules.State.GRANTED.value, rules.last_day(clock.today(), days)
        told["until"] = loan.until.isoformat()
    else:
        plan = rules.template(turn.role, turn.organ, turn.person)
        loan.slip = slips.begin(plan, loan.code, f"档案借阅申请 {number}", by, organ=turn.organ, link=f"/borrowing/loans/{loan.code}/")
    loan.save(force_insert=True)
    record(by, "borrowing.ask", loan, told)
    return loan


def decide(verb: str, code: str, by: Person, pin: str, note: str = "", days: int | None = None) -> Loan:
    """批准、不批准或收回: confirmed by the key's PIN."""
    confirm(by.account, pin)
    if verb == "recall":
        return recall(code, by, note)
    return grant(code, by, note, days) if verb == "grant" else refuse(code, by, note)


@action
def grant(code: str, by: Person, note: str = "", days: int | None = None) -> Loan:
    """批准: from today for the days asked, or for fewer."""
    loan = _locked("grant", code)
    item = _approving(loan, by)
    row = queries.access(loan.reader, item)
    given = loan.days if days is None else days
    if no := rules.asking_objection(row, given, loan.purpose, loan.note, loan.copies):
        raise Refused(no)
    loan.days, loan.until = given, rules.last_day(clock.today(), given)
    loan.title, loan.where, loan.secrecy = item.title, row.where.value, item.secrecy
    _decided(loan, by, rules.State.GRANTED, note, {"days": given, "until": loan.until.isoformat()})
    _tell(loan, [loan.reader], _("档案%(item)s的借阅已批准，可阅读至%(until)s"))
    return loan


@action
def refuse(code: str, by: Person, note: str) -> Loan:
    """不批准, with the reason."""
    loan = _locked("refuse", code, note)
    _approving(loan, by, gone_too=True)
    loan.reason = note.strip()[: rules.LONGEST]
    _decided(loan, by, rules.State.REFUSED, note, {})
    _tell(loan, [loan.reader], _("档案%(item)s的借阅未获批准：%(reason)s"), reason=loan.reason)
    return loan


@action
def withdraw(code: str, by: Person) -> Loan:
    """撤回申请: before anybody has decided."""
    loan = _own("withdraw", code, by)
    assert loan.slip
    slips.stop(loan.slip, by, "撤回申请")
    loan.state = rules.State.WITHDRAWN.value
    loan.save(update_fields=["state"])
    record(by, "borrowing.withdraw", loan, {"item": loan.item})
    return loan


@action
def extend(code: str, by: Person, days: int, note: str = "") -> Loan:
    """续借: once, before its end, within what the rules allow; the archivist is told."""
    loan = _own("extend", code, by)
    row = rules.access(loan.where, bool(loan.secrecy))
    if no := rules.extension_objection(row, loan.extended, days, loan.state, loan.until, clock.today()):
        raise Refused(no)
    item = reading.numbered(loan.item)
    if item is None or not queries.readable(loan, item):
        raise Refused(_("这一件现在不能阅读，不能续借"))
    assert loan.until and item.fonds
    loan.until, loan.extended, loan.reminded = rules.last_day(loan.until, days + 1), True, None
    loan.save(update_fields=["until", "extended", "reminded"])
    record(by, "borrowing.extend", loan, {"item": loan.item, "days": days, "until": loan.until.isoformat(), "note": note.strip()})
    settle(loan.code)
    _tell(loan, reading.keepers(item.fonds), _("%(reader)s续借档案%(item)s至%(until)s"))
    return loan


@action
def give_back(code: str, by: Person, effect: str = "") -> Loan:
    """归还: the reader has read what he needed, and says to what effect (利用效果)."""
    loan = _own("give_back", code, by)
    loan.effect = effect.strip()[: rules.LONGEST]
    _end(loan, rules.State.RETURNED, "effect")
    record(by, "borrowing.give_back", loan, {"item": loan.item, "effect": loan.effect})
    return loan


@action
def recall(code: str, by: Person, note: str) -> Loan:
    """收回: the archivist takes the reading back before its end, with the reason."""
    loan = _locked("recall", code, note)
    if not queries.register(by).filter(pk=loan.pk).exists():
        raise Refused(_("只有保管这一件的档案员可以收回"))
    loan.reason = note.strip()[: rules.LONGEST]
    _end(loan, rules.State.RECALLED, "reason")
    record(by, "borrowing.recall", loan, {"item": loan.item, "reason": loan.reason})
    _tell(loan, [loan.reader], _("档案%(item)s的借阅已收回：%(reason)s"), reason=loan.reason)
    return loan


@action
def open_part(code: str, by: Person, part: int, copied: bool = False) -> Opening:
    """阅读: one content is opened; looked at again only as long as the loan runs and the item is within reach. Every opening is logged."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("reader").filter(code=code, reader=by).first()
    if loan is None:
        raise Refused(_("没有这次借阅"))
    if no := rules.reading_objection(loan.state, loan.until, clock.today()):
        raise Refused(no)
    item = reading.numbered(loan.item)
    if item is None or not queries.readable(loan, item):
        raise Refused(_("这一件现在不能阅读"))
    found = next((one for one in queries.contents(loan, item) if one.pk == part), None)
    if found is None:
        raise Refused(_("这次借阅不包括这一部分"))
    if copied and (not loan.copies or item.secrecy):
        raise Refused(_("这次借阅没有批准复制件"))
    made = Opening.objects.create(loan=loan, part=found.role, name=found.name, sm3=found.file.sm3, copied=copied, at=clock.now())
    told = {"item": loan.item, "part": found.role, "name": found.name, "sm3": found.file.sm3}
    record(by, "borrowing.copy" if copied else "borrowing.open_part", loan, told)
    return made


def remind() -> int:
    """Remind whose loan ends soon, and once whose loan has ended and is not returned; the worker calls this. How many were told."""
    near = clock.today() + timedelta(days=rules.REMIND_DAYS)
    running = Loan.objects.filter(state=rules.State.GRANTED.value, until__lte=near).order_by("pk")
    return sum(_remind(key) for key in list(running.values_list("pk", flat=True)))


@action
def _remind(key: int) -> int:
    loan = Loan.objects.select_for_update(of=("self",)).select_related("reader").get(pk=key)
    today = clock.today()
    if loan.state != rules.State.GRANTED or loan.until is None:
        return 0
    if rules.standing(loan.state, loan.until, today) == rules.EXPIRED:
        if loan.warned == loan.until:
            return 0
        loan.warned = loan.until
        settle(loan.code)
        text = _("档案%(item)s的借阅已于%(until)s到期，已不能阅读，请办理归还")
    elif rules.reminds_before(loan.until, today) and loan.reminded != loan.until:
        loan.reminded = loan.until
        text = _("档案%(item)s的借阅将于%(until)s到期")
    else:
        return 0
    loan.save(update_fields=["reminded", "warned"])
    record(None, "borrowing.remind", loan, {"item": loan.item, "until": loan.until.isoformat()})
    return _tell(loan, [loan.reader], text)


def _locked(verb: str, code: str, note: str = "") -> Loan:
    """The loan, locked, when the step fits its state."""
    loan = Loan.objects.select_for_update(of=("self",)).select_related("reader", "organ", "slip").filter(code=code).first()
    if loan is None:
        raise Refused(_("没有这次借阅"))
    if no := rules.step_objection(verb, loan.state, note):
        raise Refused(no)
    return loan


def _own(verb: str, code: str, by: Person) -> Loan:
    loan = _locked(verb, code)
    if loan.reader_id != by.pk:
        raise Refused(_("只有申请人本人可以办理"))
    return loan


def _approving(loan: Loan, by: Person, gone_too: bool = False) -> Item:
    """The item that this person decides on; he is not its reader, and of a classified one he must know it himself."""
    if loan.reader_id == by.pk:
        raise Refused(_("不能审批自己的申请"))
    if slip_queries.line_for(by, loan.code) is None:
        raise Refused(_("这次申请不由您审批"))
    item = reading.held([loan.item]).get(loan.item)
    if item is None or (item.secrecy and not reading.known(by).filter(pk=item.pk).exists()):
        raise Refused(_("这次申请不由您审批"))
    if not gone_too and not queries.readable(loan, item):
        raise Refused(_("这一件已销毁，或者申请人已不能查阅，不能批准"))
    return item


def _decided(loan: Loan, by: Person, state: rules.State, note: str, told: dict[str, object]) -> None:
    line = slip_queries.line_for(by, loan.code)
    assert line
    loan.state, loan.decided_by, loan.decided_at = state.value, by, clock.now()
    loan.save()
    verb = "borrowing.grant" if state == rules.State.GRANTED else "borrowing.refuse"
    decision = "agree" if state == rules.State.GRANTED else "disagree"
    target: Model = loan
    slips.complete(line, by, decision, note, verb=verb, target=target, detail={"item": loan.item, **told})


def _end(loan: Loan, state: rules.State, *changed: str) -> None:
    loan.state, loan.ended_at = state.value, clock.now()
    loan.save(update_fields=["state", "ended_at", *changed])
    settle(loan.code)


def _tell(loan: Loan, people: list[Person], text: str, **more: str) -> int:
    params = {"item": loan.item, "until": loan.until.isoformat() if loan.until else "", "reader": loan.reader.name, **more}
    return notify(people, text, link=f"/borrowing/loans/{loan.code}/", subject=loan.code, params=params)
