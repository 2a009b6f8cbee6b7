"""The city's exchange: packages taken from a folder and laid into one; what is broken is put aside with the reason.

Below the network's home: exchange/in (from the city), exchange/out (to the city), exchange/done and exchange/refused (what was taken).
Everything is safe to repeat: a package taken twice is known by its number, one written twice has the same name and bytes.
"""

import os
from datetime import date
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.files.queries import read as stored
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.dispatch import queries as copies
from zhengtong.office.documents.queries.attachments import going_along
from zhengtong.office.documents.rules import kinds
from zhengtong.office.incoming import parcel
from zhengtong.office.incoming.models import Incoming, Parcel
from zhengtong.office.incoming.parcel import Broken, Kind, Message
from zhengtong.office.incoming.rules import elements, steps

from .registering import arrive

URGENCY = {"加急": "urgent", "特急": "top", "urgent": "urgent", "top": "top", "": "", "平件": ""}
ANSWERS = {  # what the sender is told of a paper in this state
    Kind.RECEIPT: tuple(s.value for s in steps.State if s is not steps.State.ARRIVED),
    Kind.RETURN: (steps.State.RETURNED.value,),
    Kind.STATUS: (steps.State.CLOSED.value,),
}


def folder(name: str) -> Path:
    """One of the exchange's folders, made when it is not there."""
    found = Path(settings.NETWORK_HOME) / "exchange" / name
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def exchange() -> tuple[int, int, int]:
    """One turn of the adapter: how many were taken, refused, laid out. Nothing on the classified network (design §3b.3)."""
    if settings.CLASSIFIED:
        return 0, 0, 0
    taken = refused = 0
    for path in sorted(folder("in").glob("*.zip")):
        why = _take(path)
        taken, refused = taken + (not why), refused + bool(why)
    return taken, refused, send_out()


def send_out() -> int:
    """Lay out what the city waits for: our documents to its organs, and the receipts, returns and results of its own."""
    count = 0
    for key in list(copies.outside().values_list("pk", flat=True)):
        count += _send_document(key)
    for kind, states in ANSWERS.items():
        told = Parcel.objects.filter(direction="out", kind=kind.value, incoming__isnull=False).values("incoming")
        wanted = Incoming.objects.filter(source=elements.Source.EXCHANGE.value, state__in=states).exclude(pk__in=told)
        for key in list(wanted.order_by("pk").values_list("pk", flat=True)):
            count += _send_answer(key, kind)
    return count


def _take(path: Path) -> str:
    """Take one package; the reason when it is put aside."""
    try:
        _believe(path)
    except (Broken, Refused) as no:
        why = str(no)
        _put_aside(path.name, why)
        (folder("refused") / f"{path.name}.txt").write_text(f"{why}\n", encoding="utf-8")
        os.replace(path, folder("refused") / path.name)
        return why
    os.replace(path, folder("done") / path.name)
    return ""


@action
def _believe(path: Path) -> None:
    if path.stat().st_size > parcel.MOST_BYTES:
        raise Broken(_("包内文件太多或太大"))
    message = parcel.read(path.read_bytes())
    if Parcel.objects.filter(direction="in", code=message.code, refused="").exists():
        return  # it came twice, or we were stopped after taking it
    paper, receipt = (_document(message), None) if message.kind is Kind.DOCUMENT else (None, _answer(message))
    Parcel.objects.create(
        code=message.code, direction="in", kind=message.kind.value, about=message.about, peer=message.sender_name, incoming=paper,
        receipt=receipt, file=path.name[:200], at=clock.now(),
    )  # fmt: skip
    record(
        None, "incoming.exchange", f"parcel:{message.code}", {"kind": message.kind.value, "from": message.sender}, organ=message.receiver
    )


@action
def _put_aside(name: str, why: str) -> None:
    Parcel.objects.create(code=name[:80], direction="in", file=name[:200], refused=why[:300], at=clock.now())
    record(None, "incoming.refuse_parcel", f"parcel:{name[:80]}", {"reason": why})


