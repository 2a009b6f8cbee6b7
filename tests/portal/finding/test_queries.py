"""What is found by what people type."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong.portal.finding import queries, rules

from .conftest import NOTICE, REPEALED, ROOM, STORY, row, shelf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("冬修", [NOTICE, STORY]),  # in the title first
        ("清淤渠道", [STORY, NOTICE]),
        ("修水", [NOTICE, STORY]),  # across words
        ("石桥 水利", [STORY]),
        ("〔2026〕1号", [NOTICE]),
        ("云政办发[2026]1号", [NOTICE]),  # whatever brackets
        ("云政办发２０２６ １号", [NOTICE]),  # none, and in full width
        ("塘坝清淤", [NOTICE]),  # across a comma
        ("餐饮", ["开办餐饮店"]),
        ("桥", [STORY]),  # one character too
        ("肥", [ROOM]),  # the last but one of a text
        ("号", [NOTICE, REPEALED]),  # the last of a number
        ("“石桥镇 清淤”", [STORY]),  # in quotation marks as they stand
        ("渠道 石桥镇", [STORY]),
        ("石桥镇怎么清淤渠道", [STORY]),  # a question without spaces
        ("dxsl", [NOTICE]),  # by first letters
        ("senlin", [REPEALED]),  # by sound
        ("YUNZHENG", []),  # a number isn't spelled
        ("冬休水力", [NOTICE]),  # mistyped, of the same sound
        ("關於冬修水利", [NOTICE]),  # in full characters
        ("不存在的词", []),
        ("，。！", []),
    ],
)
def test_a_query_finds(serve, titles, query, found):
    serve()
    assert titles(query) == found


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"kind": "policy"}, [NOTICE, REPEALED]),
        ({"room": "nyncj"}, [ROOM]),
        ({"room": ""}, [STORY, NOTICE, REPEALED]),
        ({"validity": "repealed"}, [REPEALED]),
        ({"since": date(2026, 11, 21)}, [STORY, ROOM]),
        ({"until": date(2026, 11, 20)}, [NOTICE, REPEALED]),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, [NOTICE]),
    ],
)
def test_a_search_is_narrowed(serve, narrowed, found):
    serve()
    every = {hit.plain_title for word in "关石春" for hit in queries.find(rules.Wanted((word,), **narrowed)).hits}
    assert every == set(found)


def test_the_newest_come_first_where_that_is_asked(serve, titles):
    serve()
    assert titles("冬修", newest=True) == [STORY, NOTICE]


def test_hits_are_counted_turned_and_never_twice(serve, titles):
    rows = [row(f"/news/{n}/", f"第{n}期简报" if n % 3 else f"第{n}期", f"2026-11-{n % 28 + 1:02} 08:00", "简报正文") for n in range(70)]
    serve({"news-2026": shelf("news", *rows)})
    answer = queries.find(rules.Wanted(("简报",)))
    assert (answer.count, answer.more, answer.pages, len(answer.hits)) == (70, False, 4, queries.PAGE)
    every = [title for page in range(1, 6) for title in titles("简报", page)]
    assert sorted(every) == sorted(one["title"] for one in rows)
    assert all("简报" in title for title in every[:46]) and not any("简报" in title for title in every[46:])


def test_no_more_is_counted_than_is_worth_it(serve, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED", 5)
    serve({"news-2026": shelf("news", *(row(f"/news/{n}/", f"简报{n}", "2026-11-01 08:00") for n in range(9)))})
    answer = queries.find(rules.Wanted(("简报",)))
    assert (answer.count, answer.more) == (5, True)


def test_what_takes_too_long_is_given_up(serve, monkeypatch):
    serve({"news-2026": shelf("news", *(row(f"/news/{n}/", "简报" * 40, "2026-11-01 08:00", "简报" * 400) for n in range(60)))})
    monkeypatch.setattr(queries, "SECONDS", -1)
    assert queries.find(rules.Wanted(("简报简报简报",))).long


def test_a_name_that_may_have_been_meant_is_offered(serve):
    serve()
    assert queries.find(rules.Wanted(("农叶农村局",))).meant[0] == "县农业农村局"
    assert "开办餐饮店" in queries.find(rules.Wanted(("开办餐引店",))).meant
    assert queries.find(rules.Wanted(("完全无关的话",))).meant == []


def test_what_is_typed_is_completed_by_names_and_then_titles(serve):
    serve()
    assert queries.suggested("农业") == ["云岭县农业农村局", "县农业农村局"]
    assert queries.suggested("餐饮") == ["开办餐饮店"]
    assert queries.suggested("防火") == [REPEALED]
    assert queries.suggested("农") == [] and queries.suggested("") == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80) | st.text(alphabet='"”“*():{}^-+ANDORNOT石桥1a ', max_size=40))
def test_nothing_that_is_typed_upsets_it(serve, query):
    if not queries.index.current().exists():
        serve()
    answer = queries.find(rules.Wanted(rules.words(query)))
    assert answer.count >= len(answer.hits) and len(queries.suggested(query)) <= queries.SUGGESTED
