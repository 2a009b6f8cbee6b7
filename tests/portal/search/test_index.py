"""The index follows whatever is released, forwards and back, and is made anew when it can't be read."""

import fcntl
import json
import random
import sqlite3
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from tests.portal.search.conftest import article
from zhengtong.portal.pages import actions, folders
from zhengtong.portal.search import index, queries, rules
from zhengtong.portal.search.rules import cutting, sounds

pytestmark = pytest.mark.django_db
SIGNS = "县镇村水利防火通告办法关于的开展冬修渠道林业2026abAB（）、。繁體龍"


def found(**asked):
    return [hit.title for hit in queries.search(rules.asked(asked)).hits]


def file():
    return index.link().resolve()


def test_an_edit_touches_its_rows_only(serve):
    one, two = article("news/2026/11", "甲通告", "旧文"), article("news/2026/12", "乙通告")
    serve([one, two])
    assert found(q="旧文") == ["甲通告"] and found(q="通告") == found(q="tonggao")
    made = file()
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("CREATE TABLE touched AS SELECT row FROM paper WHERE 0")
        connection.execute("CREATE TRIGGER gone AFTER DELETE ON paper BEGIN INSERT INTO touched VALUES (old.row); END")
        connection.commit()
    serve([one | {"text": "新文"}, two])
    assert found(q="旧文") == [] and found(q="新文") == ["甲通告"] and file() == made
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("SELECT count(*) FROM touched").fetchone() == (1,)


def test_going_back_finds_what_was_there(serve):
    serve([article("news/2026/11", "甲通告")])
    serve([article("news/2026/12", "乙通告")])
    assert found(q="通告") == ["乙通告"]
    actions.roll_back()
    assert found(q="通告") == ["甲通告"]


def test_an_article_that_moves_is_found_once(serve):
    serve([article("news/2026/11", "甲通告")])
    assert found(q="甲通告", column="news") == ["甲通告"]
    serve([article("news/2026/11", "甲通告", column="/farming/")])
    assert found(q="甲通告", column="farming") == ["甲通告"] and found(q="甲通告", column="news") == []
    serve([article("news/2026/11", "甲通告", at="2026-08-01T08:00:00+08:00", column="/farming/")])
    assert found(q="甲通告") == ["甲通告"]


def test_a_reader_sees_the_old_index_until_the_new_one_is_whole(serve, monkeypatch):
    serve([article("news/2026/11", "甲通告")])
    assert found(q="通告") == ["甲通告"]
    serve([article("news/2026/11", "甲通告"), article("news/2026/12", "乙通告"), article("news/2026/13", "丙通告")])
    add, seen = index._add, []

    def slowly(connection, paper, piece):
        add(connection, paper, piece)
        with index.opened() as reader:
            seen.append([row for (row,) in reader.execute("SELECT count(*) FROM paper WHERE url LIKE '/news/2026/1_/'")])

    with monkeypatch.context() as patch:
        patch.setattr(index, "_add", slowly)
        assert index.catch_up()
    assert seen == [[1], [1]] and sorted(found(q="通告")) == sorted(["甲通告", "乙通告", "丙通告"])


def test_an_update_that_fails_changes_nothing(serve, monkeypatch):
    serve([article("news/2026/11", "甲通告")])
    assert found(q="通告") == ["甲通告"]
    serve([article("news/2026/11", "甲通告"), article("news/2026/12", "乙通告")])

    def full(*_args):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(index, "_add", full)
        with pytest.raises(sqlite3.OperationalError):
            index.catch_up()
        assert found(q="通告") == ["甲通告"]  # the old one goes on
    assert index.catch_up() and sorted(found(q="通告")) == sorted(["甲通告", "乙通告"])


def test_what_is_much_is_left_to_the_worker(serve, monkeypatch):
    serve()
    assert found(q="冬修")
    monkeypatch.setattr(index, "SMALL", 10)
    serve([article("news/2026/11", "甲通告")])
    assert found(q="甲通告") == [] and found(q="冬修")
    assert index.catch_up() and found(q="甲通告") == ["甲通告"]


def lose(place):
    place.unlink()


def scribble(place):
    place.write_bytes(b"\0" * 4096 + b"x" * 100_000)


def cut_short(place):
    place.write_bytes(place.read_bytes()[:5000])


def older(place):
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA user_version = 99")


def without_tables(place):
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("DROP TABLE served")


@pytest.mark.parametrize("harm", [lose, scribble, cut_short, older, without_tables])
def test_an_index_that_is_lost_damaged_or_of_another_make_is_made_anew(serve, harm):
    serve([article("news/2026/11", "甲通告")])
    before = found(q="通告")
    made = file()
    for beside in index.home().glob(f"{made.name}-*"):
        beside.unlink()
    harm(made)
    found(q="通告")  # may find it damaged
    assert (index.catch_up() or index.catch_up()) and found(q="通告") == before  # found to be damaged, then made
    assert file() != made and len(list(index.home().glob("index-*.sqlite3"))) == 1


