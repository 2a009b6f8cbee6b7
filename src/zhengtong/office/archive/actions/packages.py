"""Items that leave as packages, and items that come back from them."""

import zipfile
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import IO

from django.conf import settings
from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.numbers.actions import reach
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import sm3
from zhengtong.foundation.search import actions as index
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Class, Fonds, Item, Member, Part, Reader
from zhengtong.office.archive.queries import packages
from zhengtong.office.archive.rules import describing
from zhengtong.office.archive.rules import packages as taking
from zhengtong.papers.archive import Content, Record, eep, paging

MOST = 200  # items in one file of packages


@action
def export(numbers: Sequence[str], by: Person | None, out: IO[bytes]) -> str:
    """导出封装包: one filed item as .eep, several as a zip of them, written to `out`; gives the name of the file."""
    if settings.CLASSIFIED:
        raise Refused(_("涉密内网的档案不经本系统导出：须按规定刻录光盘、双人办理"))
    if not numbers:
        raise Refused(_("请至少选择一件"))
    if len(numbers) > MOST:
        raise Refused(_("一次最多导出%(most)d件"), most=MOST)
    kept = queries.visible(by) if by else Item.objects.select_related("organ", "fonds", "klass")
    items = list(kept.filter(archive_number__in=numbers, state=rules.State.FILED.value).order_by("archive_number"))
    if len(items) != len(set(numbers)):
        raise Refused(_("只能导出自己保管的已归档文件"))
    at = clock.now()
    if len(items) == 1:
        out.write(_packed(items[0], by, at))
        return f"{items[0]}{eep.SUFFIX}"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as several:
        for item in items:
            several.writestr(f"{item}{eep.SUFFIX}", _packed(item, by, at))
    return f"{items[0].fonds.code if items[0].fonds else 'eep'}-{len(items)}.zip"


def _packed(item: Item, by: Person | None, at: datetime) -> bytes:
    if faults := queries.faults(item):
        raise Refused(
            _("%(item)s的内容有缺失或与固化的摘要不符（%(faults)s），不能导出"), item=str(item), faults=packages.worded("、".join(faults))
        )
    data = packages.package(item, at)
    record(
        by, "archive.export", f"archive.item:{item.document}", {"archive_number": item.archive_number, "sm3": sm3(data)}, organ=_chain(item)
    )
    return data


@action
def take_in(data: bytes, by: Person | None, keys: Collection[bytes] = ()) -> Item:
    """导入封装包: the item is restored as it was filed, under its own number; what is filed later comes after it.

    None: at the command line, where a fonds that is unknown here is registered with it. `keys` are trusted for this once.
    """
    told = packages.opened(data, keys)
    values, number = told.values, told.number
    fonds = _fonds(told, by)
    _new_here(told)
    klass = _class(fonds, told)
    written = taking.written_on(values)
    assert written
    own = taking.registered(values, written)
    organ = _organ(fonds, told, own.way)
    if own.serial and organ and Item.objects.filter(organ=organ, series=own.series, series_year=own.year, serial=own.serial).exists():
        raise Refused(_("%(number)s已有另一件，没有导入"), number=own.number)
    parts = [_part(place, content) for place, content in enumerate(told.contents)]
    pages = sum(part.pages or 0 for part in parts if part.role in rules.CONTENT)
    if values.get("页数") != str(pages):
        raise Refused(_("元数据所记为%(told)s页，内容实有%(found)d页，没有导入"), told=values.get("页数", "—"), found=pages)
    item = _item(told, own, written, pages)
    item.fonds, item.klass, item.organ = fonds, klass, organ
    item.digest = rules.digest([(part.role, part.name, part.file.sm3) for part in parts])
    item.save(force_insert=True)
    for part in parts:
        part.item = item
    Part.objects.bulk_create(parts)
    if item.secrecy and by:
        Reader.objects.create(item=item, person=by)
    _reach(item)
    index.refresh([item])
    record(by, "archive.take_in", f"archive.item:{item.document}", {"archive_number": number, "sm3": sm3(data)}, organ=_chain(item))
    return item


