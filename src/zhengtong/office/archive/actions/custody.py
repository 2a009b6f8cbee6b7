"""What is done to filed items long after filing: opened, declassified, destroyed. The decisions are made in the room of appraisal."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.search import actions as index
from zhengtong.office.archive import rules
from zhengtong.office.archive.models import Item, Moved, Part
from zhengtong.office.archive.queries import moving
from zhengtong.office.archive.rules import transfers

from .filing import named


@dataclass(frozen=True, slots=True)
class Gone:
    """One content of a destroyed item, by digest."""

    number: str
    role: str
    name: str
    sm3: str
    size: int
    pages: int | None


@action
def open_up(number: str, on: date, by: Person, basis: str) -> Item:
    """开放: from this day on everybody in the network may know and read it (档案法第二十八条)."""
    item = _filed(number)
    if item.secrecy:
        raise Refused(_("%(item)s有密级，解密以后才能开放"), item=number)
    item.opened_on = on
    item.save(update_fields=["opened_on"])
    index.refresh([item])
    record(by, "archive.open_up", named(item), {"archive_number": number, "on": on.isoformat(), "basis": basis}, organ=_chain(item))
    return item


@action
def reclassify(number: str, level: str, mark: str, by: Person, basis: str) -> Item:
    """变更密级、解密 (an empty level): what is printed and fixed stays, the mark of the catalogue changes."""
    item = _filed(number)
    told = {"archive_number": number, "from": item.secrecy_mark, "to": mark, "basis": basis}
    item.secrecy, item.secrecy_mark = level, mark
    item.save(update_fields=["secrecy", "secrecy_mark"])
    index.refresh([item])
    record(by, "archive.reclassify", named(item), told, organ=_chain(item))
    return item


@action
def destroy(numbers: Sequence[str], by: Person, basis: str) -> list[Gone]:
    """销毁: the entry, its digest and its metadata file stay (GB/T 18894-2016); the other contents leave the item.

    Their bytes are removed afterwards (`files.actions.discard`), where no other record needs them.
    """
    gone: list[Gone] = []
    for number in sorted(set(numbers)):
        item = _filed(number)
        if moving.of(item):
            raise Refused(_("%(item)s已移交或正在移交，不能销毁"), item=number)
        parts = list(item.parts.select_related("file").exclude(role=rules.Role.METADATA.value))
        gone += [Gone(number, part.role, part.name, part.file.sm3, part.file.size, part.pages) for part in parts]
        Part.objects.filter(pk__in=[part.pk for part in parts]).delete()
        item.state, item.destroyed_at = rules.State.DESTROYED.value, clock.now()
        item.save(update_fields=["state", "destroyed_at"])
        index.refresh([item])
        told = {"archive_number": number, "digest": item.digest, "parts": len(parts), "basis": basis}
        record(by, "archive.destroy", named(item), told, organ=_chain(item))
    return gone


def clear_carriers(numbers: Sequence[str]) -> None:
    """Remove what transfers that never went have left of these items on the disk. May be repeated."""
    dropped = Moved.objects.filter(item__archive_number__in=numbers, transfer__state=transfers.State.DROPPED.value)
    for made in {moved.transfer for moved in dropped.select_related("transfer")}:
        shutil.rmtree(moving.folder(made), ignore_errors=True)


def _filed(number: str) -> Item:
    found = Item.objects.select_for_update(of=("self",)).select_related("organ").filter(archive_number=number).first()
    if found is None or found.state != rules.State.FILED:
        raise Refused(_("%(item)s不是在库的档案"), item=number)
    return found


def _chain(item: Item) -> str:
    return item.organ.code if item.organ else ""
