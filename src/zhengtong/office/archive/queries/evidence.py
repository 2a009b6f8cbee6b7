"""What of an item proves where it comes from: its signatures and seals, verified from the kept files, and its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.files.queries import read
from zhengtong.office.archive.models import Item, Part
from zhengtong.office.archive.rules import Role
from zhengtong.papers import sealing
from zhengtong.papers.archive import Event, signatures
from zhengtong.papers.archive.xml import Unreadable
from zhengtong.papers.ofd import package
from zhengtong.papers.sealing import pdf

from . import items, records


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature or seal: for what act, by whom, when, on which file, and whether it holds on exactly that."""

    act: str
    by: str
    at: str
    file: str
    good: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of the kept process, with the name of whoever did it; `at` is None where the file gives no readable time."""

    event: Event
    name: str

    @property
    def at(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.event.at)
        except ValueError:
            return None


def signed(item: Item, have: Sequence[Part] | None = None) -> list[Signature]:
    """Every signature that the item keeps, and the electronic seals on its OFD; a file that can't be read holds nothing."""
    parts = {part.role: part for part in (items.parts(item) if have is None else have)}
    found: list[Signature] = []
    if own := parts.get(Role.SIGNATURES):
        by_name = {part.name: part for part in parts.values()}
        try:
            kept = signatures.read(read(own.file.sm3))
        except (Unreadable, OSError):
            return [Signature("", "", "", own.name, False)]
        for one in kept:
            part = by_name.get(one.file)
            good = part is not None and signatures.holds(one, _bytes(part))
            found.append(Signature(one.act, one.by, one.at, one.file, good))
    for role, kind in ((Role.FINAL, "ofd"), (Role.FINAL, "pdf"), (Role.PAGE, "pdf")):
        part = parts.get(role)
        if part and part.file.kind == kind:
            found += _seals(part)
    return found


def _seals(part: Part) -> list[Signature]:
    """The seals on an OFD, and the signatures with their keys inside a PDF; a PDF may carry none."""
    data = _bytes(part)
    if part.file.kind == "pdf" and not pdf.signed(data):
        return []
    try:
        report = (pdf.verify if part.file.kind == "pdf" else sealing.verify)(data, clock.now())
    except package.Unreadable:
        return [Signature("电子印章", "", "", part.name, False)]
    names = list(dict.fromkeys(finding.of for finding in report.findings if finding.step == "signature"))
    failed = {finding.of for finding in report.failed}
    whole = failed <= set(names)  # what is said of no seal is said of the whole file
    return [Signature("电子印章", name, "", part.name, whole and name not in failed) for name in names]


def _bytes(part: Part) -> bytes:
    try:
        return read(part.file.sm3)
    except OSError:
        return b""


def events(item: Item) -> list[Happened]:
    """The kept process, from the metadata file."""
    own = item.parts.filter(role=Role.METADATA.value).select_related("file").first()
    try:
        told = records.described(own) if own else None
    except (Unreadable, OSError):
        told = None
    if told is None:
        return []
    names = {agent.code: agent.name for agent in told.agents}
    return [Happened(event, names.get(event.agent, event.agent)) for event in told.events]
