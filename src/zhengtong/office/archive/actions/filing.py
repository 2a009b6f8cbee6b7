"""The verbs of filing: pre-file on completion, confirm in bulk (条例第二十七条)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.files.models import File
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.search import actions as index
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Item, Part, Reader, Waiver
from zhengtong.office.archive.queries import checking, packages, process, records
from zhengtong.office.archive.rules import Kept, Role, checks, describing, retention
from zhengtong.papers.archive import Agent, Event, Record, paging

from .checking import objection, run

METADATA, LOG = "元数据.xml", "处理过程.json"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the archivist decides about one item; an empty period means the one proposed."""

    document: str
    period: str = ""
    klass: str = ""


@action
def prefile(
    document: str, facts: describing.Facts, kept: Sequence[Kept], events: Sequence[Event], agents: Sequence[Agent], by: Person | None
) -> Item:
    """预归档: keep everything of a completed document as it is now (GB/T 39362-2020). A second call changes nothing."""
    if found := Item.objects.filter(document=document).first():
        if found.state == rules.State.DESTROYED:
            raise Refused(_("%(number)s的档案已按规定销毁，不能再归档"), number=found.number)
        if found.number != facts.number:
            raise Refused(_("文件编号%(code)s已用于另一件档案（%(number)s）"), code=document, number=found.number)
        return found
    if not any(one.role == Role.FINAL for one in kept):
        raise Refused(_("没有正式版面，不能预归档"))
    home = orgs.organ(facts.organ)
    parts = _parts(kept)
    pages = sum(part.pages or 0 for part in parts if part.role in rules.CONTENT)
    item = Item(
        document=document, way=facts.way.value, organ=home, maker=facts.maker, unit=facts.unit[:60], number=facts.number,
        original=facts.original, series=facts.series, series_year=facts.year, serial=facts.serial, title=facts.title,
        kind=facts.kind, kind_name=facts.kind_name, written_on=facts.written_on, important=facts.important,
        secrecy=facts.secrecy, secrecy_mark=facts.secrecy_mark, pages=pages, year=rules.filing_year(facts.written_on),
        proposed=retention.proposed(facts.kind, facts.important, facts.way).value, fonds=queries.fonds_of(home), prefiled_at=clock.now(),
    )  # fmt: skip
    parts.append(Part(role=Role.LOG.value, name=LOG, file=_log(records.entries([item]).get(document, []))))
    parts.append(Part(role=Role.METADATA.value, name=METADATA))
    parts.sort(key=lambda part: rules.PARTS[Role(part.role)][0])
    told = Record(describing.elements(facts, document, pages, len(parts)), (), tuple(events), tuple(agents))
    _bind(item, parts, told)
    waived = Waiver.objects.filter(organ=home, series=facts.series, year=facts.year, serial=facts.serial).first()
    if waived:  # it was waived before it was done with, and stays so
        item.state = rules.State.WAIVED.value
    item.save(force_insert=True)
    if waived:
        waived.item = item
        waived.save(update_fields=["item"])
    for place, part in enumerate(parts):
        part.item, part.order = item, rules.order(part.role, place)
    Part.objects.bulk_create(parts)
    Reader.objects.bulk_create(Reader(item=item, person=orgs.person(code)) for code in (facts.readers if facts.secrecy else ()))
    index.refresh([item])
    record(by, "archive.prefile", named(item), {"number": item.number, "digest": item.digest, "parts": len(parts)}, organ=home.code)
    return item


def _parts(kept: Sequence[Kept]) -> list[Part]:
    """What was handed over, stored, under names that differ, with its pages counted."""
    parts: list[Part] = []
    for one in kept:
        file = _stored(one)
        data = one.data or (read(file.sm3) if file.kind in ("pdf", "ofd") else b"")
        try:
            pages = paging.pages(data, file.kind)
        except ValueError:
            raise Refused(_("“%(name)s”打不开，不能归档"), name=one.name) from None
        taken = {part.name for part in parts} | {METADATA, LOG}
        stem, dot, last = one.name[:180].rpartition(".")
        names = [one.name[:180], *(f"{stem or last}（{n}）{dot}{last if stem else ''}" for n in range(2, len(taken) + 3))]
        parts.append(Part(role=one.role.value, name=next(name for name in names if name not in taken), file=file, pages=pages))
    return parts


def _stored(one: Kept) -> File:
    if not one.data:
        return File.objects.get(sm3=one.sm3)
    suffix = one.name.rpartition(".")[2].lower()
    return files.store(one.data, f"a.{suffix if suffix in rules.SUFFIXES else 'txt'}")


def _bind(item: Item, parts: Sequence[Part], told: Record) -> None:
    """Write the metadata file over all other parts, and fix the digest over all of them (固化信息)."""
    others = tuple(records.outside(part) for part in parts if part.role != Role.METADATA)
    own = next(part for part in parts if part.role == Role.METADATA)
    own.file = files.store(records.metadata(replace(told, contents=others)), "a.txt", allowed=("txt",))
    item.digest = rules.digest([(part.role, part.name, part.file.sm3) for part in parts])