def _document(message: Message) -> Incoming:
    given = message.document
    organ, sender = orgs.organ(message.receiver), orgs.organ(message.sender)
    if organ.kind == OrganKind.SUPERIOR or sender.kind != OrganKind.SUPERIOR:
        raise Broken(_("不是市级机关发给本县机关的公文"))
    if given["secrecy"]:
        raise Broken(_("本网络不处理涉密文件，不能登记"))
    if given["urgency"] not in URGENCY:
        raise Broken(_("紧急程度只有加急、特急"))
    named = {kind.name: code for code, kind in kinds.KINDS.items()}
    found = elements.Elements(
        title=given["title"], sender=sender.name, their_number=given["number"],
        kind=named.get(given["kind"], elements.kind_of(given["title"])), dated=_day(given["dated"]), urgency=URGENCY[given["urgency"]],
        attachments=given["attachments"],
    )  # fmt: skip
    sheets = [(files.store(content, name, allowed=elements.SUFFIXES), name) for name, content in message.files]
    return arrive(found, organ=organ, sheets=sheets, document=message.code)


def _answer(message: Message) -> int | None:
    """What the city did with a document of ours."""
    sent = Parcel.objects.filter(direction="out", code=message.about, receipt__isnull=False).first()
    if sent is None or sent.receipt is None or sent.peer != orgs.organ(message.sender).name:
        raise Broken(_("回执所涉的文件不是本县发出的"))
    if message.kind is Kind.RECEIPT:
        dispatches.acknowledge(sent.receipt, message.who, message.sent)
    elif message.kind is Kind.RETURN:
        dispatches.refuse(sent.receipt, message.who, message.sent, message.text)
    return sent.receipt


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Broken(_("成文日期不合规定")) from error


@action
def _send_document(receipt: int) -> int:
    """核发 to the city: the sealed page with its elements and the files that go along."""
    copy = copies.outside().select_for_update(of=("self",)).filter(pk=receipt).first()
    out = Parcel.objects.filter(direction="out", receipt=receipt).count()
    back = Parcel.objects.filter(direction="in", receipt=receipt, kind=Kind.RETURN.value).count()
    if copy is None or out > back:  # once, and once more after each return
        return 0
    sent = copy.dispatch
    code = f"{sent.document}-{copy.organ.code}-{out + 1}"
    kind = elements.kind_of(sent.title)
    document = {
        "number": sent.number, "title": sent.title, "kind": kinds.KINDS[kind].name if kind else "",
        "dated": sent.sent_at.astimezone(clock.ZONE).date().isoformat(), "urgency": {"urgent": "加急", "top": "特急"}.get(sent.urgency, ""),
    }  # fmt: skip
    attached = going_along(sent.document)
    document |= {"attachments": "、".join(one.name for one in attached)[:300]} if attached else {}
    page = ((f"{sent.document}.pdf", stored(sent.pdf.sm3)), *((one.name, stored(one.sm3)) for one in attached))
    message = Message(
        code,
        Kind.DOCUMENT,
        sent.sent_at,
        sent.sender.code,
        sent.sender.name,
        copy.organ.code,
        copy.organ.name,
        document=document,
        files=page,
    )
    return _lay_out(message, copy.organ.name, receipt=receipt)


@action
def _send_answer(key: int, kind: Kind) -> int:
    """签收回执, 退文 or 办理情况 on a paper that came by exchange."""
    paper = Incoming.objects.select_for_update(of=("self",)).select_related("organ", "received_by", "sender_organ").get(pk=key)
    if Parcel.objects.filter(direction="out", kind=kind.value, incoming=paper).exists():
        return 0
    came = Parcel.objects.get(direction="in", incoming=paper)
    text = {Kind.RETURN: paper.reason, Kind.STATUS: paper.outcome}.get(kind, "")
    at = paper.received_at if kind is Kind.RECEIPT else paper.closed_at or clock.now()
    assert paper.sender_organ is not None  # arrive() took it from the directory
    message = Message(
        f"{paper.code}-{kind.value}", kind, at, paper.organ.code, paper.organ.name, paper.sender_organ.code, paper.sender, about=came.code,
        who=paper.received_by.name if paper.received_by else "", text=text,
    )  # fmt: skip
    return _lay_out(message, paper.sender, paper=paper)


def _lay_out(message: Message, peer: str, *, paper: Incoming | None = None, receipt: int | None = None) -> int:
    """Write the package under its number: first aside, then in place, so that nobody takes half of one."""
    target = folder("out") / f"{message.code}.zip"
    draft = target.with_suffix(".part")
    draft.write_bytes(parcel.write(message))
    os.replace(draft, target)
    Parcel.objects.create(
        code=message.code, direction="out", kind=message.kind.value, about=message.about, peer=peer, incoming=paper, receipt=receipt,
        file=target.name, at=clock.now(),
    )  # fmt: skip
    record(None, "incoming.send_parcel", f"parcel:{message.code}", {"kind": message.kind.value, "to": peer}, organ=message.sender)
    return 1
