"""打印登记: who printed what for whom, and what became of each copy."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.office.dispatch.models import Receipt
from zhengtong.office.documents import actions as documents
from zhengtong.office.documents.actions import Content
from zhengtong.office.prints import actions, queries, rules
from zhengtong.office.prints.models import Ending, Print


@pytest.mark.parametrize(
    ("copies", "receiver", "reason", "field"),
    [
        (1, "县长", "送阅", None),
        (rules.MOST, "县长", "送阅", None),
        (0, "县长", "送阅", "copies"),
        (rules.MOST + 1, "县长", "送阅", "copies"),
        (1, " ", "送阅", "receiver"),
        (1, "县长", " ", "reason"),
    ],
)
def test_what_is_asked_before_printing(copies, receiver, reason, field):
    no = rules.print_objection(copies, receiver, reason)
    assert (no.field if no else None) == field


@pytest.mark.parametrize(
    ("fate", "copies", "witnessed", "field"),
    [
        ("returned", 3, False, None),
        ("destroyed", 3, True, None),
        ("destroyed", 3, False, "witness"),  # 第三十五条: nobody destroys alone
        ("returned", 4, False, "copies"),
        ("returned", 0, False, "copies"),
        ("lost", 1, True, "fate"),
    ],
)
def test_how_copies_end(fate, copies, witnessed, field):
    no = rules.end_objection(fate, copies, 3, witnessed=witnessed)
    assert (no.field if no else None) == field


def test_the_tables_name_every_thing_and_end_with_its_article():
    assert set(rules.THINGS) == set(rules.Thing)
    assert {end.fate for end in rules.ENDS} == set(rules.Fate)
    assert all(end.article for end in rules.ENDS)


@pytest.fixture
def receipt(county, sent):
    given = sent()
    return Receipt.objects.get(dispatch=given, organ=county.organs["YL102"])


@pytest.fixture
def printed(county, receipt):
    return actions.register("copy", str(receipt.pk), county.party, 5, "常委会各成员", "上会")


def refused(match, verb, *args, **more):
    before = (Print.objects.count(), Ending.objects.count(), Entry.objects.count())
    with pytest.raises(Refused, match=match):
        verb(*args, **more)
    assert (Print.objects.count(), Ending.objects.count(), Entry.objects.count()) == before


@pytest.mark.django_db
def test_copies_are_accounted_for_until_none_is_out(county, printed):
    assert (queries.left(printed), Entry.objects.get(verb="prints.register").detail["copies"]) == (5, 5)
    actions.end(printed.pk, county.party, "returned", 3, note="散会收回")
    refused("还在外的只有2份", actions.end, printed.pk, county.party, "returned", 3)
    refused("监销", actions.end, printed.pk, county.party, "destroyed", 2)
    refused("监销", actions.end, printed.pk, county.party, "destroyed", 2, county.party)
    refused("本机关人员", actions.end, printed.pk, county.party, "destroyed", 2, county.shiqiao)
    actions.end(printed.pk, county.party, "destroyed", 2, county.partys_archivist)
    assert queries.left(printed) == 0
    assert not queries.listed(county.party, out=True).exists()
    (row,) = queries.figures(county.party)
    assert {k: row[k] for k in ("acts", "copies", "back", "gone", "out")} == {"acts": 1, "copies": 5, "back": 3, "gone": 2, "out": 0}


@pytest.mark.django_db
def test_nobody_prints_what_he_may_not_see_and_no_other_organ_sees_the_register(county, receipt, printed):
    refused("没有这份文件", actions.register, "copy", str(receipt.pk), county.shiqiao, 1, "镇长", "送阅")
    refused("没有这份文件", actions.register, "page", "D2026-000001", county.party, 1, "书记", "送阅")
    refused("没有这份文件", actions.register, "anything", str(receipt.pk), county.party, 1, "书记", "送阅")
    refused("秘书", actions.end, printed.pk, county.secretary, "returned", 1)
    assert not queries.listed(county.secretary).exists()
    assert not queries.figures(county.secretary)


@pytest.mark.django_db
def test_a_page_is_printed_only_when_there_is_one_and_a_sheet_from_the_draft_on(county):
    content = Content(kind="notice", title="云岭县人民政府办公室关于防火的通知", text="请照办。", publication="proactive")
    document = documents.draft(content, county.drafter, organ=county.organs["YL130"])
    refused("没有这份文件", actions.register, "page", document.code, county.drafter, 1, "主任", "送阅")
    made = actions.register("sheet", document.code, county.drafter, 1, "主任", "送签")
    assert (made.organ.code, made.thing) == ("YL130", "sheet")
    assert queries.titles(county.secretary, [made])[made.pk].title == document.title
    assert not queries.titles(county.party, [made])  # another organ's secretary learns no title


@pytest.mark.django_db
def test_the_register_is_append_only_in_the_database(county, printed):
    for words in ("UPDATE prints_print SET copies = 1", "DELETE FROM prints_print"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    assert Print.objects.get().copies == 5


@pytest.mark.django_db
def test_the_pages_from_the_paper_to_the_settled_register(county, receipt, enter):
    client = enter(county.party)
    address = reverse("prints:new", args=["copy", receipt.pk])
    assert address in client.get(reverse("dispatch:copy", args=[receipt.pk])).content.decode()
    form = {"copies": "3", "receiver": "常委会各成员", "reason": ""}
    answer = client.post(address, form)
    assert answer.status_code == 422 and "常委会各成员" in answer.content.decode() and not Print.objects.exists()
    page = client.post(address, {**form, "reason": "上会"}).content.decode()
    assert "已登记：3份" in page and reverse("dispatch:copy_pdf", args=[receipt.pk]) in page
    register = client.get(reverse("prints:register")).content.decode()
    assert receipt.dispatch.title in register and "各机关的打印情况" in register
    key = Print.objects.get().pk
    here = reverse("prints:printed", args=[key])
    assert client.post(here, {"fate": "destroyed", "copies": "3"}).status_code == 422
    assert not Ending.objects.exists()
    witness = county.partys_archivist.pk
    assert "每一份都有下落" in client.post(here, {"fate": "destroyed", "copies": "3", "witness": witness}, follow=True).content.decode()
    assert enter(county.secretary).get(here).status_code == 404
    assert enter(county.shiqiao).get(address).status_code == 404
    assert client.get(reverse("prints:new", args=["nothing", "1"])).status_code == 404
