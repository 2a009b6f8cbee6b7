"""一并签发: only what the rows allow, each paper by itself; a wrong PIN counts once and nothing is signed."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation.accounts.actions import count_wrong_pins
from zhengtong.foundation.accounts.models import PersonalKey
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import several as rules

from .conftest import BODY, PIN

pytestmark = pytest.mark.django_db


def looked(document, by):
    slips.look(document.slip, by, digest=document.content_digest)
    return document


def chosen(*documents):
    return [(document.code, document.content_digest) for document in documents]


def bars(person):
    return {item.document.code: item.box.bar.code if item.box.bar else "" for item in queries.todo(person) if item.box}


STANDING = rules.Standing(False, False, False, False, False, "d", "d")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"secret": True}, "secret"),
        ({"upward": True}, "upward"),
        ({"important": True}, "important"),
        ({"disagreement": True}, "disagreement"),
        ({"reserved": True}, "reserved"),
        ({"seen": ""}, "unseen"),
        ({"seen": "c"}, "changed"),
        ({"important": True, "seen": ""}, "important"),
    ],
)
def test_the_rows(change, code):
    found = rules.bar(replace(STANDING, **change))
    assert (found.code if found else None) == code
    assert all("本县约定" in row.article and row.said for row in rules.BARS)


def test_two_papers_that_were_read_are_signed_at_one_pin_each_by_itself(cast, walk):
    first, second = (looked(walk("signing"), cast.head) for _ in range(2))
    assert bars(cast.head) == {first.code: "", second.code: ""}
    done = actions.sign_several(chosen(first, second), cast.head, PIN, "同意印发")
    assert [outcome.why for outcome in done] == [None, None]
    for document in (first, second):
        document.refresh_from_db()
        assert document.state == "recheck" and document.signature["digest"] == document.content_digest
        assert Line.objects.get(slip=document.slip, stage="sign").opinion == "同意印发"
    assert first.signature["signature"] != second.signature["signature"]
    assert Entry.objects.filter(verb="documents.sign").count() == 2


def test_a_wrong_pin_counts_once_and_nothing_is_signed(cast, walk):
    papers = [looked(walk("signing"), cast.head) for _ in range(2)]
    with pytest.raises(Refused, match="还可以试4次"):
        actions.sign_several(chosen(*papers), cast.head, "Wrong-2026")
    count_wrong_pins()  # written down when the test's own transaction lets it
    assert PersonalKey.objects.get(account=cast.head.account).failures == 1
    assert set(Document.objects.values_list("state", flat=True)) == {"signing"} and not Entry.objects.filter(verb="documents.sign").exists()


def test_what_changed_in_between_is_left_out_and_said_and_the_others_are_signed(cast, walk):
    first, second = (looked(walk("signing"), cast.head) for _ in range(2))
    ticked = chosen(first, second)
    actions.save(
        second.code,
        cast.head,
        replace(actions.content_of(second), title="云岭县人民政府关于做好冬季防火工作的通知"),
        version=second.version,
    )
    done = actions.sign_several(ticked, cast.head, PIN)
    assert [outcome.why.code if outcome.why else "" for outcome in done] == ["", "changed"]
    assert set(Document.objects.values_list("state", flat=True)) == {"recheck", "signing"}
    second.refresh_from_db()
    looked(second, cast.head)  # he has now seen the new text, but ticked the old one
    assert actions.sign_several(ticked[1:], cast.head, PIN)[0].why.code == "stale"


def test_what_the_rows_forbid_says_why_before_and_when_tried(cast, walk):
    important = looked(walk("signing", important=True), cast.head)
    unseen = walk("signing")
    reserved = walk("countersign")
    actions.answer_consultation(reserved.code, cast.education, "agree")
    actions.answer_consultation(reserved.code, cast.finance, "disagree", "经费没有来源")
    actions.review_office(reserved.code, cast.reviewer, "", "无")
    consultation = reserved.consultations.get(answer="disagree")
    actions.settle_disagreement(reserved.code, cast.deputy, consultation.pk, "经费由县财政另行安排")
    actions.approve_deputy(reserved.code, cast.deputy)
    actions.add_signer(reserved.code, cast.head, cast.director, "before", "请看")
    actions.advise(reserved.code, cast.director, "disagree", "宜缓")
    reserved.refresh_from_db()
    looked(reserved, cast.head)
    want = {important.code: "important", unseen.code: "unseen", reserved.code: "disagreement"}
    assert bars(cast.head) == want
    done = actions.sign_several(chosen(important, unseen, reserved), cast.head, PIN)
    assert [outcome.why.code for outcome in done] == list(want.values())
    assert not Document.objects.filter(state="recheck").exists()


def test_an_error_that_the_office_left_in_is_signed_by_itself_and_shown(cast, walk, desk):
    document = walk("office", text=f"{BODY}\n请各乡镇抓好落实,并及时报告。")
    with pytest.raises(Refused, match="错误"):
        actions.review_office(document.code, cast.reviewer)
    actions.review_office(document.code, cast.reviewer, "", "引文原文如此")
    actions.approve_deputy(document.code, cast.deputy)
    document.refresh_from_db()
    looked(document, cast.head)
    assert bars(cast.head) == {document.code: "reserved"}
    assert "引文原文如此" in desk("head").get(f"/documents/{document.code}/").content.decode()


def test_a_deputy_for_an_absence_and_who_has_no_turn_sign_nothing(cast, walk):
    document = looked(walk("signing"), cast.registrar)
    (outcome,) = actions.sign_several(chosen(document), cast.registrar, PIN)
    assert outcome.why and outcome.title == document.code, "what he may not see is not named"
    document.refresh_from_db()
    assert document.state == "signing"


def test_the_list_signs_what_is_ticked_and_keeps_the_ticks_after_a_wrong_pin(cast, walk, desk):
    first, second, third = (walk("signing") for _ in range(3))
    head = desk("head")
    for document in (first, second):
        head.get(f"/documents/{document.code}/")
    page = head.get("/").content.decode()
    assert page.count('name="paper"') == 2 and "您还没有打开看过" in page
    ticks = [f"{d.code}:{d.content_digest}" for d in (first, second)]
    wrong = head.post("/documents/sign/", {"paper": ticks, "pin": "Wrong-2026", "opinion": "照办"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert text.count(" checked") == 2 and "照办" in text and "密钥口令不正确" in text
    assert head.post("/documents/sign/", {"pin": PIN}).status_code == 422, "nothing ticked"
    done = head.post("/documents/sign/", {"paper": [*ticks, f"{third.code}:{third.content_digest}"], "pin": PIN}, follow=True)
    said = [str(message) for message in done.context["messages"]]
    assert said[0] == "已签发2件" and third.title in said[1] and "没有打开看过" in said[1] and len(said) == 2
    assert sorted(Document.objects.values_list("state", flat=True)) == ["recheck", "recheck", "signing"]
    assert 'name="paper"' not in desk("drafter").get("/").content.decode()


def test_the_boxes_cost_as_much_for_many_papers_as_for_one(cast, walk):
    walk("signing")
    with CaptureQueriesContext(connection) as alone:
        queries.todo(cast.head)
    for _ in range(2):
        walk("signing")
    with CaptureQueriesContext(connection) as more:
        queries.todo(cast.head)
    assert len(more) == len(alone)
