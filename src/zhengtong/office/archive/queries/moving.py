"""Transfers: which this archivist sees, what is in one, where its carrier lies."""

import os
import zipfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import Count, QuerySet

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.seals import sm3
from zhengtong.office.archive.models import Fonds, Item, Moved, Transfer
from zhengtong.office.archive.rules import State
from zhengtong.papers.archive import carrier

from . import items as kept


def transfers(person: Person) -> QuerySet[Transfer]:
    """The transfers of what this archivist keeps, the last first."""
    found = Transfer.objects.filter(fonds__in=kept.fonds_kept(person)).select_related("fonds", "run", "made_by", "handed_by")
    return found.annotate(count=Count("moved"))


def items(transfer: Transfer) -> list[Item]:
    """What goes, by archival number."""
    found = Item.objects.filter(moved__transfer=transfer).select_related("organ", "fonds", "klass")
    return list(found.order_by("archive_number"))


def of(item: Item) -> Transfer | None:
    """The transfer that an item stands in."""
    moved = Moved.objects.filter(item=item, active=True).select_related("transfer").first()
    return moved.transfer if moved else None


def free(fonds: Fonds, year: int | None = None) -> QuerySet[Item]:
    """What of a fonds is filed and in no transfer that stands."""
    found = Item.objects.filter(fonds=fonds, state=State.FILED.value)
    found = found.exclude(pk__in=Moved.objects.filter(active=True).values("item")).order_by("archive_number")
    return found.filter(year=year) if year else found


def folder(transfer: Transfer) -> Path:
    """Where the carrier is written, before it goes onto a disc."""
    return Path(settings.NETWORK_HOME) / "transfers" / transfer.code


def seal(transfer: Transfer) -> str:
    """The digest of the signed list of all files."""
    return sm3((folder(transfer) / carrier.SEAL).read_bytes())


def packed(transfer: Transfer, out: IO[bytes]) -> None:
    """The carrier as one zip, for a screen; contents are compressed already."""
    home = folder(transfer)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole:
        for name, path in carrier.files(home):
            whole.write(path, os.path.join(transfer.code, name))