def _item(told: Record, own: taking.Registered, written: date, pages: int) -> Item:
    """The item's own values, from its metadata and its process."""
    values = told.values
    filed = next((event for event in reversed(told.events) if event.action == "归档"), None)
    level, period = values.get("密级", ""), values.get("保密期限", "")
    return Item(
        document=values["电子文件号"][:40],
        way=own.way.value,
        maker=values["责任者"][:200],
        unit=describing.note(values, describing.UNIT)[:60],
        number=own.number[:40],
        original=own.original[:60],
        series=own.series[:60],
        series_year=own.year,
        serial=own.serial,
        title=values["题名"][:500],
        kind=taking.kind_of(values["文种"]),
        kind_name=values["文种"][:20],
        written_on=written,
        secrecy=level,
        secrecy_mark=f"{level}★{period}" if level and period else level,
        pages=pages,
        year=int(values["年度"]),
        proposed=values["保管期限"],
        period=values["保管期限"],
        state=rules.State.FILED.value,
        prefiled_at=clock.now(),
        imported_at=clock.now(),
        item_serial=int(values["室编件号"]),
        archive_number=told.number,
        filed_at=_moment(filed.at if filed else ""),
        filed_by=Person.objects.filter(code=filed.agent).first() if filed else None,
    )


def _fonds(told: Record, by: Person | None) -> Fonds:
    code, name = told.values["全宗号"], told.values["全宗名称"]
    found = Fonds.objects.filter(code=code).first()
    if by is None:
        return found or Fonds.objects.create(code=code, name=name[:120])
    if found is None:
        raise Refused(_("包内文件属于全宗%(code)s %(name)s，本网没有这个全宗，请先登记全宗"), code=code, name=name)
    if not queries.fonds_kept(by).filter(pk=found.pk).exists():
        raise Refused(_("包内文件属于全宗%(code)s %(name)s，不由您保管"), code=code, name=name)
    return found


def _new_here(told: Record) -> None:
    """Neither the archival number nor the document may be here already."""
    twin = Item.objects.filter(Q(archive_number=told.number) | Q(document=told.values["电子文件号"])).first()
    if twin and twin.state == rules.State.DESTROYED:
        raise Refused(_("%(number)s已按规定销毁，不能再导入"), number=told.number)
    if twin:
        here = [(part.role, part.file.sm3) for part in queries.parts(twin)]
        raise Refused(taking.twin_objection(told.number, here, [(one.role, one.digest) for one in told.contents]))


def _class(fonds: Fonds, told: Record) -> Class | None:
    code = told.values.get("机构或问题", "")
    if not code:
        return None
    name = next((agent.name for agent in told.agents if agent.code == code and agent.kind == "内设机构/部门"), code)
    return Class.objects.get_or_create(fonds=fonds, code=code, defaults={"name": name[:60]})[0]


def _organ(fonds: Fonds, told: Record, way: rules.Way) -> Organ | None:
    """Whose record it is, where that organ is known here and belongs to the fonds."""
    named = orgs.organ_named(told.values["责任者"] if way == rules.Way.ISSUED else told.values.get("主送", ""))
    named = named or orgs.organ_named(told.values["立档单位名称"])
    members = Member.objects.filter(fonds=fonds)
    if named and (not members.exists() or members.filter(organ=named).exists()):
        return named
    return next((member.organ for member in members.select_related("organ")), None)


def _part(place: int, content: Content) -> Part:
    suffix = content.kind if content.kind in rules.SUFFIXES else "txt"
    file = files.store(content.data, f"a.{suffix}")
    try:
        pages = paging.pages(content.data, file.kind)
    except ValueError:
        raise Refused(_("包内“%(name)s”打不开，没有导入"), name=content.name) from None
    return Part(order=rules.order(content.role, place), role=content.role, name=content.name[:200], file=file, pages=pages)


def _moment(text: str) -> datetime:
    """When it was filed, by its own process; where that is not told, now."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return clock.now()
    return found if found.tzinfo else found.replace(tzinfo=clock.ZONE)


def _reach(item: Item) -> None:
    """No number of the item is ever given again: the archival one, the document's own, and the code under which the house knows it."""
    assert item.fonds and item.item_serial
    reach(rules.series(item.period, item.klass.code if item.klass else ""), item.fonds.code, item.year, item.item_serial)
    if item.organ and item.serial:
        reach(item.series, item.organ.code, item.series_year, item.serial)
    if (found := taking.CODE.match(item.document)) and found[1] in taking.CODES:
        reach(taking.CODES[found[1]], "", int(found[2]), int(found[3]))


def _chain(item: Item) -> str:
    return item.organ.code if item.organ else ""
