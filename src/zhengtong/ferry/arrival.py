"""Taking in what arrived: verify, keep the order, import exactly once, answer.

What can't be believed is put aside and told; it takes no place in the sequence, so the true package can
still come. What is believed but refused by the room takes its place and is answered as refused.
"""

import logging
import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.keys import network_keys, own, trusted

from . import contracts, inbox, inside, package, sequence, troubles
from .actions import answer, receipt
from .models import Incoming

log = logging.getLogger("zhengtong.ferry")


def accept_all(patient: bool = False) -> int:
    """Take in all that lies in the tray, each sequence in order; the number imported. Safe to repeat.

    `patient`: what failed lately rests a while before it is tried again.
    """
    waiting: dict[str, list[package.Outline]] = defaultdict(list)
    imported = 0
    for outline, path in _in_order():
        fate = accept(path, patient)
        imported += fate == "imported"
        if fate in ("waiting", "failing"):  # one that fails is here, so it is not missing
            waiting[outline.lane].append(outline)
    for outlines in waiting.values():
        _ask_for_missing(outlines)
    return imported


def _in_order() -> list[tuple[package.Outline, Path]]:
    """What lies in the tray, by sequence and number; what is no package at all is put aside."""
    found = []
    for path in sorted((settings.TRAYS / "in").glob(f"*{package.SUFFIX}")):
        try:
            with path.open("rb") as source:
                found.append((package.inspect(source), path))
        except Broken as no:
            put_aside(path, gettext(str(no)))
        except FileNotFoundError:
            continue  # another process was faster
    return sorted(found, key=lambda pair: (pair[0].lane, pair[0].seq))


def accept(path: Path, patient: bool = False) -> str:
    """Take in one package: imported, refused, replayed, waiting, failing, aside or gone."""
    try:
        with path.open("rb") as source:
            fate = _accept(source, patient)
    except FileNotFoundError:
        return "gone"
    except (Broken, Refused) as no:
        return put_aside(path, gettext(str(no)))
    if fate == "refused":
        _lay_aside(path, _("收件单位拒收，理由见摆渡记录"))
    elif fate in ("imported", "replayed"):
        path.unlink(missing_ok=True)
    return fate


def _accept(source: BinaryIO, patient: bool) -> str:
    """Everything is read from one open file: what was checked is what is imported."""
    outline = _believed(source)
    first = Incoming.objects.filter(sender=outline.sender, receiver=outline.receiver, contract=outline.contract)
    known = first.filter(seq=outline.seq).values_list("token", flat=True).first()
    last = first.aggregate(last=Max("seq"))["last"] or 0
    match sequence.fate(outline.seq, outline.token, last, known, contracts.CONTRACTS[outline.contract].ordered):
        case sequence.Fate.REPLAY:
            _replay(outline)
            return "replayed"
        case sequence.Fate.WAIT:
            return "waiting"
        case sequence.Fate.CONFLICT:
            _conflict(outline)
            raise Refused(_("序号早已用过，内容不同"))
    what = f"{outline.lane}#{outline.seq}"
    if patient and troubles.resting(what):
        return "failing"
    fate = _take_in(source, outline)
    if fate != "failing":
        troubles.over(what, "gap", "failing")
    return fate


def _believed(source: BinaryIO) -> package.Outline:
    """The outline; refuses what is not for us, not from whom it says, not allowed."""
    outline = package.inspect(source)
    if contracts.host(outline.receiver) != settings.NETWORK:
        raise Refused(_("不是发给本网的包（收件：%(receiver)s）"), receiver=outline.receiver)
    peer = own() if outline.sender == settings.NETWORK else trusted(outline.sender)
    if peer is None:
        raise Refused(_("发件网“%(sender)s”未被信任"), sender=outline.sender)
    package.check_outline(source, peer.signing)
    no = contracts.version_objection(outline.version)
    if no := no or contracts.direction_objection(outline.contract, outline.sender, outline.receiver):
        raise Refused(no)
    return outline


