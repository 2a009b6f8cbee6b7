"""您上次看后: the list says in words what changed, the page shows exactly that; each person's own look counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation import clock
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.models import Look
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.rules import since as rules
from zhengtong.office.documents.views.since import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Time goes on by so many minutes."""
    at = [datetime(2026, 9, 14, 9, tzinfo=clock.ZONE)]
    monkeypatch.setattr(clock, "now", lambda: at[0])

    def later(minutes=60):
        at[0] += timedelta(minutes=minutes)

    return later


def mend(document, by, old, new):
    """Change some words of the text as it now stands."""
    document.refresh_from_db()
    content = actions.content_of(document)
    return actions.save(document.code, by, replace(content, text=content.text.replace(old, new)), version=document.version)


def listed(person):
    """What the list says of the one paper on it."""
    (item,) = queries.todo(person)
    return said(item.news) if item.news else []


def test_the_list_and_the_page_say_the_same_and_the_page_marks_exactly_that(later, cast, walk, desk):
    document = walk("office")
    reviewer = desk("reviewer")
    reviewer.get(f"/documents/{document.code}/")
    later()
    actions.return_(document.code, cast.reviewer, "请补充")
    mend(document, cast.drafter, "压实责任", "压实各方责任")
    mend(document, cast.drafter, "专人包片", "专人包村")
    later()
    actions.submit(document.code, cast.drafter, "已补充")
    assert listed(cast.reviewer) == ["drafter改动2处", "drafter已送审"]
    later()
    page = reviewer.get(f"/documents/{document.code}/")
    shown = page.context["since"]
    assert shown["words"] == ["drafter改动2处", "drafter已送审"] and shown["version"] == 1
    assert [[(p.text, bool(p.put), bool(p.cut)) for p in line["pieces"] if p.put or p.cut] for line in shown["lines"]] == [
        [("各方", True, False)],
        [("片", False, True), ("村", True, False)],
    ]
    assert "<ins" in page.content.decode() and "您上次看后" in page.content.decode()
    assert listed(cast.reviewer) == [], "now he has seen it"
    later(10)
    assert reviewer.get(f"/documents/{document.code}/").context["since"]["version"] == 1, "who sits there still is shown the same"
    later(31)
    assert reviewer.get(f"/documents/{document.code}/").context["since"] is None


def test_who_never_saw_a_paper_is_told_nothing_and_his_own_changes_are_no_news(later, cast, walk, desk):
    document = walk("office")
    assert queries.todo(cast.reviewer)[0].news is None and queries.todo(cast.reviewer)[0].seen is False
    page = desk("reviewer").get(f"/documents/{document.code}/")
    assert page.context["since"] is None
    later()
    mend(document, cast.reviewer, "压实", "夯实")
    assert listed(cast.reviewer) == [] and queries.todo(cast.reviewer)[0].seen


def test_a_deputys_look_is_not_his_principals(later, cast, walk, desk):
    document = walk("office")
    desk("reviewer").get(f"/documents/{document.code}/")
    day = clock.today()
    slips.entrust(cast.reviewer, cast.director, day, day, "开会", cast.reviewer)
    later()
    actions.return_(document.code, cast.reviewer, "请补充")
    mend(document, cast.drafter, "压实", "夯实")
    later()
    actions.submit(document.code, cast.drafter)
    desk("director").get(f"/documents/{document.code}/")
    assert Look.objects.filter(slip=document.slip).count() == 2
    assert listed(cast.reviewer) == ["drafter改动1处", "drafter已送审"]
    assert [item.news for item in queries.todo(cast.director)] == [None], "he saw it as it is"


def test_withdrawn_and_sent_again_with_a_change_is_said_to_who_had_looked(later, cast, walk):
    document = walk("office")
    actions.review_office(document.code, cast.reviewer, "同意")
    slips.look(document.slip, cast.head, digest=document.content_digest)  # followed from afar
    later()
    actions.take_back(document.code, cast.reviewer)
    mend(document, cast.reviewer, "压实", "夯实")
    later()
    actions.review_office(document.code, cast.reviewer, "同意")
    actions.approve_deputy(document.code, cast.deputy)
    assert listed(cast.head) == ["reviewer改动1处", "reviewer已审核", "deputy已审批"]


def test_a_paper_that_was_handed_on_is_new_to_who_takes_it(later, cast, walk):
    document = walk("signing")
    slips.look(document.slip, cast.head, digest=document.content_digest)
    later()
    mend(document, cast.head, "压实", "夯实")
    actions.forward(document.code, cast.head, cast.deputy, "外出")
    assert listed(cast.deputy) == ["head改动1处"], "he approved it as it stood before"
    assert queries.todo(cast.head) == []


def test_elements_that_are_others_now_are_named_with_both_words(later, cast, walk, desk):
    document = walk("office")
    slips.look(document.slip, cast.drafter)
    later()
    actions.save(document.code, cast.reviewer, replace(actions.content_of(document), urgency="urgent"), version=1)
    shown = desk("drafter").get(f"/documents/{document.code}/").context["since"]
    assert shown["elements"] == [{"label": "紧急程度", "was": "", "now": "加急"}] and shown["lines"] == []


def test_the_marked_up_draft_can_start_at_what_one_saw(later, cast, walk, desk):
    document = walk("office")
    mend(document, cast.reviewer, "压实", "夯实")
    mend(document, cast.reviewer, "专人包片", "专人包村")
    page = desk("reviewer").get(f"/documents/{document.code}/traces/?since=2").content.decode()
    marked = page.split('class="zt-marked"')[1].split("</article>")[0]
    assert "包" in marked and "夯" in marked and marked.count("<ins") == 1 == marked.count("<del")
    assert desk("reviewer").get(f"/documents/{document.code}/traces/?since=9").status_code == 404


def test_the_list_asks_as_much_for_many_papers_as_for_one(later, cast, walk):
    document = walk("signing")
    slips.look(document.slip, cast.head)
    later()
    mend(document, cast.head, "压实", "夯实")
    with CaptureQueriesContext(connection) as alone:
        queries.todo(cast.head)
    for _ in range(2):
        other = walk("signing")
        slips.look(other.slip, cast.head)
    with CaptureQueriesContext(connection) as more:
        assert len(queries.todo(cast.head)) == 3
    assert len(more) == len(alone)


def test_of_many_things_a_few_are_said_and_how_many():
    deeds = tuple(rules.Deed(f"甲{n}", "unit", "处室审核", "agree") for n in range(6))
    words = rules.News(clock.now(), (("乙", 3),), deeds).words()
    assert len(words) == rules.MOST + 1 and words[-1] == (rules.MORE, {"n": 7})
    assert rules.News(clock.now(), (), (rules.Deed("丙", "office", "", "", returned=True),)).words() == [
        (rules.RETURNED, {"who": "丙", "stage": ""})
    ]
    assert rules.element("recipients", [["YL205", "各乡镇人民政府", False], ["YL206", "各乡镇人民政府", False]]) == "各乡镇人民政府"
