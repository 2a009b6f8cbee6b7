"""The page of the search, what completes the typing, and the same search as data."""

import pytest
from django.urls import reverse

from .conftest import NOTICE, REPEALED, STORY

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(client, serve):
    serve()
    return client


def search(portal, **asked):
    return portal.get(reverse("finding:search"), asked)


def test_the_page_shows_hits_with_their_words_marked(portal):
    page = search(portal, q="清淤渠道").content.decode()
    assert "石桥镇<mark>清淤渠道</mark>" in page and "找到2条" in page and page.index(STORY[:3]) < page.index(NOTICE)
    assert "云政办发〔2026〕1号" in page and "云岭县人民政府 › 政策文件" in page and "现行有效" in page


def test_what_was_typed_is_shown_as_text(portal):
    page = search(portal, q="<script>alert(1)</script>").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page and "没有找到" in page
    assert "滇ICP备20260018号" in page


def test_without_words_it_asks_for_them(portal):
    assert "请在页面上方输入" in search(portal).content.decode()


def test_it_is_narrowed_by_the_form_and_keeps_what_was_chosen(portal):
    page = search(portal, q="的", kind="policy", room="main", force="repealed", since="2019-01-01", until="2019-12-31").content.decode()
    assert REPEALED in page.replace("<mark>", "").replace("</mark>", "")
    assert "找到1条" in page and '<option value="policy" selected>' in page and 'value="2019-12-31"' in page


def test_a_bad_range_is_said_at_its_field_and_narrows_nothing(portal):
    page = search(portal, q="通知", since="2026-02-30", until="x", kind="nothing").content.decode()
    assert page.count('class="zt-error') == 3 and "找到1条" in page
    assert "截止日期不能早于" in search(portal, q="通知", since="2026-02-02", until="2026-02-01").content.decode()


def test_a_sound_is_told_and_a_name_is_offered(portal):
    assert "以下标题读音相同" in search(portal, q="冬休水力").content.decode()
    assert "您是不是要找" in search(portal, q="农叶农村局").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "²", ""])
def test_a_page_that_is_none_is_the_nearest(portal, page):
    assert search(portal, q="清淤", page=page).status_code == 200


def test_names_and_titles_complete_what_is_typed(portal):
    answer = portal.get(reverse("finding:suggest"), {"q": "防火"})
    assert answer.json() == [REPEALED] and portal.get(reverse("finding:suggest")).json() == []


def test_the_same_search_as_data(portal):
    answer = portal.get("/api/v1/search", {"q": "冬修水利", "kind": "policy"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    found = answer.json()
    assert (found["count"], found["page"], found["pages"], found["more"]) == (1, 1, 1, False)
    (hit,) = found["hits"]
    assert hit["url"] == "https://www.yunling.gov.cn/policy/2026/1/" and hit["title"] == NOTICE and hit["number"] == "云政办发〔2026〕1号"
    assert (hit["date"], hit["validity"], hit["column"], hit["kind"]) == ("2026-11-20", "valid", "/policy/", "policy")


def test_a_program_is_told_what_it_asked_wrongly(portal):
    answer = portal.get("/api/v1/search", {"q": "冬修", "since": "soon"})
    assert answer.status_code == 400 and list(answer.json()["errors"]) == ["since"]


def test_nothing_can_be_posted(portal):
    assert {portal.post(address).status_code for address in ("/search/", "/search/suggest/", "/api/v1/search")} == {405}