def _log(entries: Iterable[Entry]) -> File:
    text = json.dumps(process.log(entries), ensure_ascii=False, sort_keys=True, indent=1)
    return files.store(text.encode(), "a.txt", allowed=("txt",))


@action
def confirm(choices: Sequence[Choice], by: Person, answers: Mapping[str, checks.Answer]) -> list[Item]:
    """归档: the archivist fixes period and class of each item, and only then its archival number, gap-free (DA/T 22-2015 5.4).

    The batch passes the checks of filing (DA/T 70-2018); `answers` are his to those that can't be automated.
    All or none: the first item that can't be filed refuses the whole batch.
    """
    if not choices:
        raise Refused(_("请至少选择一件"))
    if no := checks.answers_objection(checks.Stage.FILING, answers):
        raise packages.heard(no)
    wanted = {choice.document: choice for choice in choices}
    items = list(Item.objects.select_for_update(of=("self",)).filter(document__in=wanted).select_related("organ", "fonds"))
    kept = set(queries.visible(by).filter(document__in=wanted).values_list("document", flat=True))
    if kept != wanted.keys():
        raise Refused(_("只有本全宗的档案员可以归档"))
    fonds = {organ: queries.fonds_of(organ) for organ in {item.organ for item in items} if organ}
    parts = queries.parts_of(items)
    logged = records.entries(items)
    looked: checking.Looked = {}
    for item in items:
        item.fonds = item.fonds or (fonds.get(item.organ) if item.organ else None)
    prefetch_related_objects([item.fonds for item in items if item.fonds], "classes")
    for item in items:
        whole = checking.whole(item, parts[item.pk], looked)
        _file(item, wanted[item.document], parts[item.pk], logged.get(item.document, []), by, whole)
    changed = [part for item in items for part in parts[item.pk] if part.role in (Role.METADATA, Role.LOG)]
    Part.objects.bulk_update(changed, ["file"])
    index.refresh(items)
    for home in dict.fromkeys(item.fonds for item in items):
        batch = [item for item in items if item.fonds == home]
        made = run(checks.Stage.FILING, batch, by, fonds=home, answers=answers, looked=looked)
        if no := objection(made):
            raise packages.heard(no)
    return items


def _file(item: Item, choice: Choice, parts: list[Part], logged: list[Entry], by: Person, whole: bool) -> None:
    classes = {klass.code: klass for klass in item.fonds.classes.all()} if item.fonds else {}
    period = choice.period or item.proposed
    if no := rules.choice_objection(item.state, period, choice.klass, classes, item.fonds is not None, whole):
        raise Refused(no)
    assert item.fonds is not None
    serial = take(rules.series(period, choice.klass), item.fonds.code, item.year)
    if serial > rules.MOST:
        raise Refused(_("这一类的件号已用到%(most)d，请另立类目"), most=rules.MOST)
    item.period, item.klass, item.item_serial = period, classes.get(choice.klass), serial
    item.archive_number = rules.number(item.fonds.code, item.year, period, choice.klass, serial)
    item.state, item.filed_at, item.filed_by = rules.State.FILED.value, clock.now(), by
    _complete(item, parts, logged, by)
    item.save(update_fields=["fonds", "period", "klass", "item_serial", "archive_number", "state", "filed_at", "filed_by", "digest"])
    record(by, "archive.confirm", named(item), {"archive_number": item.archive_number, "digest": item.digest})


def _complete(item: Item, parts: list[Part], logged: list[Entry], by: Person) -> None:
    """What filing itself adds: the archival elements and the filing in the metadata, and the log up to now."""
    assert item.fonds and item.item_serial and item.filed_at
    own = {part.role: part for part in parts if part.role in (Role.METADATA, Role.LOG)}
    told = records.described(own[Role.METADATA])
    own[Role.LOG].file = _log(logged)
    code = item.klass.code if item.klass else ""
    values = describing.filed(
        told.values, fonds=item.fonds.code, name=item.fonds.name, year=item.year, period=item.period, klass=code, serial=item.item_serial
    )
    filing = Event(
        by.code, "归档", item.filed_at.astimezone(clock.ZONE).isoformat(timespec="seconds"), "第二十七条", item.archive_number or ""
    )
    known = {agent.code for agent in told.agents}
    classes = (Agent(code, "内设机构/部门", item.klass.name, item.fonds.code),) if item.klass else ()
    more = tuple(agent for agent in (*process.agents([], [by]), *classes) if agent.code not in known)
    _bind(item, parts, Record(values, (), (*told.events, filing), (*told.agents, *more)))


def named(item: Item) -> str:
    """How the log names an item."""
    return f"archive.item:{item.document}"
