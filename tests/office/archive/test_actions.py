"""Pre-filing and filing: everything kept, the number given once and gap-free, and only by the archivist."""

import json

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.search import queries as search
from zhengtong.office.archive import actions, demo, queries
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.models import Fonds, Item, Member, Part
from zhengtong.office.archive.queries import records
from zhengtong.office.archive.rules import Kept, Role
from zhengtong.papers.archive import signatures

from .conftest import confirm

pytestmark = pytest.mark.django_db


def refused(match, verb, *args, **kwargs):
    """The verb is refused and leaves nothing: no row, no number, no entry."""
    before = list(Item.objects.values()), list(Series.objects.values()), Entry.objects.count(), Fonds.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == (list(Item.objects.values()), list(Series.objects.values()), Entry.objects.count(), Fonds.objects.count())


def test_a_completed_document_is_kept_with_all_that_belongs_to_it(prefile, pdf, fonds):
    item = prefile()
    parts = queries.parts(item)
    assert [part.role for part in parts] == ["final", "sheet", "draft", "signed", "traces", "metadata", "log", "signatures"]
    assert parts[0].file.sm3 == pdf
    assert [part.pages for part in parts] == [1, 1, 1, None, 1, None, None, None]
    assert (item.state, item.archive_number, item.proposed, item.year, item.pages) == ("prefiled", None, "D30", 2026, 1)
    assert queries.faults(item) == []
    assert Entry.objects.last().detail == {"number": item.number, "digest": item.digest, "parts": 8}


def test_filing_completes_metadata_and_log(county, prefile, fonds):
    """What only filing knows stands in the metadata file (DA/T 46-2009), with size and digest of every other part."""
    prefile()
    (item,) = confirm([Choice("D2026-000001", klass="BGS")], county.archivist)
    parts = {part.role: part for part in queries.parts(item)}
    told = records.described(parts["metadata"])
    assert {told.values[name] for name in ("全宗号", "年度", "保管期限", "机构或问题", "室编件号")} == {
        "Z003",
        "2026",
        "D30",
        "BGS",
        "0001",
    }
    assert told.number == item.archive_number
    assert told.values["题名"] == item.title and told.values["主送"] == "各乡镇人民政府"
    assert [event.action for event in told.events] == ["起草", "签发", "归档"]
    assert {"YL003", "BGS", county.archivist.code} <= {agent.code for agent in told.agents}
    assert [c.name for c in told.contents] == [p.name for p in queries.parts(item) if p.role != "metadata"]
    log = json.loads(read(parts["log"].file.sm3))
    assert [entry["verb"] for entry in log] == ["archive.prefile"] and log[0]["what"] == "预归档"
    assert queries.faults(item) == []


def test_the_signature_of_the_head_holds_from_the_kept_files_alone(prefile):
    parts = {part.role: part for part in queries.parts(prefile())}
    (own,) = signatures.read(read(parts["signatures"].file.sm3))
    exact = read(parts["signed"].file.sm3)
    assert signatures.holds(own, exact) and not signatures.holds(own, exact + b" ")


def test_a_received_paper_is_kept_under_its_sender(receive, fonds):
    item = receive()
    assert [part.role for part in queries.parts(item)] == ["final", "sheet", "metadata", "log"]
    assert (item.maker, item.original, item.number, item.proposed) == ("云州市人民政府", "云州政发〔2026〕1号", "云政收〔2026〕1号", "D30")
    told = records.described(item.parts.get(role="metadata"))
    assert told.values["文件编号"] == item.original and told.values["附注"] == "收文号：云政收〔2026〕1号"
    assert queries.faults(item) == []


def test_an_item_is_found_by_its_numbers_and_words_by_whoever_keeps_it(county, prefile, receive, fonds):
    issued, received = prefile(1), receive(2)
    confirm([Choice("D2026-000001", klass="BGS")], county.archivist)

    def found(person, words):
        return [hit.key for hit in search.find(person, words) if hit.kind == "archive.item"]

    assert found(county.archivist, "第1件事") == found(county.archivist, "BGS-0001") == [issued.pk]
    assert found(county.archivist, "云州政发〔2026〕2号") == [received.pk]
    assert found(county.partys_archivist, "第1件事") == found(county.dispatcher, "第1件事") == []


def test_parts_of_one_name_are_told_apart(prefile, pdf):
    item = prefile(attachments=[("正本.pdf", pdf), ("附表.pdf", pdf)])
    assert [p.name for p in queries.parts(item)[:3]] == ["正本.pdf", "正本（2）.pdf", "附表.pdf"] and item.pages == 3


def test_pre_filing_twice_changes_nothing(prefile):
    first = prefile()
    entries = Entry.objects.count()
    assert prefile(title="别的题名") == first
    assert Entry.objects.count() == entries and Part.objects.count() == 8


def test_nothing_is_pre_filed_without_its_page_or_with_one_that_does_not_open(prefile):
    refused("没有正式版面", prefile, kept=[Kept(Role.SHEET, "处理单.pdf", b"%PDF-1.7")])
    refused("打不开", prefile, kept=[Kept(Role.FINAL, "正本.pdf", b"%PDF-1.7 broken")])


