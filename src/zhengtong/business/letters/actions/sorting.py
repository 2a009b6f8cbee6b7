"""What the center does: sort, dispatch, pass on, urge, call back."""

from collections.abc import Mapping, Sequence

from zhengtong.business.disclosure import actions as disclosure
from zhengtong.business.letters import moving, queries, rules
from zhengtong.business.letters.models import Assist, Letter
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


@action
def classify(number: str, by: Person, kind: str, about: str | None = None, *, version: int | None = None) -> Letter:
    """分类 first of all. A report leaves the open inbox now; a petition's clocks run from receipt (第二十二条、第二十三条)."""
    letter = moving.taken(number, "classify", by, version)
    if kind not in set(rules.Kind):
        raise Refused(_("请选择类别"), field="kind")
    letter.kind, letter.state = kind, rules.State.SORTED.value
    letter.about = letter.about if about is None else about.strip()[:120]
    letter.sorted_at = letter.sorted_at or clock.now()
    moving.accuse(letter)
    letter.assists.filter(organ__in=queries.forbidden(letter)).delete()  # who assisted before it was known whom it names
    for limit in ("petition.register", "petition.tell"):
        if kind == rules.Kind.PETITION:
            moving.start(letter, limit, moving.center(by), letter.received_at)
        else:
            moving.finish(letter, limit, "改类")
    if kind == rules.Kind.REPORT:
        moving.finish_all(letter, "移送")
        letter.proposed = None
        notify(
            queries.readers(letter, rules.CONFIDENTIAL), _("新的来信：%(number)s"), moving.link(letter), params={"number": letter.number}
        )
    moving.save(letter, "kind", "state", "about", "sorted_at", "proposed")
    record(by, "letters.classify", letter, {"kind": kind})
    return letter


@action
def dispatch(number: str, by: Person, lead: Organ, assists: Sequence[Organ] = (), *, version: int | None = None) -> Letter:
    """派单: to a lead and those who assist; never to the accused or what stands below it, nor where nobody else could check."""
    letter = moving.taken(number, "dispatch", by, version)
    closed = queries.forbidden(letter)
    if {lead.pk, *(organ.pk for organ in assists)} & closed:
        raise Refused(rules.ACCUSED, field="lead")
    if lead.pk not in queries.able():
        raise Refused(_("这个单位还没有来信承办员和另一位审核人"), field="lead")
    letter.lead, letter.state, letter.dispatched_at = lead, rules.State.DISPATCHED.value, clock.now()
    letter.returned, letter.proposed = "", None
    letter.assists.filter(opinion="").delete()
    for organ in assists:
        if organ != lead:
            Assist.objects.get_or_create(letter=letter, organ=organ)
    moving.finish(letter, "petition.register", "转送交办")
    moving.start(letter, "letter.sign_for", lead.code)
    if letter.kind != rules.Kind.PETITION:  # a petition's clock runs from its acceptance
        moving.start(letter, letter.limit, lead.code)
    moving.save(letter, "lead", "state", "dispatched_at", "returned", "proposed")
    record(by, "letters.dispatch", letter, {"lead": lead.code, "assists": [organ.code for organ in assists]}, organ=lead.code)
    people = [person for organ in (lead, *assists) for person in queries.readers(letter, rules.HANDLER, organ)]
    notify(people, _("来信派给本单位：%(number)s"), moving.link(letter), params={"number": letter.number})
    return letter


@action
def hand_over(number: str, by: Person, organ: Organ, answers: Mapping[str, str], *, version: int | None = None) -> Letter:
    """转为信息公开申请: to the organ's desk, with the day on which the letter was received; the writer's code goes on."""
    letter = moving.taken(number, "hand_over", by, version)
    given = {**answers, "name": letter.name, "phone": letter.phone, "description": letter.text}
    came = letter.received_at.astimezone(clock.ZONE).date()
    channel = rules.DISCLOSURE[rules.Channel(letter.channel)]
    made = disclosure.take_over(by, organ, channel, came, given, number=letter.receipt, status_key=letter.status_key)
    letter.passed_on = f"已转为信息公开申请{made.number}"
    _end(letter)
    record(by, "letters.hand_over", letter, {"request": made.number})
    return letter


@action
def transfer(number: str, by: Person, body: str, *, version: int | None = None) -> Letter:
    """移送: a report goes to those who look into it; here it ends, seen by the keeper of reports alone."""
    letter = moving.taken(number, "transfer", by, version)
    letter.passed_on = moving.words(body, "body", _("请写明移送给哪个机关"))[:200]
    _end(letter)
    record(by, "letters.transfer", letter)
    return letter


def _end(letter: Letter) -> None:
    """It is closed here, and no clock of it runs on."""
    letter.state, letter.closed_at = rules.State.CLOSED.value, clock.now()
    moving.finish_all(letter, "转办")
    moving.save(letter, "state", "closed_at", "passed_on")


@action
def urge(number: str, by: Person, *, version: int | None = None) -> Letter:
    """催办: whoever has it now is told once more."""
    letter = moving.taken(number, "urge", by, version)
    role = rules.CHECKER if letter.state == rules.State.CHECKING else rules.HANDLER
    notify(
        queries.readers(letter, role, letter.lead), _("请抓紧办理来信：%(number)s"), moving.link(letter), params={"number": letter.number}
    )
    record(by, "letters.urge", letter, organ=letter.lead.code if letter.lead else "")
    return letter


@action
def call_back(number: str, by: Person, result: str, words: str, *, version: int | None = None) -> Letter:
    """回访: satisfied ends it; not satisfied is looked into, and either goes back to be done again or is explained."""
    letter = moving.taken(number, "call_back", by, version)
    if result not in set(rules.Result):
        raise Refused(_("请选择回访结果"), field="result")
    if result != rules.Result.SATISFIED:
        moving.words(words, "words", _("不满意的，写明核实的情况"))
    letter.result, letter.call_words = result, words.strip()
    if result == rules.Result.REOPEN:
        letter.state, letter.reopened = rules.State.HANDLING.value, letter.reopened + 1
        letter.sent_back, letter.answered_at = "", None
        letter.drafted_by = letter.checked_by = None
        assert letter.lead
        moving.start(letter, letter.limit, letter.lead.code)
        notify(
            queries.readers(letter, rules.HANDLER, letter.lead), _("来信发回重办：%(number)s"), moving.link(letter),
            params={"number": letter.number},
        )  # fmt: skip
    else:
        letter.state, letter.closed_at = rules.State.CLOSED.value, clock.now()
    moving.save(letter, "result", "call_words", "state", "reopened", "sent_back", "answered_at", "drafted_by", "checked_by", "closed_at")
    record(by, "letters.call_back", letter, {"result": result})
    return letter
