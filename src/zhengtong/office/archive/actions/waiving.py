"""不归档 (国家档案局令第8号 第四条): a registered document is left out with a reason, and may be taken back in."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Item, Waiver
from zhengtong.office.archive.queries import sheets
from zhengtong.office.archive.rules import balance


@dataclass(frozen=True, slots=True)
class Registered:
    """One registered number: whose, of which series and year."""

    organ: str
    series: str
    year: int
    serial: int


@action
def waive(wanted: Sequence[Registered], ground: str, note: str, by: Person) -> list[Waiver]:
    """定为不归档: each with the same reason; all or none."""
    if not wanted:
        raise Refused(_("请至少选择一件"))
    kept = {organ.code: organ for organ in queries.kept_by(by)}
    return [_waive(one, kept.get(one.organ), ground, note, by) for one in dict.fromkeys(wanted)]


def _waive(one: Registered, organ: Organ | None, ground: str, note: str, by: Person) -> Waiver:
    if organ is None:
        raise Refused(_("只能处理自己保管的机关"))
    item = Item.objects.select_for_update(of=("self",)).filter(
        organ=organ, series=one.series, series_year=one.year, serial=one.serial
    ).first()  # fmt: skip
    row = Waiver.objects.filter(organ=organ, series=one.series, year=one.year, serial=one.serial)
    state = rules.State.WAIVED.value if row.exists() else item.state if item else None
    way = rules.Way.RECEIVED if one.series == rules.RECEIVED_SERIES else rules.Way.ISSUED
    last = sheets.registered(organ, one.year).get(one.series, one.serial if item else 0)
    if no := balance.waive_objection(ground, way, note, one.serial, last, state):
        raise Refused(no)
    known = sheets.named(organ, one.series, one.year, one.serial)
    made = Waiver.objects.create(
        organ=organ, series=one.series, year=one.year, serial=one.serial, item=item, ground=ground, note=note.strip()[:200],
        number=item.number if item else known.number[:60], title=known.title, by=by, at=clock.now(),
    )  # fmt: skip
    if item:
        item.state = rules.State.WAIVED.value
        item.save(update_fields=["state"])
    told = {"number": made.number, "ground": ground, "note": made.note}
    record(by, "archive.waive", _named(made), told, organ=organ.code)
    return made


@action
def reinstate(pk: int, by: Person) -> None:
    """恢复归档: the document is to be filed after all."""
    found = sheets.waiver(pk, list(queries.kept_by(by).values_list("pk", flat=True)))
    if found is None:
        raise Refused(_("没有这条不归档记录"))
    item, organ, told = found.item, found.organ, {"number": found.number, "ground": found.ground}
    name = _named(found)
    found.delete()
    if item:
        item.state = rules.State.PREFILED.value
        item.save(update_fields=["state"])
    record(by, "archive.reinstate", name, told, organ=organ.code)


def _named(waiver: Waiver) -> str:
    return f"archive.item:{waiver.item.document}" if waiver.item else f"archive.waiver:{waiver.organ.code} {waiver.number}"