def test_the_archivist_confirms_in_bulk_and_only_then_numbers_are_given(county, prefile, fonds):
    for serial in (1, 2, 3):
        prefile(serial, important=serial == 2)
    done = confirm([Choice(f"D2026-{n:06d}", klass="BGS") for n in (3, 1, 2)], county.archivist)
    assert [item.archive_number for item in done] == [
        "Z003-WS·2026-D30-BGS-0001",
        "Z003-WS·2026-Y-BGS-0001",
        "Z003-WS·2026-D30-BGS-0002",
    ]
    assert [item.written_on.day for item in done] == [1, 2, 3]  # numbered in order of time (5.3)
    assert {(item.state, item.filed_by) for item in done} == {("filed", county.archivist)}
    assert Entry.objects.filter(verb="archive.confirm").count() == 3


def test_the_period_that_the_archivist_chooses_counts(county, prefile, fonds):
    prefile()
    (done,) = confirm([Choice("D2026-000001", "D10", "YWL")], county.archivist)
    assert done.archive_number == "Z003-WS·2026-D10-YWL-0001"


def test_one_item_that_can_not_be_filed_refuses_the_whole_batch(county, prefile, fonds):
    prefile(1)
    prefile(2)
    good, bad = Choice("D2026-000001", klass="BGS"), Choice("D2026-000002", klass="")
    refused("请选择机构（问题）类目", confirm, [good, bad], county.archivist)
    assert [item.archive_number for item in confirm([good], county.archivist)] == ["Z003-WS·2026-D30-BGS-0001"]


def test_nobody_else_files_and_nothing_is_filed_twice(county, prefile, fonds):
    prefile()
    choice = Choice("D2026-000001", klass="BGS")
    for other in (county.dispatcher, county.partys_archivist, county.court):
        refused("只有本全宗的档案员", confirm, [choice], other)
    refused("至少选择一件", confirm, [], county.archivist)
    refused("只有本全宗的档案员", confirm, [choice, Choice("D2026-000099")], county.archivist)
    confirm([choice], county.archivist)
    refused("已经归档", confirm, [choice], county.archivist)


def test_without_a_fonds_nothing_is_filed(county, prefile):
    prefile(organ="YL130", series="云政办发")
    refused("还没有登记全宗号", confirm, [Choice("D2026-000001")], county.archivist)
    actions.open_fonds("Z130", "县政府办", ["YL130"], county.archivist)
    (done,) = confirm([Choice("D2026-000001")], county.archivist)
    assert done.archive_number == "Z130-WS·2026-D30-0001"  # no classes: that part is left out


def test_content_that_changed_since_pre_filing_is_not_filed(county, prefile, fonds):
    item = prefile()
    path = place(item.parts.get(role="draft").file.sm3)
    path.chmod(0o600)
    path.write_bytes("改过的定稿".encode())
    assert queries.faults(item) == ["定稿.pdf"]
    refused("不完整或与预归档时的摘要不符", confirm, [Choice("D2026-000001", klass="BGS")], county.archivist)


def test_a_part_taken_away_is_found(prefile):
    item = prefile()
    item.parts.filter(role="log").delete()
    assert queries.faults(item) == ["处理过程", "固化摘要"]


def test_an_archival_number_is_permanent_in_the_database_itself(county, prefile, fonds):
    prefile()
    confirm([Choice("D2026-000001", klass="BGS")], county.archivist)
    for change in ({"archive_number": "Z003-WS·2026-Y-BGS-0009"}, {"archive_number": None}, {"digest": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Item.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.update(state="prefiled")


def test_a_fonds_is_registered_once_for_organs_that_one_keeps(county, fonds):
    refused("已在使用", actions.open_fonds, "Z003", "又一个", ["YL205"], None)
    refused("已有全宗", actions.open_fonds, "Z009", "又一个", ["YL130"], county.archivist)
    refused("只能登记自己保管的机关", actions.open_fonds, "Z009", "石桥镇", ["YL205"], county.archivist)
    refused("4位大写字母或数字", actions.open_fonds, "z9", "石桥镇", ["YL205"], None)
    refused("没有这个全宗", actions.add_class, "Z001", "BGS", "办公室", county.archivist)
    refused("已在使用", actions.add_class, "Z003", "BGS", "办公室", county.archivist)
    assert actions.add_class("Z003", "RSL", "人事类", county.archivist).code == "RSL"


def test_the_demo_county_gets_its_fonds_and_its_earlier_papers_once(county):
    assert demo.plant() == "5 fonds, 5 earlier papers"
    assert demo.plant() == "fonds are there"
    assert Member.objects.filter(fonds=queries.fonds_of(county.organs["YL130"])).count() == 2
    assert queries.fonds_of(county.organs["YL003"]).classes.count() == 2
    assert [item.year for item in Item.objects.filter(state="filed").order_by("year")] == [1998, 2000, 2012, 2013, 2014]
