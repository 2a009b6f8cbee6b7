"""What the organ does: sign for or give back, ask for time, draft, check, answer."""

from zhengtong.business.letters import moving, queries, rules
from zhengtong.business.letters.models import Assist, Letter
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.clock.rules import LIMITS, due
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


def _organ(letter: Letter) -> str:
    return letter.lead.code if letter.lead else ""


@action
def sign_for(number: str, by: Person, *, version: int | None = None) -> Letter:
    """签收: the organ takes it. A petition is accepted with this, and its sixty days begin (信访工作条例 第三十四条)."""
    letter = moving.taken(number, "sign_for", by, version)
    letter.state, letter.signed_at = rules.State.HANDLING.value, clock.now()
    moving.finish(letter, "letter.sign_for", "已签收")
    moving.finish(letter, "petition.tell", "已受理告知")
    moving.start(letter, letter.limit, _organ(letter))
    moving.save(letter, "state", "signed_at")
    record(by, "letters.sign_for", letter, organ=_organ(letter))
    return letter


@action
def give_back(number: str, by: Person, reason: str, proposed: Organ | None, hard: bool = False, *, version: int | None = None) -> Letter:
    """退单: in time, with the reason and the organ whose matter it is."""
    letter = moving.taken(number, "give_back", by, version)
    letter.returned = moving.words(reason, "reason")
    if proposed is None or proposed == letter.lead:
        raise Refused(_("请建议由哪个单位办理"), field="proposed")
    if proposed.pk in queries.forbidden(letter):
        raise Refused(rules.ACCUSED, field="proposed")
    assert letter.dispatched_at
    last = due(letter.dispatched_at.astimezone(clock.ZONE).date(), LIMITS[rules.return_limit(letter.kind, hard)], calendar())
    if clock.today() > last:
        raise Refused(_("退单期限已过（%(day)s），请签收办理"), day=last.isoformat())
    organ = _organ(letter)
    letter.proposed, letter.state, letter.lead = proposed, rules.State.SORTED.value, None
    moving.finish(letter, "letter.sign_for", "退单")
    moving.save(letter, "returned", "proposed", "state", "lead")
    record(by, "letters.give_back", letter, {"proposed": proposed.code}, organ=organ)
    notify(queries.readers(letter, rules.CENTER), _("来信被退回：%(number)s"), moving.link(letter), params={"number": letter.number})
    return letter


@action
def ask_extension(number: str, by: Person, reason: str, interim: str, *, version: int | None = None) -> Letter:
    """申请延期: before the limit ends, with what can already be told to the writer."""
    letter = moving.taken(number, "ask_extension", by, version)
    reading = queries.clocks([letter]).get(letter.number)
    if reading is None or clock.today() > reading.due:
        raise Refused(_("期限已到，不能再申请延期"))
    letter.extension = moving.words(reason, "reason")
    letter.interim = moving.words(interim, "interim", _("请写明目前办到哪一步，同意后会告诉来信人"))
    moving.save(letter, "extension", "interim")
    record(by, "letters.ask_extension", letter, organ=_organ(letter))
    notify(queries.readers(letter, rules.CENTER), _("来信申请延期：%(number)s"), moving.link(letter), params={"number": letter.number})
    return letter


@action
def extend(number: str, by: Person, *, version: int | None = None) -> Letter:
    """同意延期: the longer limit counts from the same day; the writer reads the interim result."""
    letter = moving.taken(number, "extend", by, version)
    plain = letter.limit
    begun = ClockEvent.objects.filter(subject=letter.number, limit=plain, kind="start").order_by("-at").first()
    letter.extended = True
    moving.finish(letter, plain, "同意延期")
    moving.start(letter, letter.limit, _organ(letter), begun.at if begun else None)
    moving.save(letter, "extended")
    record(by, "letters.extend", letter, organ=_organ(letter))
    return letter


@action
def refuse_extension(number: str, by: Person, *, version: int | None = None) -> Letter:
    """不同意延期: the limit stays, what was written is put away."""
    letter = moving.taken(number, "refuse_extension", by, version)
    letter.extension = letter.interim = ""
    moving.save(letter, "extension", "interim")
    record(by, "letters.refuse_extension", letter, organ=_organ(letter))
    people = queries.readers(letter, rules.HANDLER, letter.lead)
    notify(people, _("来信的延期没有同意：%(number)s"), moving.link(letter), params={"number": letter.number})
    return letter


@action
def assist(number: str, by: Person, opinion: str) -> Assist:
    """协办意见: of an organ that the center asked."""
    mine = queries.organs_with(by, rules.HANDLER)
    found = Assist.objects.select_for_update(of=("self",)).filter(letter__number=number, organ__in=mine, opinion="").first()
    if found is None or not queries.visible(by).filter(number=number, state="handling").exists():
        raise Refused(_("这封信现在不需要您单位的协办意见"))
    found.opinion, found.at = moving.words(opinion, "opinion", _("请写明协办意见")), clock.now()
    found.save(update_fields=["opinion", "at"])
    record(by, "letters.assist", found.letter, organ=found.organ.code)
    return found


@action
def draft(number: str, by: Person, text: str, *, version: int | None = None) -> Letter:
    """拟写答复: it goes to somebody else to check."""
    letter = moving.taken(number, "draft", by, version)
    letter.answer, letter.drafted_by, letter.state = moving.words(text, "text", _("请写明答复")), by, rules.State.CHECKING.value
    moving.save(letter, "answer", "drafted_by", "state")
    record(by, "letters.draft", letter, organ=_organ(letter))
    people = queries.readers(letter, rules.CHECKER, letter.lead)
    notify(people, _("来信的答复等您审核：%(number)s"), moving.link(letter), params={"number": letter.number})
    return letter


@action
def send_back(number: str, by: Person, reason: str, *, version: int | None = None) -> Letter:
    """退回重写."""
    letter = moving.taken(number, "send_back", by, version)
    letter.sent_back, letter.state = moving.words(reason, "reason"), rules.State.HANDLING.value
    moving.save(letter, "sent_back", "state")
    record(by, "letters.send_back", letter, organ=_organ(letter))
    return letter


@action
def answer(number: str, by: Person, *, version: int | None = None) -> Letter:
    """审核通过，发出答复: by another person than the one who wrote it. The clock ends."""
    letter = moving.taken(number, "answer", by, version)
    if by == letter.drafted_by:
        raise Refused(_("自己拟写的答复须由另一人审核"))
    letter.checked_by, letter.state, letter.answered_at = by, rules.State.ANSWERED.value, clock.now()
    letter.sent_back = ""
    moving.finish_all(letter, "已答复")
    moving.save(letter, "checked_by", "state", "answered_at", "sent_back")
    record(by, "letters.answer", letter, organ=_organ(letter))
    return letter
