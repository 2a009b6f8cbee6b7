"""The rule book beside the draft, at review and at recheck; an error that stays needs a reason, which the audit keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from zhengtong.foundation.audit.models import Entry
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document

from .conftest import BODY, PIN
from .test_actions import facts, last, refused

pytestmark = pytest.mark.django_db
FAULTY = BODY + "\n加强领导,落实责任。"


@pytest.fixture
def desk(cast):
    def sit(part):
        client = Client()
        client.force_login(cast[part].account)
        session = client.session
        session["accounts.way"] = "key"
        session.save()
        return client

    return sit


def form(**changes):
    return {
        "organ": "YL003", "kind": "notice", "title": "云岭县人民政府关于做好防火工作的通知", "text": BODY, "groups": ["各乡镇人民政府"],
        "publication": "proactive", **changes,
    }  # fmt: skip


def margin(client, **changes):
    answer = client.post(reverse("documents:findings"), form(**changes))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_margin_tells_what_is_wrong_while_typing_and_stores_nothing(desk):
    drafter = desk("drafter")
    assert "没有发现问题" in margin(drafter, text="为做好防火工作，请各乡镇设卡检查。")
    found = margin(drafter, text=FAULTY)
    assert "PU-01" in found and "中文中的标点用全角" in found and "→" in found
    assert not Document.objects.exists()


def test_an_unfinished_form_is_no_fault_of_the_margin(desk):
    drafter = desk("drafter")
    for changes in ({"organ": "?"}, {"kind": ""}, {"title": "", "text": ""}, {"groups": []}, {"kind": "minutes", "groups": []}):
        assert margin(drafter, **changes)


def test_the_directory_tells_how_receivers_stand(desk):
    found = margin(
        desk("drafter"), kind="request", title="云岭县人民政府关于经费的请示", groups=[], recipients="云岭县财政局", text="请批示。"
    )
    assert "RT-03" in found
    found = margin(
        desk("drafter"), kind="request", title="云岭县人民政府关于经费的请示", groups=[], recipients="云州市人民政府", text="请批示。"
    )
    assert "RT-03" not in found


def test_the_margin_speaks_english_to_who_reads_english(desk):
    drafter = desk("drafter")
    drafter.cookies.load({"django_language": "en"})
    drafter.cookies.load({"django_language_office": "en"})
    answer = drafter.post(reverse("documents:findings"), form(text=FAULTY), headers={"accept-language": "en"})
    assert "full width" in answer.content.decode()


@pytest.mark.parametrize(("state", "verb"), [("office", "review_office"), ("recheck", "recheck")])
def test_an_error_that_stays_needs_a_reason_and_the_reason_is_on_record(cast, walk, state, verb):
    document = faulty(walk, cast, state)
    act = getattr(actions, verb)
    refused(document, "PU-01", act, document.code, cast.reviewer, "同意")
    before = Entry.objects.filter(verb="documents.override").count()
    act(document.code, cast.reviewer, "同意", reserve="引文原文如此")
    entry = last("documents.override")
    assert Entry.objects.filter(verb="documents.override").count() == before + 1
    assert entry.detail == {"rules": ["PU-01"], "reason": "引文原文如此", "digest": document.content_digest}


def faulty(walk, cast, state):
    """A document whose error was let pass at review when it has come further."""
    document = walk("office", text=FAULTY)
    if state == "recheck":
        actions.review_office(document.code, cast.reviewer, reserve="引文原文如此")
        actions.approve_deputy(document.code, cast.deputy)
        actions.sign(document.code, cast.head, PIN)
        document.refresh_from_db()
    return document


def test_a_document_in_order_needs_no_reason_and_leaves_no_override(cast, walk):
    document = walk("office")
    actions.review_office(document.code, cast.reviewer, "同意")
    assert last("documents.override") is None


def test_the_reviewer_sees_the_findings_and_is_asked_for_the_reason(desk, walk):
    document = walk("office", text=FAULTY)
    reviewer = desk("reviewer")
    page = reviewer.get(reverse("documents:page", args=[document.code])).content.decode()
    assert "PU-01" in page and "不改正错误的理由" in page
    before = facts(document)
    answer = reviewer.post(reverse("documents:act", args=[document.code, "review_office"]), {"opinion": "同意"})
    assert answer.status_code == 422 and "写明不改正的理由" in answer.content.decode()
    assert facts(document) == before
    done = reviewer.post(reverse("documents:act", args=[document.code, "review_office"]), {"opinion": "同意", "reserve": "引文原文如此"})
    assert done.status_code == 302
    assert queries.notes(document)[0].field == "text"