def test_the_command_line_makes_it_anew_and_asks_it(serve, capsys):
    with pytest.raises(CommandError):
        call_command("search", "rebuild")
    serve([article("news/2026/11", "甲通告")])
    found(q="通告")
    made = file()
    call_command("search", "rebuild")
    call_command("search", "find", "通告")
    assert file() != made and "甲通告  /news/2026/11/\n1\n" in capsys.readouterr().out


def test_an_article_that_cannot_be_read_hides_no_other(serve):
    bad = [{"title": "无址"}, {"url": "/x/", "title": "无时", "published_at": "?"}, None, 7]
    good = article("news/2026/11", "甲通告")

    serve([good], {"api/v1/articles/news/2026-10.json": json.dumps([*bad, good], ensure_ascii=False)})
    assert found(q="通告") == ["甲通告"]


def test_two_who_follow_at_once_do_not_wait_for_each_other(serve):
    serve()
    index.home().mkdir(parents=True)
    with (index.home() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not index.catch_up() and not queries.search(rules.asked({"q": "冬修"})).ready
    assert index.catch_up() and found(q="冬修")


def questions(die, titles):
    """Pieces of what is there, pieces of nothing, filters."""
    for _n in range(500):
        source = die.choice(titles) if die.random() < 0.7 else "".join(die.choices(SIGNS, k=6))
        at, size = die.randrange(max(1, len(source))), die.randint(1, 6)
        asked = {"q": source[at : at + size]}
        if die.random() < 0.2:
            asked["q"] += " " + die.choice(SIGNS)
        if die.random() < 0.2:
            asked |= die.choice(
                [{"year": "2026"}, {"year": "2025"}, {"kind": "policy"}, {"column": "news"}, {"validity": "valid"}, {"number": "2"}]
            )
        if die.random() < 0.1:
            asked["q"] = "".join(sounds.syllables(cutting.plain(asked["q"])))[:20]
        yield asked | ({"sort": "new"} if die.random() < 0.3 else {})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_history_the_index_answers_as_one_made_anew(serve, seed):
    die, kept, turn = random.Random(seed), {}, 0

    def write():
        nonlocal turn
        turn += 1
        path = f"{die.choice(['news', 'policy', 'nyj/news'])}/2026/{turn + 100}"
        text = "".join(die.choices(SIGNS, k=die.randint(0, 60)))
        at = f"202{die.randint(5, 6)}-{die.randint(1, 12):02}-0{die.randint(1, 9)}T08:00:0{die.randint(0, 9)}+08:00"
        policy = {"number": f"云政发〔2026〕{turn}号", "validity": "valid", "issuer": "县政府"} if "policy" in path else {}
        kept[path] = article(path, "".join(die.choices(SIGNS, k=8)), text, at, **policy)

    for _n in range(20):
        write()
    serve(kept.values())
    index.catch_up()
    made = file()
    for _n in range(10):
        for _m in range(die.randint(1, 4)):
            do = die.random()
            if do < 0.4 or not kept:
                write()
            elif do < 0.6:
                kept.pop(die.choice(list(kept)))
            else:
                path = die.choice(list(kept))
                change = die.choice(
                    [{"title": "".join(die.choices(SIGNS, k=6))}, {"text": "改"}, {"column": "/news/"}, {"validity": "repealed"}]
                )
                kept[path] = kept[path] | change
        serve(kept.values())
        if die.random() < 0.2:
            actions.roll_back()
        index.catch_up()
    serve(kept.values())
    assert index.catch_up() and file() == made
    asked = list(questions(die, [row["title"] for row in kept.values()] + [row["text"] for row in kept.values()]))
    before = [queries.search(rules.asked(values), size=50) for values in asked]
    index.link().unlink()
    assert index.catch_up() and file() != made
    after = [queries.search(rules.asked(values), size=50) for values in asked]
    assert before == after and sum(bool(answer.hits) for answer in before) > 200

    # ... and every article in which the words stand is found (by a plain scan), and none else unless by its sound
    for values, answer in zip(asked, before, strict=True):
        if set(values) == {"q"} and not answer.more and answer.pages <= 1:
            words = rules.words(values["q"])
            with index.opened() as connection:
                papers = [index.held(text) for (text,) in connection.execute("SELECT kept FROM paper")]
            fields = [[cutting.plain(text) for text in (p.title, p.number, p.organ, p.text)] for p in papers]
            standing = {p.url for p, texts in zip(papers, fields, strict=True) if words and all(any(w in t for t in texts) for w in words)}
            urls = {hit.url for hit in answer.hits if hit.kind != rules.SERVICE}
            latin = any(sounds.LATIN.fullmatch(word) for word in words)
            assert standing <= urls and (latin or urls == standing), values


def test_the_index_lies_in_the_portals_own_files(serve):
    serve()
    found(q="冬修")
    assert index.home().parent == folders.home().parent and file().parent == index.home()
