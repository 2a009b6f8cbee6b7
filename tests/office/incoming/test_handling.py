"""收文处理单: what was registered, who proposed, instructed, handled and read, as the form that is printed and kept."""

import pytest
from django.urls import reverse
from tests.office.documents.test_filed import words

from zhengtong.foundation import clock
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.incoming import actions
from zhengtong.office.incoming.handling import handling
from zhengtong.papers.typeset import sheet
from zhengtong.papers.typeset.paper import day

pytestmark = pytest.mark.django_db


def box(paper, label):
    return next(one for one in handling(paper).boxes if one.label == label)


def test_what_is_not_done_yet_is_left_blank(paper):
    found = paper()
    assert box(found, "收文号").text == found.number and box(found, "来文机关").text == found.sender
    assert box(found, "领导批示").said == () and box(found, "领导批示").tall and box(found, "办理结果").text == ""


def test_an_instruction_that_a_secretary_entered_is_marked_so(office, paper):
    found = paper()
    actions.check(found.code, office.receiver, "action")
    actions.propose(found.code, office.secretary, "拟请县长批示", leader=office.head.code)
    actions.transcribe(found.code, office.secretary, "同意，请抓紧落实。", found.received_at.date())
    (proposed,), (instructed,) = box(found, "拟办意见").said, box(found, "领导批示").said
    assert (proposed.text, proposed.by) == ("拟请县长批示", office.secretary.name) and "年" in proposed.on
    assert (instructed.text, instructed.by, instructed.on) == ("同意，请抓紧落实。", office.head.name, day(found.received_at.date()))
    assert instructed.mark == f"据手迹由{office.secretary.name}代录"
    assert instructed.mark in words(sheet.pdf(handling(found), clock.now()))


def test_who_leads_who_assists_and_who_read_it_stand_apart(office, handed_out):
    found = handed_out()
    lead = found.handlings.get(lead=True)
    assert [one.by for one in box(found, "主办").said] == [str(lead)] and len(box(found, "协办").said) == found.handlings.filter(
        lead=False
    ).count()
    assert box(found, "传阅").said == ()


def test_the_circulation_list_tells_who_read_it_and_who_did_not(office, paper):
    found = paper()
    made = circulation.circulate(
        found.code,
        title=found.title,
        organ=found.organ,
        origin="incoming",
        readers=[office.head.code, office.deputy.code],
        by=office.secretary,
    )
    circulation.read(made.pk, office.head, "已阅，请执行")
    read, unread = box(found, "传阅").said
    assert (read.by, read.text) == (office.head.name, "已阅，请执行") and "年" in read.on
    assert (unread.by, unread.on) == (office.deputy.name, "未阅")


def test_the_sheet_is_shown_as_it_prints_to_those_who_see_the_paper(office, paper, enter):
    found = paper()
    client = enter(office.receiver)
    assert reverse("incoming:handling_page", args=[found.code, 1]) in client.get(f"/incoming/{found.code}/sheet/").content.decode()
    assert client.get(reverse("incoming:handling_page", args=[found.code, 1])).content.startswith(b"\x89PNG")
    assert client.get(reverse("incoming:handling_pdf", args=[found.code])).content.startswith(b"%PDF")
    assert enter(office.finance).get(f"/incoming/{found.code}/sheet/").status_code == 404
