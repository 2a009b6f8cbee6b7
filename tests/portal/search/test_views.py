"""Searching the public site: the page, the suggestions, the interface."""

import json
import re
from pathlib import Path

import pytest

from tests.portal.search.conftest import article
from zhengtong.portal.search import queries, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(client, serve):
    serve()
    return client


def titles(portal, **asked):
    page = portal.get("/search/", asked).content.decode()
    return [re.sub("<[^>]+>", "", h2).removeprefix("办事 · ") for h2 in re.findall("<h2>(.*?)</h2>", page)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("冬修", ["关于冬修水利的通知", "石桥镇清淤渠道"]),  # in the title first
        ("清淤渠道", ["石桥镇清淤渠道", "关于冬修水利的通知"]),
        ("修水", ["关于冬修水利的通知", "石桥镇清淤渠道"]),  # across words
        ("石桥 水利", ["石桥镇清淤渠道"]),
        ("“石桥 水利”", []),  # a phrase
        ("“修水 利”", ["关于冬修水利的通知", "石桥镇清淤渠道"]),
        ("〔2026〕1号", ["关于冬修水利的通知"]),
        ("云政办发[2026]1号", ["关于冬修水利的通知"]),  # whatever brackets
        ("云政办发２０２６ １号", ["关于冬修水利的通知"]),  # none, and in full width
        ("塘坝清淤", ["关于冬修水利的通知"]),  # across a comma
        ("餐饮", ["开办餐饮店"]),
        ("不存在的词", []),
        ("桥", ["石桥镇清淤渠道"]),  # one character too
        ("镇", ["石桥镇清淤渠道"]),
        ("道", ["石桥镇清淤渠道", "关于冬修水利的通知"]),  # the last of a title
        ("關於冬修", ["关于冬修水利的通知"]),  # traditional characters
        ("dongxiu", ["关于冬修水利的通知"]),  # by sound, the title
        ("dong xiu shui", ["关于冬修水利的通知"]),
        ("sqzqy", ["石桥镇清淤渠道"]),  # by first letters
        ("kbcyd", ["开办餐饮店"]),
        ("canyin", ["开办餐饮店"]),
        ("石桥 qingyu", ["石桥镇清淤渠道"]),
        ("“”", []),
        ("〔〕", []),
        ('"', []),
        ("NOT OR AND *", []),
        ("a" * 60, []),
    ],
)
def test_search_finds(portal, words, found):
    assert titles(portal, q=words) == found


def test_hits_are_marked_however_they_are_written(portal):
    page = portal.get("/search/", {"q": "云政办发2026 關於冬修"}).content.decode()
    assert "<mark>关于冬修</mark>水利的通知" in page and "找到1条" in page
    assert "整治<mark>塘坝，清淤</mark>渠道" in portal.get("/search/", {"q": "塘坝清淤"}).content.decode()


def test_an_exact_title_stands_before_newer_ones_and_titles_before_texts(client, serve):
    old, new = "2020-01-01T08:00:00+08:00", "2026-10-01T08:00:00+08:00"
    serve(
        [
            article("news/2020/1", "防火通告", at=old),
            article("news/2026/2", "关于防火通告的解读", at=new),
            article("news/2026/3", "值班安排", "按防火通告执行", at="2026-11-01T08:00:00+08:00"),
            article("news/2026/4", "再发防火通告", at="2026-10-02T08:00:00+08:00"),
        ]
    )
    assert titles(client, q="防火通告") == ["防火通告", "再发防火通告", "关于防火通告的解读", "值班安排"]
    assert titles(client, q="防火通告", sort="new") == ["值班安排", "再发防火通告", "关于防火通告的解读", "防火通告"]


POLICIES = [
    article(
        "policy/2025/1",
        "甲办法",
        "灌溉",
        "2025-05-01T08:00:00+08:00",
        number="云政发〔2025〕3号",
        issuer="云岭县人民政府",
        validity="repealed",
    ),
    article(
        "policy/2026/2",
        "乙办法",
        "灌溉",
        "2026-05-01T08:00:00+08:00",
        number="云政发〔2026〕13号",
        issuer="云岭县人民政府",
        validity="valid",
    ),
    article("nyj/news/2026/3", "灌溉动态", "", "2026-06-01T08:00:00+08:00"),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "灌溉"}, ["灌溉动态", "乙办法", "甲办法"]),
        ({"q": "灌溉", "room": "nyj"}, ["灌溉动态"]),
        ({"q": "灌溉", "room": "/nyj/", "column": "policy"}, ["灌溉动态"]),  # no column of that room
        ({"q": "灌溉", "column": "policy"}, ["乙办法", "甲办法"]),
        ({"q": "灌溉", "kind": "policy"}, ["乙办法", "甲办法"]),
        ({"q": "灌溉", "kind": "news"}, ["灌溉动态"]),
        ({"q": "灌溉", "kind": "service"}, []),
        ({"q": "灌溉", "year": "2025"}, ["甲办法"]),
        ({"validity": "valid", "organ": "云岭县人民政府", "year": "2026", "number": "13"}, ["乙办法"]),
        ({"validity": "repealed"}, ["甲办法"]),
        ({"number": "云政发【2026】13号"}, ["乙办法"]),
        ({"number": "2025 3"}, ["甲办法"]),
        ({"q": "灌溉", "year": "20x5", "kind": "x", "validity": "y", "room": "../x", "page": "-1"}, ["灌溉动态", "乙办法", "甲办法"]),
        ({"q": "餐饮", "kind": "service"}, ["开办餐饮店"]),
        ({"kind": "service"}, ["开办餐饮店"]),
        ({"q": "餐饮", "year": "2026"}, []),
    ],
)
def test_answers_are_narrowed(client, serve, asked, found):
    serve(POLICIES)
    assert titles(client, **asked) == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("东修", "冬修"),  # sounds alike
        ("冬休水力", "冬修水利"),
        ("农业农树局", "农业农村局"),  # one character another, in a name
        ("农业村局", "农业农村局"),  # one missing
        ("开办餐引店", "开办餐饮店"),
        ("石桥镇 冬休", "石桥镇 冬修"),  # only what is not found is put right
    ],
)
def test_a_slip_is_put_right(client, serve, typed, meant):
    serve([article("news/2026/9", "农业农村局召开会议")])
    page = client.get("/search/", {"q": typed}).content.decode()
    assert "没有找到" in page and f">{meant}</a>" in page
    assert titles(client, q=meant)


