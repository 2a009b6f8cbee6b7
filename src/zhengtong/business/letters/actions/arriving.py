"""How a letter comes in: sealed from the portal, noted by the center, or as an order of the city's hotline."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from zhengtong.business.letters import moving, queries, rules, status
from zhengtong.business.letters.models import Attachment, Letter
from zhengtong.ferry.actions import send
from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.files.actions import safe_name, store
from zhengtong.foundation.forms.rules import check, fields_of, materials_of, missing_materials
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take as take_number
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

DETAILS = {"subject": 60, "text": 5000, "place": 120, "about": 120, "name": 80, "phone": 40}  # the longest of each, in characters
LEAD = "来信到达时即加密，只有受理中心能打开。咨询2个工作日、求助投诉建议5个工作日内答复；信访请求按《信访工作条例》的期限办理。"
NEXT = ["先登记分类，再转给负责的单位。", "凭编号和查询码随时查看办到哪里、看答复。", "答复以后我们会回访，不满意的可以重办。"]


@action
def publish_mailbox() -> None:
    """Tell the portal the mailbox's form; the same form twice is one package."""
    guide = {
        "code": rules.ITEM, "name": "给政府写信", "organ": "县群众来信受理中心", "phone": "12345", "lead": LEAD,
        "next": NEXT, "promised_days": 5,
        "fields": list(rules.FIELDS), "materials": list(rules.MATERIALS), "completion": list(rules.COMPLETION),
    }  # fmt: skip
    digest = seals.sm3(json.dumps(guide, ensure_ascii=False, sort_keys=True).encode())
    send("mailbox", {"guide": guide}, {}, by=None, key=digest)
    record(None, "letters.publish_mailbox", "letters")


@action
def receive(payload: Mapping[str, object], files: Mapping[str, Path]) -> Letter:
    """收信: a sealed letter, opened by the ferry with this network's key. The kind that the writer chose decides who sees it first."""
    number = str(payload["receipt"])
    if Letter.objects.filter(receipt=number).exists():
        raise Refused(_("回执号%(number)s已经收件"), number=number[:40])
    given, attachments = _table(payload.get("answers")), _table(payload.get("attachments"))
    answers, objections = check(fields_of(rules.FIELDS), {k: str(v) for k, v in given.items()}, clock.today())
    objections += missing_materials(materials_of(rules.MATERIALS), list(attachments))
    if objections:
        raise Refused(objections[0])
    at = _moment(str(payload["handed_in_at"]))
    made = _enter(rules.Channel.WEB, rules.kind_asked(answers["kind"]), at, answers, receipt=number, status_key=str(payload["status_key"]))
    known = {m.key: m for m in materials_of(rules.MATERIALS)}
    for key, name in attachments.items():
        if key not in known or key not in files:
            raise Refused(_("没有名为%(key)s的材料"), key=key[:40])
        with files[key].open("rb") as content:
            kept = store(content, safe_name(str(name)), limit_mb=known[key].limit_mb, allowed=known[key].kinds)
        Attachment.objects.create(letter=made, name=safe_name(str(name)), file=kept)
    record(moving.writer(made), "letters.receive", made, {"receipt": number})
    status.tell(made)
    return made


@action
def register(by: Person, channel: str, kind: str, answers: Mapping[str, str], papers: Mapping[str, BinaryIO]) -> Letter:
    """登记: what was told at the window or by telephone, or came as a paper letter with its scan."""
    if rules.CENTER not in queries.roles_of(by):
        raise Refused(_("须由受理中心登记"))
    if channel not in (rules.Channel.WINDOW, rules.Channel.PHONE, rules.Channel.PAPER):
        raise Refused(_("请选择来源"), field="channel")
    if kind not in ("", *rules.Kind):
        raise Refused(_("请选择类别"), field="kind")
    for name in ("subject", "text"):
        if not str(answers.get(name) or "").strip():
            raise Refused(_("这一项必须填写"), field=name)
    made = _enter(rules.Channel(channel), kind, clock.now(), answers)
    for name, content in papers.items():
        kept = store(content, safe_name(name), limit_mb=25)
        Attachment.objects.create(letter=made, name=safe_name(name), file=kept)
    record(by, "letters.register", made, {"channel": channel})
    return made


@action
def bring_order(by: Person, row: Mapping[str, str]) -> Letter:
    """12345工单: one row of the city's file; its number and its limit lead (design §3b.13)."""
    if rules.CENTER not in queries.roles_of(by):
        raise Refused(_("须由受理中心登记"))
    order = str(row.get("order") or "").strip()
    if not order or not str(row.get("text") or "").strip():
        raise Refused(_("工单编号和内容不能空缺"))
    if Letter.objects.filter(order=order).exists():
        raise Refused(_("工单%(order)s已经导入"), order=order[:60])
    at = _moment(str(row.get("received_at") or ""))
    try:
        due = date.fromisoformat(str(row.get("due_on") or "").strip())
    except ValueError as error:
        raise Refused(_("工单期限无法读取，应写成2026-03-02")) from error
    if due < at.date():
        raise Refused(_("工单期限早于受理时间"))
    kind = next((k.value for k, row_ in rules.KINDS.items() if row_.label == str(row.get("kind") or "").strip()), "")
    answers = {**row, "subject": str(row.get("subject") or row["text"])[:60]}
    made = _enter(rules.Channel.HOTLINE, kind, at, answers, order=order, order_due=due)
    if kind != rules.Kind.REPORT:
        days = max(calendar().working_days(at.date(), due), 1)
        moving.start(made, rules.ORDER_LIMIT, moving.center(by), at, promised=days)
    record(by, "letters.bring_order", made, {"order": order, "due": due.isoformat()})
    return made


def _enter(channel: rules.Channel, kind: str, at: datetime, answers: Mapping[str, str], **values: object) -> Letter:
    year = clock.today().year
    made = Letter.objects.create(
        number=f"LX-{year}-{take_number('群众来信', 'county', year):06d}",
        channel=channel.value,
        kind=kind,
        received_at=at,
        **{key: str(answers.get(key) or "").strip()[:longest] for key, longest in DETAILS.items()},
        **values,
    )
    moving.accuse(made)
    role = rules.CONFIDENTIAL if kind == rules.Kind.REPORT else rules.CENTER
    notify(queries.readers(made, role), _("新的来信：%(number)s"), moving.link(made), params={"number": made.number})
    return made


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _moment(text: str) -> datetime:
    """A moment as the sender wrote it; never later than now."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(_("时间无法读取，应写成2026-03-02 09:30")) from error
    return min(at if at.tzinfo else at.replace(tzinfo=clock.ZONE), clock.now()).astimezone(clock.ZONE)
