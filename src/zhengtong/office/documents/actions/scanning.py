"""Scans: handed in, read page by page by the worker, laid on the desk. Nothing of it is a change of any document."""

from dataclasses import asdict
from datetime import timedelta

from django_tasks import task

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Scan, Sitting
from zhengtong.office.documents.queries import brought
from zhengtong.papers.reading import apart, scans
from zhengtong.papers.reading.files import from_sheets
from zhengtong.papers.reading.limits import Unreadable

from .sitting import bring, take_in

STUCK = timedelta(minutes=5)  # without a page: the worker was stopped, or the machine was
AT_ONCE = 5  # scans of one person that wait


@action
def hand_in(by: Person, data: bytes, name: str, pages: int) -> Scan:
    """Keep the scan as it came and let the worker read it. Raises Unreadable where this machine can't."""
    scans.check(pages)
    if Scan.objects.filter(person=by, state=Scan.WAITING).count() >= AT_ONCE:
        raise Refused(_("您已有%(n)d份扫描件在识别，请等其中一份完成"), field="file", n=AT_ONCE)
    now = clock.now()
    scan = Scan.objects.create(person=by, file=take_in(data, name), name=name[-200:], at=now, moved_at=now, pages=pages)
    read_on.enqueue(scan.pk)
    return scan


@task()
def read_on(pk: int) -> None:
    """Read the pages that are not read yet. Safe to run twice: a page is added only behind the one before it."""
    while (scan := Scan.objects.select_related("file").filter(pk=pk, state=Scan.WAITING).first()) is not None:
        try:
            sheet = apart.sheet(files.read(scan.file.sm3), scan.name, scan.done)
        except Unreadable as why:
            _fail(pk, why)
        else:
            _add(pk, scan.done, asdict(sheet))


@action
def _add(pk: int, number: int, sheet: dict[str, object]) -> None:
    scan = Scan.objects.select_for_update().filter(pk=pk, state=Scan.WAITING).first()
    if scan is None or scan.done != number:
        return
    scan.sheets, scan.moved_at = [*scan.sheets, sheet], clock.now()
    if scan.done == scan.pages:
        scan.state = Scan.READ
    scan.save(update_fields=["sheets", "moved_at", "state"])


@action
def _fail(pk: int, why: Unreadable) -> None:
    Scan.objects.filter(pk=pk, state=Scan.WAITING).update(state=Scan.FAILED, why={"zh": why.zh, "en": why.en}, moved_at=clock.now())


@action
def resume() -> None:
    """Take up again what was cut off; the worker calls this by itself."""
    now = clock.now()
    for scan in Scan.objects.select_for_update().filter(state=Scan.WAITING, moved_at__lt=now - STUCK):
        scan.moved_at = now
        scan.save(update_fields=["moved_at"])
        read_on.enqueue(scan.pk)


@action
def use_scan(by: Person, pk: int, *, replace: bool = False) -> Sitting:
    """Fill a new draft with what was read; the scan goes with it as the original. Raises Unreadable where nothing was found."""
    scan = Scan.objects.select_related("file").select_for_update(of=("self",)).filter(person=by, pk=pk, state=Scan.READ).first()
    if scan is None:
        raise Refused(_("没有这份已识别的扫描件"))
    found = brought.made(from_sheets([apart.sheet_of(sheet) for sheet in scan.sheets]), by)
    made = bring(by, scan.file, scan.name, found.fields, remarks=found.remarks, replace=replace)
    scan.delete()
    return made


@action
def drop_scan(by: Person, pk: int) -> None:
    """Throw a scan away, read or not; the worker stops at the next page."""
    Scan.objects.filter(person=by, pk=pk).delete()