def test_what_is_near_nothing_gets_advice_and_no_correction(portal):
    page = portal.get("/search/", {"q": "量子纠缠", "year": "2026"}).content.decode()
    assert "没有找到与“量子纠缠”有关" in page and "您是不是要找" not in page and "去掉条件" in page and "给我们留言" in page


def test_search_shows_what_was_typed_as_text(portal):
    page = portal.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    assert "滇ICP备20260018号" in page


def test_search_without_words_asks_for_them(portal):
    assert "请在页面上方输入" in portal.get("/search/").content.decode()


def test_nothing_can_be_posted_and_before_the_first_release_nothing_is_found(client, db):
    assert client.post("/search/", {"q": "冬修"}).status_code == 405
    assert client.get("/search/", {"q": "冬修"}).status_code == 200 and client.get("/search/suggest", {"q": "冬修"}).json() == []


def test_pages_of_answers_hold_each_once(client, serve):
    rows = [article(f"news/2026/{n + 100}", f"第{n}次抗旱会议", at=f"2026-09-{1 + n % 28:02}T08:00:{n % 60:02}+08:00") for n in range(95)]
    serve(rows)
    first = client.get("/search/", {"q": "抗旱"}).content.decode()
    assert "找到95条" in first and first.count('aria-current="page"') >= 1 and "?q=%E6%8A%97%E6%97%B1&amp;page=2" in first
    seen = [title for page in range(1, 6) for title in titles(client, q="抗旱", page=page)]
    assert len(seen) == len(set(seen)) == 95 and titles(client, q="抗旱", page=6) == []


def test_more_answers_than_are_counted_are_said_to_be_more(client, serve, monkeypatch):
    monkeypatch.setattr(rules, "COUNTED", 30)
    serve([article(f"news/2026/{n + 100}", f"第{n}次抗旱会议") for n in range(40)])
    assert "找到30条以上" in client.get("/search/", {"q": "抗旱"}).content.decode()


def test_suggestions_are_titles_by_words_and_by_sound(portal):
    assert portal.get("/search/suggest", {"q": "冬修"}).json() == ["关于冬修水利的通知"]
    assert portal.get("/search/suggest", {"q": "shiqiao"}).json() == ["石桥镇清淤渠道"]
    assert portal.get("/search/suggest", {"q": "kaibanc"}).json() == ["开办餐饮店"]
    assert portal.get("/search/suggest", {"q": "渠道"}).json() == ["石桥镇清淤渠道"]  # not by its text
    assert portal.get("/search/suggest", {"q": ""}).json() == []


def test_the_interface_gives_the_same_as_data(client, serve):
    serve(POLICIES)
    answer = client.get("/api/v1/search", {"q": "灌溉", "kind": "policy", "size": "1", "page": "2"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == {
        "count": 2,
        "more": False,
        "page": 2,
        "pages": 2,
        "instead": "",
        "items": [
            {
                "url": "/policy/2025/1/",
                "title": "甲办法",
                "kind": "policy",
                "text": "灌溉",
                "published": "2025-05-01",
                "number": "云政发〔2025〕3号",
                "issuer": "云岭县人民政府",
                "validity": "repealed",
                "column": "/policy/",
            }
        ],
    }


def test_who_asks_too_often_waits_and_nobody_else_does(portal, monkeypatch):
    monkeypatch.setitem(rules.RATES, "search", 3)
    assert [portal.get("/api/v1/search", {"q": "冬修"}).status_code for _n in range(5)] == [200, 200, 200, 429, 429]
    page = portal.get("/search/", {"q": "冬修"})
    assert page.status_code == 429 and int(page["Retry-After"]) > 0 and "查找得太频繁了" in page.content.decode()
    assert portal.get("/search/", {"q": "冬修"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_what_the_release_no_longer_has_is_not_shown(portal, monkeypatch):
    assert titles(portal, q="冬修") and queries.pages.digest("news/2026/2/index.html")
    digest = queries.pages.digest
    monkeypatch.setattr(queries.pages, "digest", lambda path: "" if path.startswith("news/") else digest(path))
    assert titles(portal, q="冬修") == ["关于冬修水利的通知"]


def test_the_interface_is_described(portal):
    described = json.loads((Path(__file__).parents[3] / "docs" / "api" / "portal.json").read_text())
    asked = {p["name"]: p["schema"] for p in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert asked["q"]["maxLength"] == rules.LONGEST and asked["size"]["maximum"] == rules.MOST_A_PAGE
    assert asked["page"]["maximum"] == rules.PAGES and asked["kind"]["enum"] == list(rules.KINDS)
    answer = described["components"]["schemas"]["SearchAnswer"]
    found = portal.get("/api/v1/search", {"q": "冬修"}).json()
    assert set(found) == set(answer["required"]) and found["items"]
    hit = described["components"]["schemas"]["SearchHit"]["properties"]
    assert all(set(row) <= set(hit) for row in found["items"])
    assert str(rules.RATES["search"]) in described["paths"]["/api/v1/search"]["get"]["description"]
