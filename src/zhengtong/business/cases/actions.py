"""The verbs of a case. Each moves the slip, the clock and the state together, and tells the resident."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from zhengtong.business.items import queries as items
from zhengtong.business.items import rules as item_rules
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.clock import queries as clock_queries
from zhengtong.foundation.files.actions import safe_name, store
from zhengtong.foundation.forms.rules import check, fields_of, materials_of, missing_materials
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import StageRow, Template

from . import rules, status
from .models import Attachment, Case, Rating

ACCEPTANCE, DECISION = "licence.acceptance", "licence.decision"


@action
def receive(application: Mapping[str, object], files: Mapping[str, Path]) -> Case:
    """收件: an application that came by ferry becomes a case. Its acceptance clock runs from the day it was handed in."""
    item = items.item(str(application["item"]))
    if item is None or not item.published:
        raise Refused(_("没有编码为%(code)s的事项"), code=str(application["item"]))
    receipt = str(application["receipt"])
    if Case.objects.filter(receipt=receipt).exists():
        raise Refused(_("回执号%(number)s已经收件"), number=receipt[:40])
    answers, attachments = _checked(item, application)
    year = clock.today().year
    case = Case.objects.create(
        number=f"{item.organ.code}-{year}-{take('办件', item.organ.code, year):06d}",
        item=item,
        organ=item.organ,
        receipt=receipt,
        applicant=answers.get("name", ""),
        identity=answers.get("identity", ""),
        phone=answers.get("phone", ""),
        answers=answers,
        state=rules.State.RECEIVED.value,
        handed_in_at=_moment(application),
        received_at=clock.now(),
        status_key=str(application["status_key"]),
    )
    _attach(case, attachments, files, 1)
    _to_window(case)
    clocks.start(case.number, ACCEPTANCE, title=item.name, organ=item.window.code, at=case.handed_in_at)
    record(_resident(case), "cases.receive", case, {"item": item.code, "receipt": case.receipt}, organ=item.organ.code)
    status.tell(case)
    return case


@action
def complete(application: Mapping[str, object], files: Mapping[str, Path]) -> Case:
    """补正: the papers that were asked for, from whoever has the query code; the acceptance clock starts anew (design §3b.9)."""
    case = _by_receipt(application["receipt"])
    if not hmac.compare_digest(case.status_key, str(application["status_key"])):
        raise Refused(_("补正材料不是凭查询码提交的"))
    _refuse_unless("complete", case)
    attachments = _mapping(application.get("attachments"))
    _attach(case, attachments, files, case.completions + 1)
    case.state = rules.State.RECEIVED.value
    _save(case, "state")
    _to_window(case)
    clocks.start(case.number, ACCEPTANCE, title=case.item.name, organ=case.item.window.code, at=_moment(application))
    record(_resident(case), "cases.complete", case, {"materials": sorted(attachments)}, organ=case.organ.code)
    status.tell(case)
    return case


@action
def accept(number: str, by: Person | None, *, version: int | None = None) -> Case:
    """受理. The departments begin side by side, and the decision clock starts. `by` None: by silence (第三十二条)."""
    case = _locked(number, version)
    _refuse_unless("accept", case)
    if by is not None:
        slips.complete(_line(case, by, "window"), by, "agree", verb="cases.accept", target=case)
    else:
        for line in slip_queries.open_lines(case.number):
            slips.stop(line.slip, None, _("逾期未告知，自收件之日起视为受理"))
        record(None, "cases.accept_by_silence", case, {"article": "行政许可法 第三十二条第一款第（四）项"}, organ=case.organ.code)
    examiners = list(case.item.examiner_set.select_related("organ"))
    case.state = (rules.State.EXAMINING if examiners else rules.State.DECIDING).value
    case.accepted_by_silence = by is None
    case.accepted_at = _handed_in(case) if by is None else clock.now()
    _save(case, "state", "accepted_at", "accepted_by_silence")
    clocks.finish(case.number, ACCEPTANCE, "受理")
    clocks.start(case.number, DECISION, promised=case.item.promised_days, title=case.item.name, organ=case.organ.code, at=case.accepted_at)
    rows = [StageRow("examine", e.task, role="examiner", organ=e.organ.code, beside=n > 0) for n, e in enumerate(examiners)]
    rows.append(StageRow("decide", "审批决定", role="approver", organ=case.organ.code))
    slips.begin(rows, case.number, case.item.name, by, organ=case.organ.code, link=f"/cases/{case.number}/")
    for row in rows[:-1] or rows:
        notify((row.role, row.organ), _("新办件待办：%(item)s"), f"/cases/{case.number}/", params={"item": case.item.name})
    status.tell(case)
    return case


@action
def ask_completion(number: str, by: Person, reason: str, *, version: int | None = None) -> Case:
    """一次性告知: everything that is missing, once; the acceptance clock ends with it."""
    case = _locked(number, version)
    _refuse_unless("ask_completion", case, reason)
    slips.complete(_line(case, by, "window"), by, "noted", reason, verb="cases.ask_completion", target=case)
    case.state, case.notice, case.completions = rules.State.COMPLETING.value, reason.strip(), case.completions + 1
    _save(case, "state", "notice", "completions")
    clocks.finish(case.number, ACCEPTANCE, "一次性告知补正")
    status.tell(case)
    return case


@action
def not_accept(number: str, by: Person, reason: str, *, version: int | None = None) -> Case:
    """不予受理, with the reason."""
    case = _locked(number, version)
    _refuse_unless("not_accept", case, reason)
    slips.complete(_line(case, by, "window"), by, "disagree", reason, verb="cases.not_accept", target=case)
    case.state, case.reason = rules.State.NOT_ACCEPTED.value, reason.strip()
    _save(case, "state", "reason")
    clocks.finish(case.number, ACCEPTANCE, "不予受理")
    status.tell(case)
    return case


@action
def examine(number: str, by: Person, opinion: str, agree: bool = True, *, version: int | None = None) -> Case:
    """部门办理: one department's opinion; with the last one the case goes to the approver.

    Departments work at the same time: another's opinion leaves the version of the case as it is, so that no open page goes stale.
    """
    case = _locked(number, version)
    _refuse_unless("examine", case)
    if not agree and not opinion.strip():
        raise Refused(_("不同意的须写明理由"), field="opinion")
    line = _line(case, by, "examine")
    slips.complete(line, by, "agree" if agree else "disagree", opinion, verb="cases.examine", target=case)
    if not any(open_line.stage == "examine" for open_line in slip_queries.open_lines(case.number)):
        case.state = rules.State.DECIDING.value
        status.tell(case)
        notify(("approver", case.organ.code), _("待决定：%(item)s"), f"/cases/{case.number}/", params={"item": case.item.name})
        _save(case, "state")
    return case


@action
def decide(number: str, account: Account, pin: str, grant: bool, reason: str, *, version: int | None = None) -> Case:
    """决定: an official act, confirmed with the PIN; a refusal names its reason and the remedies (第三十八条)."""
    case = _locked(number, version)
    _refuse_unless("grant" if grant else "refuse", case, reason)
    by = account.person
    if by is None:
        raise Refused(_("这个办件现在不由您办理"))
    line = _line(case, by, "decide")
    accounts.confirm(account, pin)
    told = {"granted": grant}
    slips.complete(line, by, "agree" if grant else "disagree", reason, verb="cases.decide", target=case, detail=told)
    case.state = (rules.State.GRANTED if grant else rules.State.REFUSED).value
    case.reason, case.decided_at = reason.strip(), clock.now()
    _save(case, "state", "reason", "decided_at")
    clocks.finish(case.number, DECISION, "准予" if grant else "不予批准")
    status.tell(case)
    return case


@action
def rate(receipt: str, stars: int, words: str, at: datetime) -> Rating:
    """好差评: the resident's rating, once for each case; a bad one is shown to the window's organ."""
    case = _by_receipt(receipt)
    if stars not in rules.RATINGS:
        raise Refused(_("评价应为1至5"), field="stars")
    if hasattr(case, "rating"):
        raise Refused(_("这件事已经评价过"))
    rating = Rating.objects.create(case=case, stars=stars, words=words.strip()[:500], at=at)
    record(_resident(case), "cases.rate", case, {"stars": stars}, organ=case.organ.code)
    if stars in rules.BAD:
        notify(("window_clerk", case.item.window.code), _("收到差评：%(item)s"), f"/cases/{case.number}/", params={"item": case.item.name})
    return rating


def accept_overdue() -> int:
    """Silence counts as acceptance: every licence whose acceptance clock ran out; the number accepted. Safe to repeat."""
    kinds = [kind.value for kind in item_rules.SILENCE_ACCEPTS]
    waiting = Case.objects.filter(state=rules.State.RECEIVED.value, item__kind__in=kinds).values_list("number", flat=True)
    return sum(_silent(number) for number in list(waiting))


@action
def _silent(number: str) -> bool:
    shown = clock_queries.reading(number, ACCEPTANCE)
    if shown is None or clock.today() <= shown.statutory_due:
        return False
    accept(number, None)
    return True


def _by_receipt(receipt: object) -> Case:
    case = Case.objects.select_for_update().select_related("item", "item__window", "organ").filter(receipt=str(receipt)).first()
    if case is None:
        raise Refused(_("没有回执号为%(number)s的办件"), number=str(receipt)[:40])
    return case


def _moment(application: Mapping[str, object]) -> datetime:
    """When it was handed in, as the portal says; never later than now."""
    try:
        at = datetime.fromisoformat(str(application["handed_in_at"]))
    except ValueError as error:
        raise Refused(_("提交时间无法读取")) from error
    return min(at if at.tzinfo else at.replace(tzinfo=clock.ZONE), clock.now())


def _locked(number: str, version: int | None) -> Case:
    case = Case.objects.select_for_update().select_related("item", "item__window", "organ").get(number=number)
    if version is not None and version != case.version:
        raise Refused(_("别人刚刚办理了这个办件，请看过最新情况再办；您写的内容还在"))
    return case


def _handed_in(case: Case) -> datetime:
    """When the papers were last handed in: the start of the acceptance clock."""
    return max(e.at for e in clock_queries.events(case.number) if e.limit == ACCEPTANCE and e.kind == "start")


def _refuse_unless(verb: str, case: Case, reason: str = "") -> None:
    if no := rules.objection(verb, case.state, reason, case.completions):
        raise Refused(no)


def _line(case: Case, by: Person, stage: str) -> Line:
    line = slip_queries.line_for(by, case.number, stage)
    if line is None:
        raise Refused(_("这个办件现在不由您办理"))
    return line


def _save(case: Case, *fields: str) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])


def _to_window(case: Case) -> None:
    """A fresh slip for the window; a completed application comes to the window a second time."""
    row = StageRow("window", "窗口收件审核", role="window_clerk", organ=case.item.window.code)
    slips.begin(
        Template(f"window-{case.completions + 1}", 1, (row,)),
        case.number,
        case.item.name,
        None,
        organ=case.organ.code,
        link=f"/cases/{case.number}/",
    )
    notify(("window_clerk", case.item.window.code), _("新申请：%(item)s"), f"/cases/{case.number}/", params={"item": case.item.name})


def _checked(item: items.Item, application: Mapping[str, object]) -> tuple[dict[str, str], Mapping[str, object]]:
    """The same checks as on the portal: what came from the internet is never trusted."""
    given = {k: str(v) for k, v in _mapping(application.get("answers")).items()}
    answers, objections = check(fields_of(item.fields), given, clock.today())
    attachments = _mapping(application.get("attachments"))
    objections += missing_materials(materials_of(item.materials), list(attachments))
    if objections:
        raise Refused(objections[0])
    return answers, attachments


def _attach(case: Case, attachments: Mapping[str, object], files: Mapping[str, Path], turn: int) -> None:
    known = {m.key: m for m in materials_of(case.item.materials)}
    for key, name in attachments.items():
        material = known.get(key)
        if material is None:
            raise Refused(_("没有名为%(key)s的材料"), key=key)
        if key not in files:
            raise Refused(_("材料“%(label)s”没有送到"), label=material.label)
        with files[key].open("rb") as content:
            stored = store(content, safe_name(str(name)), limit_mb=material.limit_mb, allowed=material.kinds)
        Attachment.objects.create(case=case, material=key, name=safe_name(str(name)), file=stored, round=turn)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _resident(case: Case) -> Actor:
    """The resident, by receipt number only: no name and no identity number in the log."""
    return Actor(ActorKind.RESIDENT, case.receipt, "申请人")
