"""Taking in what arrived: verify, keep the order, import exactly once, answer.

What can't be believed is put aside and told; it takes no place in the sequence, so the true package can
still come. What is believed but refused by the room takes its place and is answered as refused.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.keys import network_keys, own, trusted

from . import contracts, inbox, package
from .actions import answer, receipt
from .models import Incoming, Trouble

log = logging.getLogger("zhengtong.ferry")


def accept_all() -> int:
    """Take in all that lies in the tray, in order, until nothing moves; the number imported. Safe to repeat."""
    total, moved = 0, 1
    while moved:
        moved = sum(accept(path) == "imported" for path in _in_order())
        total += moved
    return total


def _in_order() -> Iterator[Path]:
    return iter(sorted((settings.TRAYS / "in").glob(f"*{package.SUFFIX}")))


def accept(path: Path) -> str:
    """Take in one package: imported, refused, replayed, waiting, failing or aside."""
    try:
        outline = package.inspect(path)
        _believe(path, outline)
    except (Broken, Refused) as no:
        return put_aside(path, str(no))
    what = f"{outline.sender}/{outline.receiver}/{outline.contract}"
    last = _last(outline)
    ordered = contracts.CONTRACTS[outline.contract].ordered
    if Incoming.objects.filter(sender=outline.sender, receiver=outline.receiver, contract=outline.contract, seq=outline.seq).exists():
        _replay(outline)
        path.unlink(missing_ok=True)
        return "replayed"
    if ordered and outline.seq > last + 1:
        _gap(what, outline, last)
        return "waiting"
    if ordered and outline.seq <= last:
        return put_aside(path, _("序号早已用过，内容不同"))
    state = _take_in(path, outline)
    if state in ("imported", "refused"):
        Trouble.objects.filter(kind__in=["gap", "failing"], what=f"{what}#{outline.seq}", ended_at__isnull=True).update(
            ended_at=clock.now()
        )
        path.unlink(missing_ok=True)
    return state


def _last(outline: package.Outline) -> int:
    found = Incoming.objects.filter(sender=outline.sender, receiver=outline.receiver, contract=outline.contract)
    return found.aggregate(last=Max("seq"))["last"] or 0


def _believe(path: Path, outline: package.Outline) -> None:
    """Refuse what is not for us, not from whom it says, not allowed, or not whole."""
    if contracts.host(outline.receiver) != settings.NETWORK:
        raise Refused(_("不是发给本网的包（收件：%(receiver)s）"), receiver=outline.receiver)
    peer = own() if outline.sender == settings.NETWORK else trusted(outline.sender)
    if peer is None:
        raise Refused(_("发件网“%(sender)s”未被信任"), sender=outline.sender)
    package.check(path, peer.signing)
    if no := contracts.version_objection(outline.version) or contracts.direction_objection(
        outline.contract, outline.sender, outline.receiver
    ):
        raise Refused(no)


def _take_in(path: Path, outline: package.Outline) -> str:
    with tempfile.TemporaryDirectory(dir=settings.NETWORK_HOME / "tmp") as folder:
        try:
            payload, files = package.unpack(path, network_keys().decryption, Path(folder))
        except Broken as no:
            return put_aside(path, str(no))
        try:
            _import(outline, payload, files)
        except Refused as no:
            _refuse(outline, str(no))
            shutil.copy(path, _aside_folder() / path.name)
            return "refused"
        except Exception as error:
            log.exception("import fails", extra={"package": outline.name})
            _tell("failing", f"{outline.sender}/{outline.receiver}/{outline.contract}#{outline.seq}", f"{type(error).__name__}: {error}")
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
        seq = int(str(payload["seq"]))
        receipt(str(payload["contract"]), seq, str(payload["result"]), str(payload.get("reason") or ""), outline.sender)
        return
    take = inbox.taker(outline.contract)
    if take is None:
        raise Refused(_("本网没有接收“%(contract)s”的单位"), contract=outline.contract)
    take(payload, files, outline)
    record(by(outline), "ferry.import", f"{outline.contract}#{outline.seq}", {"body": outline.body})
    answer(outline.sender, outline.contract, outline.seq, "imported")


@action
def _refuse(outline: package.Outline, reason: str) -> None:
    _note(outline, "refused", reason)
    record(by(outline), "ferry.refuse", f"{outline.contract}#{outline.seq}", {"reason": reason})
    answer(outline.sender, outline.contract, outline.seq, "refused", reason)


def _note(outline: package.Outline, state: str, reason: str = "") -> None:
    Incoming.objects.create(
        sender=outline.sender, receiver=outline.receiver, contract=outline.contract, seq=outline.seq, body=outline.body, state=state,
        reason=reason, at=clock.now(),
    )  # fmt: skip


@action
def _replay(outline: package.Outline) -> None:
    """A package that came before: its answer may have been lost, so it is answered again, and nothing else happens."""
    first = Incoming.objects.get(sender=outline.sender, receiver=outline.receiver, contract=outline.contract, seq=outline.seq)
    if outline.contract != "receipt":
        record(by(outline), "ferry.replay", f"{outline.contract}#{outline.seq}")
    answer(outline.sender, outline.contract, outline.seq, first.state, first.reason)


def _gap(what: str, outline: package.Outline, last: int) -> None:
    for seq in range(last + 1, outline.seq):
        if not (settings.TRAYS / "in" / f"{outline.sender}-{outline.receiver}-{outline.contract}-{seq:08d}{package.SUFFIX}").exists():
            _tell("gap", f"{what}#{seq}", outline.name, missing=(outline.sender, outline.contract, seq))


@action
def _tell(kind: str, what: str, reason: str, missing: tuple[str, str, int] | None = None) -> None:
    """Note a trouble once; a gap is asked for once."""
    trouble, new = Trouble.objects.get_or_create(kind=kind, what=what, ended_at=None, defaults={"reason": reason, "at": clock.now()})
    if not new:
        Trouble.objects.filter(pk=trouble.pk).update(reason=reason)
        return
    record(None, f"ferry.{kind}", what, {"reason": reason})
    if missing:
        answer(*missing, "missing")


def _aside_folder() -> Path:
    folder: Path = settings.TRAYS / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put_aside(path: Path, reason: str) -> str:
    """Keep what can't be believed for a person to look at, with the reason beside it."""
    target = _aside_folder() / path.name
    number = 1
    while target.exists():
        target = target.with_name(f"{path.stem}~{number}{path.suffix}")
        number += 1
    os.replace(path, target)
    target.with_suffix(".reason").write_text(reason, encoding="utf-8")
    _tell("aside", target.name, reason)
    return "aside"
