"""The verbs of filing: pre-file on completion, confirm in bulk, register a fonds and its classes (条例第二十七条)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.files.models import File
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.papers.typeset import press

from . import queries, rules
from .models import Class, Fonds, Item, Member, Part, Reader


@dataclass(frozen=True, slots=True)
class Choice:
    """What the archivist decides about one item; an empty period means the one proposed."""

    document: str
    period: str = ""
    klass: str = ""


@action
def prefile(
    document: str,
    *,
    organ: str,
    number: str,
    series: str,
    year: int,
    serial: int,
    title: str,
    kind: str,
    kind_name: str,
    written_on: date,
    pdf: str,
    draft: str,
    sheet: str,
    metadata: Mapping[str, object],
    log: Sequence[Mapping[str, object]],
    by: Person,
    traces: str = "",
    attachments: Sequence[tuple[str, str]] = (),
    important: bool = False,
    secrecy: str = "",
    secrecy_mark: str = "",
    readers: Sequence[str] = (),
) -> Item:
    """预归档: keep everything of a completed document as it is now (GB/T 39362-2020). A second call changes nothing.

    Plain values: `pdf` and `attachments` (name, SM3) are contents already stored; `draft` (定稿), `sheet` (处理单) and
    `traces` (花脸稿) are texts, `metadata` and `log` are kept as JSON.
    """
    if found := Item.objects.filter(document=document).first():
        return found
    home = orgs.organ(organ)
    page = File.objects.filter(sm3=pdf).first()
    if page is None:
        raise Refused(_("没有正式版面，不能预归档"))
    kept: list[tuple[rules.Role, str, File]] = [(rules.Role.FINAL, f"{number}.pdf", page)]
    for name, sm3 in attachments:
        kept.append((rules.Role.ATTACHMENT, name, File.objects.get(sm3=sm3)))
    kept.append((rules.Role.SHEET, "发文处理单.txt", _text(sheet)))
    kept.append((rules.Role.DRAFT, "定稿.txt", _text(draft)))
    if traces:
        kept.append((rules.Role.TRACES, "花脸稿.txt", _text(traces)))
    kept.append((rules.Role.METADATA, "元数据.json", _json(metadata)))
    kept.append((rules.Role.LOG, "处理过程.json", _json(log)))
    item = Item.objects.create(
        document=document, organ=home, number=number, series=series, series_year=year, serial=serial, title=title, kind=kind,
        kind_name=kind_name, written_on=written_on, secrecy=secrecy, secrecy_mark=secrecy_mark, pages=press.pages(read(pdf)),
        year=rules.filing_year(written_on), proposed=rules.proposed(kind, important).value, fonds=queries.fonds_of(home),
        digest=rules.digest([(role.value, name, file.sm3) for role, name, file in kept]), prefiled_at=clock.now(),
    )  # fmt: skip
    Part.objects.bulk_create(
        Part(item=item, order=rules.PARTS[role][0] * 100 + place, role=role.value, name=name, file=file)
        for place, (role, name, file) in enumerate(kept)
    )
    Reader.objects.bulk_create(Reader(item=item, person=orgs.person(code)) for code in (readers if secrecy else ()))
    record(by, "archive.prefile", _named(item), {"number": number, "digest": item.digest, "parts": len(kept)})
    return item


@action
def confirm(choices: Sequence[Choice], by: Person) -> list[Item]:
    """归档: the archivist fixes period and class of each item, and only then its archival number, gap-free (DA/T 22-2015 5.4).

    All or none: the first item that can't be filed refuses the whole batch.
    """
    if not choices:
        raise Refused(_("请至少选择一件"))
    wanted = {choice.document: choice for choice in choices}
    items = list(Item.objects.select_for_update(of=("self",)).filter(document__in=wanted).select_related("organ", "fonds"))
    kept = set(queries.visible(by).filter(document__in=wanted).values_list("document", flat=True))
    if kept != wanted.keys():
        raise Refused(_("只有本全宗的档案员可以归档"))
    return [_file(item, wanted[item.document], by) for item in items]


def _file(item: Item, choice: Choice, by: Person) -> Item:
    fonds = item.fonds or queries.fonds_of(item.organ)
    classes = {klass.code: klass for klass in fonds.classes.all()} if fonds else {}
    period = choice.period or item.proposed
    if no := rules.choice_objection(item.state, period, choice.klass, classes, fonds is not None, not queries.faults(item)):
        raise Refused(no)
    assert fonds is not None
    serial = take(rules.series(period, choice.klass), fonds.code, item.year)
    if serial > rules.MOST:
        raise Refused(_("这一类的件号已用到%(most)d，请另立类目"), most=rules.MOST)
    item.fonds, item.period, item.klass, item.item_serial = fonds, period, classes.get(choice.klass), serial
    item.archive_number = rules.number(fonds.code, item.year, period, choice.klass, serial)
    item.state, item.filed_at, item.filed_by = rules.State.FILED.value, clock.now(), by
    item.save(update_fields=["fonds", "period", "klass", "item_serial", "archive_number", "state", "filed_at", "filed_by"])
    record(by, "archive.confirm", _named(item), {"archive_number": item.archive_number, "digest": item.digest})
    return item


@action
def open_fonds(code: str, name: str, organs: Sequence[str], by: Person | None) -> Fonds:
    """登记全宗: give the organs whose records belong together their fonds number. None: planted with the demo county."""
    if no := rules.fonds_objection(code, name):
        raise Refused(no)
    members = [orgs.organ(one) for one in organs]
    if by is not None:
        mine = set(queries.kept_by(by).values_list("pk", flat=True))
        if not members or not {organ.pk for organ in members} <= mine:
            raise Refused(_("只能登记自己保管的机关"))
    if Fonds.objects.filter(code=code).exists():
        raise Refused(_("全宗号%(code)s已在使用"), field="code", code=code)
    if Member.objects.filter(organ__in=members).exists():
        raise Refused(_("这个机关已有全宗"), field="organ")
    fonds = Fonds.objects.create(code=code, name=name.strip())
    Member.objects.bulk_create(Member(fonds=fonds, organ=organ) for organ in members)
    record(by, "archive.open_fonds", fonds, {"organs": [organ.code for organ in members]})
    return fonds


@action
def add_class(fonds: str, code: str, name: str, by: Person | None) -> Class:
    """增设类目 (机构或问题). Items filed before keep their numbers."""
    found = Fonds.objects.filter(code=fonds).first()
    if found is None or (by is not None and not queries.fonds_kept(by).filter(pk=found.pk).exists()):
        raise Refused(_("没有这个全宗"), field="fonds")
    if no := rules.class_objection(code, name):
        raise Refused(no)
    if found.classes.filter(code=code).exists():
        raise Refused(_("类目代码%(code)s已在使用"), field="code", code=code)
    klass = Class.objects.create(fonds=found, code=code, name=name.strip())
    record(by, "archive.add_class", found, {"class": code, "name": klass.name})
    return klass


def _named(item: Item) -> str:
    return f"archive.item:{item.document}"


def _text(text: str) -> File:
    return files.store((text or " ").encode(), "text.txt", allowed=("txt",))


def _json(value: object) -> File:
    return files.store(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode(), "data.txt", allowed=("txt",))
