"""移交 (电子档案移交与接收办法): items go to an archive on a carrier that was written, verified and checked before it is handed over."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Item, Moved, Transfer
from zhengtong.office.archive.queries import moving, packages, records
from zhengtong.office.archive.rules import checks
from zhengtong.office.archive.rules import transfers as steps
from zhengtong.papers.archive import carrier
from zhengtong.papers.archive.verify import verify_folder

from .checking import objection, run


@action
def prepare(fonds: str, receiver: str, numbers: Sequence[str], by: Person, note: str = "") -> Transfer:
    """提出移交: which filed items of a fonds go to which archive; an item is in one transfer at a time."""
    if settings.CLASSIFIED:
        raise Refused(_("涉密内网的档案不经本系统导出：须按规定刻录光盘、双人办理"))
    home = queries.fonds_kept(by).filter(code=fonds).first()
    if home is None:
        raise Refused(_("没有这个全宗"), field="fonds")
    if not receiver.strip():
        raise Refused(_("请写接收单位"), field="receiver")
    items = list(Item.objects.filter(fonds=home, state=rules.State.FILED.value, archive_number__in=numbers))
    if not items or len(items) != len(set(numbers)):
        raise Refused(_("只能移交本全宗已归档的文件"), field="numbers")
    if taken := Moved.objects.filter(item__in=items, active=True).select_related("transfer", "item").first():
        raise Refused(_("%(item)s已在移交%(code)s中"), item=str(taken.item), code=taken.transfer.code)
    year = clock.today().year
    made = Transfer.objects.create(
        code=f"YJ{year}-{take('archive-transfer', '', year):04d}", fonds=home, receiver=receiver.strip()[:120], note=note.strip()[:200],
        state=steps.State.PREPARED.value, made_at=clock.now(), made_by=by,
    )  # fmt: skip
    Moved.objects.bulk_create(Moved(transfer=made, item=item) for item in items)
    record(by, "archive.prepare", made, {"fonds": fonds, "receiver": made.receiver, "items": len(items)})
    return made


@action
def check_transfer(code: str, by: Person) -> Transfer:
    """移交检测: the carrier is written and verified byte by byte, the items are checked; what is asked waits for the archivist."""
    made = _locked(code, by, "check")
    items = moving.items(made)
    folder = moving.folder(made)
    shutil.rmtree(folder, ignore_errors=True)
    signer = packages.signer()
    carrier.write(folder, (records.record(item) for item in items), signer, clock.now())
    report = verify_folder(folder, signer.public)
    failed = {finding.step: finding.detail for finding in report.findings if finding.good is False}
    made.run = run(checks.Stage.TRANSFER, items, by, fonds=made.fonds, failed=failed, expected=len(report.records))
    made.state = steps.State.CHECKED.value
    made.save(update_fields=["run", "state"])
    record(by, "archive.check_transfer", made, {"run": made.run.pk, "failed": sorted(failed)})
    return made


@action
def hand_over(code: str, by: Person) -> Transfer:
    """移交: only after every check held; the carrier is verified once more, for it may have lain there."""
    made = _locked(code, by, "hand_over")
    assert made.run
    if no := objection(made.run):
        raise packages.heard(no)
    folder = moving.folder(made)
    if not folder.exists() or not verify_folder(folder, packages.signer().public).good:
        raise Refused(_("移交载体在检测之后有变动，请重新检测"))
    made.state, made.handed_at, made.handed_by = steps.State.HANDED.value, clock.now(), by
    made.save(update_fields=["state", "handed_at", "handed_by"])
    record(by, "archive.hand_over", made, {"receiver": made.receiver, "seal": moving.seal(made)})
    return made


@action
def accept(code: str, by: Person, on: date | None, whom: str) -> Transfer:
    """登记接收: who took it over on which day, by the receipt of the archive."""
    made = _locked(code, by, "accept")
    if on is None or not made.handed_at or not made.handed_at.astimezone(clock.ZONE).date() <= on <= clock.today():
        raise Refused(_("接收日期不能早于移交，也不能晚于今天"), field="on")
    if not whom.strip():
        raise Refused(_("请写接收人"), field="whom")
    made.state, made.accepted_on, made.accepted_by = steps.State.ACCEPTED.value, on, whom.strip()[:60]
    made.save(update_fields=["state", "accepted_on", "accepted_by"])
    record(by, "archive.accept", made, {"on": on.isoformat(), "by": made.accepted_by})
    return made


@action
def drop(code: str, by: Person, reason: str) -> Transfer:
    """撤销移交: before it went, or because the archive sent it back; the items may go into another transfer."""
    made = _locked(code, by, "drop")
    if not reason.strip():
        raise Refused(_("请写明理由"), field="reason")
    made.state, made.reason = steps.State.DROPPED.value, reason.strip()[:200]
    made.save(update_fields=["state", "reason"])
    made.moved.update(active=False)
    record(by, "archive.drop", made, {"reason": made.reason})
    return made


def _locked(code: str, by: Person, verb: str) -> Transfer:
    found = Transfer.objects.select_for_update(of=("self",)).select_related("fonds", "run").filter(code=code).first()
    if found is None or not queries.fonds_kept(by).filter(pk=found.fonds_id).exists():
        raise Refused(_("没有这次移交"))
    if no := steps.step_objection(verb, found.state):
        raise Refused(no)
    return found


def copy_out(made: Transfer, to: Path) -> Path:
    """The carrier of a transfer that was handed over, copied to a disc."""
    if made.state not in (steps.State.HANDED, steps.State.ACCEPTED):
        raise Refused(_("移交%(code)s还没有移交，不能写出载体"), code=made.code)
    return Path(shutil.copytree(moving.folder(made), to / made.code))
