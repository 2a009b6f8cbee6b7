"""Finding papers by what stands in them, and never what one may not see."""

from dataclasses import replace

import pytest
from django.test import Client

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.search import actions as index
from zhengtong.foundation.search import queries as search
from zhengtong.foundation.search.models import Row
from zhengtong.office.documents import actions

from .test_classified import KNOWN, SECRET, classified  # noqa: F401  a fixture by name

pytestmark = pytest.mark.django_db


def titles(person, query, **more):
    return [hit.key for hit in search.find(person, query, **more)]


@pytest.fixture
def draft(cast, content, government):
    return actions.draft(content, cast.drafter, organ=government)


@pytest.mark.parametrize("query", ["防火", "包片", "逐户登记", "火", "排查 包片", "（一）落实包片。", "冬明春防火工"])
def test_a_word_of_the_title_or_the_text_finds_it(draft, cast, query):
    assert titles(cast.drafter, query) == [draft.pk]


@pytest.mark.parametrize("query", ["防水", "包片 防水", "片包", "", "，", "'; DROP TABLE search_row --", '"', "%", "*"])
def test_what_does_not_stand_there_finds_nothing_and_breaks_nothing(draft, cast, query):
    assert titles(cast.drafter, query) == []


def test_who_does_not_handle_it_does_not_find_it(draft, cast):
    assert titles(cast.outsider, "防火") == [] and titles(cast.finance, "防火") == []
    assert list(search.years(cast.outsider)) == []


def test_the_index_follows_each_verb_and_takes_nothing_from_a_refused_one(draft, cast, content):
    changed = replace(content, title="关于做好防汛工作的通知")
    actions.save(draft.code, cast.drafter, changed, version=draft.version)
    assert titles(cast.drafter, "防汛") == [draft.pk]
    with pytest.raises(Refused):
        actions.save(draft.code, cast.drafter, replace(content, title="关于抗旱的通知"), version=draft.version)
    assert titles(cast.drafter, "抗旱") == []
    actions.submit(draft.code, cast.drafter, "请尽快审核此件")
    assert titles(cast.drafter, "尽快审核") == [draft.pk]


def test_words_in_the_title_come_before_words_in_the_text(cast, content, government):
    in_text = actions.draft(replace(content, title="关于值班的通知"), cast.drafter, organ=government)
    in_title = actions.draft(replace(content, title="关于逐户登记的通知"), cast.drafter, organ=government)
    assert titles(cast.drafter, "逐户登记") == [in_title.pk, in_text.pk]


def test_of_a_classified_document_not_even_the_number_of_hits_is_told(classified, cast, content, government):  # noqa: F811
    until = clock.today().replace(year=clock.today().year + 1)
    for part in KNOWN:
        actions.clear(cast[part], "机密", until, None)
    readers = tuple(cast[part].code for part in KNOWN)
    actions.draft(replace(content, readers=readers, **SECRET), cast.drafter, organ=government)
    assert search.find(cast.drafter, "防火").count() == 1
    assert search.find(cast.secretary, "防火").count() == 0  # keeps the organ's papers in sight, but not this one


def test_a_rebuilt_index_is_the_one_that_grew(draft, cast, content, government):
    actions.submit(draft.code, cast.drafter, "请审核")
    actions.review_unit(draft.code, cast.unit_head, "同意，请核稿")
    actions.draft(replace(content, title="关于值班的通知"), cast.drafter, organ=government)

    def rows():
        return list(Row.objects.order_by("kind", "key").values_list("kind", "key", "on", "title", "text", "tokens"))

    grown = rows()
    assert len(grown) == 2
    told = list(index.rebuild())
    assert rows() == grown and ("documents.document", 2, 2) in told
    assert titles(cast.drafter, "请核稿") == [draft.pk]


def test_the_screen_shows_what_was_found_with_its_words_marked(draft, cast, desk):
    page = desk("drafter").get("/search/", {"q": "逐户"}).content.decode()
    assert "<mark>逐户</mark>" in page and f"/documents/{draft.code}/" in page
    assert "没有找到" in desk("outsider").get("/search/", {"q": "逐户"}).content.decode()
    assert desk("drafter").get("/search/", {"q": "<script>", "kind": "x", "year": "²⁰²⁶", "page": "9"}).status_code == 200
    assert Client().get("/search/").status_code == 302