def _take_in(source: BinaryIO, outline: package.Outline) -> str:
    peer = own() if outline.sender == settings.NETWORK else trusted(outline.sender)
    assert peer
    package.check(source, peer.signing)
    private = network_keys().decryption
    (settings.NETWORK_HOME / "tmp").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.NETWORK_HOME / "tmp") as folder:
        payload, files = package.unpack(source, private, Path(folder))
        if contracts.CONTRACTS[outline.contract].inside:
            payload, files = inside.disclosed(payload, files, private, Path(folder))
        try:
            _import(outline, contracts.known_fields(outline.version, payload), files)
        except Refused as no:
            _refuse(outline, str(no))
            return "refused"
        except Exception as error:  # a full disk, a fault of ours: nothing is lost, it is tried again
            log.exception("import fails", extra={"package": outline.name})
            troubles.note("failing", f"{outline.lane}#{outline.seq}", type(error).__name__)
            return "failing"
    return "imported"


def by(outline: package.Outline) -> Actor:
    """The sending network as the acting party."""
    return Actor(ActorKind.NETWORK, outline.sender, outline.sender)


@action
def _import(outline: package.Outline, payload: dict[str, object], files: dict[str, Path]) -> None:
    if no := contracts.payload_objection(outline.contract, payload):
        raise Refused(no)
    _note(outline, "imported")
    if outline.contract == "receipt":
        seq, reason, token = int(str(payload["seq"])), str(payload.get("reason") or ""), str(payload.get("token") or "")
        receipt(str(payload["contract"]), seq, str(payload["result"]), reason, outline.sender, token)
        return
    take = inbox.taker(outline.contract)
    if take is None:
        raise Refused(_("本网没有接收“%(contract)s”的单位"), contract=outline.contract)
    take(payload, files, outline)
    record(by(outline), "ferry.import", f"{outline.contract}#{outline.seq}", {"body": outline.body})
    answer(outline.sender, outline.contract, outline.seq, "imported", token=outline.token)


@action
def _refuse(outline: package.Outline, reason: str) -> None:
    _note(outline, "refused", reason)
    record(by(outline), "ferry.refuse", f"{outline.contract}#{outline.seq}", {"reason": reason})
    answer(outline.sender, outline.contract, outline.seq, "refused", reason, outline.token)


def _note(outline: package.Outline, state: str, reason: str = "") -> None:
    Incoming.objects.create(
        sender=outline.sender, receiver=outline.receiver, contract=outline.contract, seq=outline.seq, token=outline.token,
        body=outline.body, state=state, reason=reason, at=clock.now(),
    )  # fmt: skip


@action
def _replay(outline: package.Outline) -> None:
    """A package that came before: its answer may have been lost, so it is answered again, and nothing else happens."""
    first = Incoming.objects.get(sender=outline.sender, receiver=outline.receiver, contract=outline.contract, seq=outline.seq)
    if outline.contract != "receipt":
        record(by(outline), "ferry.replay", f"{outline.contract}#{outline.seq}")
    answer(outline.sender, outline.contract, outline.seq, first.state, first.reason, outline.token)


@action
def _conflict(outline: package.Outline) -> None:
    """A number used twice for different things: the sender was set back to an old copy and must be told, else its package is lost."""
    answer(outline.sender, outline.contract, outline.seq, "refused", gettext(_("序号早已用过，内容不同")), outline.token)


@action
def _ask_for_missing(waiting: list[package.Outline]) -> None:
    """A gap is told and asked for once; until it is filled the later packages wait in the tray."""
    one = waiting[0]
    came = Incoming.objects.filter(sender=one.sender, receiver=one.receiver, contract=one.contract)
    last = came.aggregate(last=Max("seq"))["last"] or 0
    for seq in sequence.missing(last, [outline.seq for outline in waiting]):
        if troubles.note("gap", f"{one.lane}#{seq}", gettext(_("后面的包已到，缺这一号"))):
            answer(one.sender, one.contract, seq, "missing")


def put_aside(path: Path, reason: str) -> str:
    """Keep what can't be believed for a person to look at, with the reason beside it."""
    if kept := _lay_aside(path, reason):
        troubles.note("aside", kept.name[-160:], reason)
    return "aside"


def _lay_aside(path: Path, reason: str) -> Path | None:
    folder = settings.TRAYS / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        target, number = folder / f"{path.stem}~{number}{path.suffix}", number + 1
    try:
        os.replace(path, target)
    except FileNotFoundError:
        return None  # another process was faster
    target.with_suffix(".reason").write_text(reason, encoding="utf-8")
    return target
