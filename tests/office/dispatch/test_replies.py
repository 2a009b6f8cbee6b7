"""A notice that asks its receivers to fill in a form by a day: who has, who is missing, one table."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.office.dispatch import actions, queries, tables
from zhengtong.office.dispatch.models import Call, Reply
from zhengtong.office.dispatch.rules import replies
from zhengtong.office.dispatch.rules.replies import Column, Kind

COLUMNS = "完成户数|数字\n负责人\n完成日期｜日期"
GOOD = ["12", "张三", "2026-11-30"]
SOON = clock.today() + timedelta(days=5)


def test_a_line_is_a_column_with_its_kind():
    assert replies.columns(f"{COLUMNS}\n\n 备注 | 别的") == [
        Column("完成户数", Kind.NUMBER), Column("负责人"), Column("完成日期", Kind.DATE), Column("备注"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "due", "field"), [
    ("", SOON, "columns"), ("甲\n甲", SOON, "columns"), ("\n".join(map(str, range(31))), SOON, "columns"), ("甲", date(2020, 1, 1), "due"),
])  # fmt: skip
def test_a_call_asks_something_once_and_leaves_time(text, due, field):
    assert replies.call_objection(replies.columns(text), due, clock.today()).field == field


@pytest.mark.parametrize(("values", "field"), [
    (["", "张三", "2026-11-30"], "value0"), (["十二", "张三", "2026-11-30"], "value0"), (["12", "张三", "11月30日"], "value2"),
    (["12", "张" * 301, "2026-11-30"], "value1"), (["12"], "value1"), (["1,200.5", "张三", "2026-11-30"], None),
])  # fmt: skip
def test_an_answer_fills_every_column_as_its_kind_wants(values, field):
    no = replies.answer_objection(replies.columns(COLUMNS), values)
    assert (no.field if no else None) == field


def test_the_table_adds_up_the_numbers():
    table = replies.merged(replies.columns("户数|数字\n备注"), [("甲镇", ["1,200", "无"], "张", "t"), ("乙镇", ["0.5", "有"], "李", "t")],
                           ["机关", "填报人", "时间", "合计"])  # fmt: skip
    assert table == [["机关", "户数", "备注", "填报人", "时间"], ["甲镇", 1200, "无", "张", "t"], ["乙镇", 0.5, "有", "李", "t"],
                     ["合计", 1200.5, "", "", ""]]  # fmt: skip


def test_what_a_person_typed_never_becomes_a_formula():
    table = [["机关", "备注"], ["甲镇", "=1+1"], ["乙镇", "@x"], ["丙镇", -3]]
    cells = load_workbook(io.BytesIO(tables.xlsx(table))).active
    assert (cells["B2"].value, cells["B2"].data_type) == ("=1+1", "s") and cells["B4"].value == -3
    assert tables.comma_separated(table).decode("utf-8-sig").splitlines()[1:] == ["甲镇,'=1+1", "乙镇,'@x", "丙镇,-3"]


def refused(match, verb, *args):
    before = Call.objects.count(), list(Reply.objects.values()), Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args)
    assert before == (Call.objects.count(), list(Reply.objects.values()), Entry.objects.count(), Notice.objects.count())


@pytest.mark.django_db
def test_townships_are_asked_answer_correct_and_are_urged(county, sent):
    given = sent()
    refused("没有这份文件", actions.ask, given.pk, county.court, COLUMNS, SOON)
    refused("至少写一栏", actions.ask, given.pk, county.dispatcher, " ", SOON)
    call = actions.ask(given.pk, county.dispatcher, COLUMNS, SOON)
    refused("已在征集", actions.ask, given.pk, county.dispatcher, COLUMNS, SOON)
    towns = county.organs["YL205"], county.organs["YL206"]
    assert queries.missing(call) == list(towns)  # whoever only has a copy for information is not asked
    assert [c.pk for c in queries.calls_to(county.shiqiao)] == [call.pk] and not queries.calls_to(county.party).exists()
    refused("须填数字", actions.answer, call.pk, towns[0], county.shiqiao, ["多", "张三", "2026-11-30"])
    refused("没有这份文件", actions.answer, call.pk, towns[1], county.shiqiao, GOOD)
    refused("没有这份文件", actions.answer, call.pk, county.organs["YL102"], county.party, GOOD)
    actions.answer(call.pk, towns[0], county.shiqiao, GOOD)
    actions.answer(call.pk, towns[0], county.shiqiao, ["15", "张三", "2026-11-30"])
    assert Reply.objects.get().values[0] == "15" and queries.missing(call) == [towns[1]]
    assert not queries.calls_to(county.shiqiao).exists()
    Notice.objects.all().delete()
    assert actions.urge_missing(call.pk, county.dispatcher) == 1
    assert [n.person for n in Notice.objects.all()] == [county.liuhe]
    actions.close_call(call.pk, county.dispatcher)
    refused("已截止收集", actions.answer, call.pk, towns[1], county.liuhe, GOOD)
    refused("已截止收集", actions.urge_missing, call.pk, county.dispatcher)


@pytest.mark.django_db
def test_who_no_longer_has_the_document_is_not_asked(county, sent):
    given = sent()
    call = actions.ask(given.pk, county.dispatcher, COLUMNS, SOON)
    actions.send_back(given.receipts.get(organ__code="YL205").pk, county.shiqiao, "不属本镇")
    assert queries.missing(call) == [county.organs["YL206"]]
    refused("没有这份文件", actions.answer, call.pk, county.organs["YL205"], county.shiqiao, GOOD)


@pytest.mark.django_db
def test_the_pages_ask_take_answers_and_give_the_table(county, sent, enter):
    given, client, town = sent(), enter(county.dispatcher), enter(county.shiqiao)
    assert client.post(f"/dispatch/{given.pk}/ask/", {"columns": COLUMNS, "due": "2020-01-01"}).status_code == 422
    page = client.post(f"/dispatch/{given.pk}/ask/", {"columns": COLUMNS, "due": SOON.isoformat()}, follow=True).content.decode()
    call = Call.objects.get()
    assert "还有2个机关没有回复" in page
    assert "等本机关回复" in town.get("/received/").content.decode()
    form = {"organ": "YL205", "value0": "12", "value1": "=SUM(A1)", "value2": "2026-11-30"}
    assert town.post(f"/replies/{call.pk}/answer/", {**form, "value0": "多"}).status_code == 422
    assert "已于" in town.post(f"/replies/{call.pk}/answer/", form, follow=True).content.decode()
    assert "还有1个机关没有回复" in client.get(f"/replies/{call.pk}/").content.decode()
    cells = load_workbook(io.BytesIO(client.get(f"/replies/{call.pk}/table.xlsx").content)).active
    assert [cells["A2"].value, cells["B2"].value, cells["C2"].value, cells["B3"].value] == ["云岭县石桥镇人民政府", 12, "=SUM(A1)", 12]
    assert "'=SUM" in client.get(f"/replies/{call.pk}/table.csv").content.decode("utf-8-sig")
    assert client.get(f"/replies/{call.pk}/table.doc").status_code == 404
    assert "已催报1个机关" in client.post(f"/replies/{call.pk}/urge/", follow=True).content.decode()
    assert "已截止收集" in client.post(f"/replies/{call.pk}/close/", follow=True).content.decode()
    assert enter(county.court).get(f"/replies/{call.pk}/").status_code == 404
    assert town.get(f"/replies/{call.pk}/table.xlsx").status_code == 403
