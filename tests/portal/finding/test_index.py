"""The index follows the release: only what changed is read, readers see the old or the new, a lost one comes again."""

import json
import random
import sqlite3

import pytest

from zhengtong.portal.finding import index, queries, rules
from zhengtong.portal.pages import actions

from .conftest import NEWS, NOTICE, PIECES, POLICY, STORY, row, shelf

pytestmark = pytest.mark.django_db


def test_before_the_first_release_nothing_is_found(db, network_keys):
    assert index.follow() == 0
    assert not queries.find(rules.Wanted(("冬修",))).hits and queries.suggested("冬修") == []


def test_only_pieces_that_changed_are_read_and_going_back_works(serve, titles):
    assert serve() == 3 and index.follow() == 0
    corrected = {**NEWS, "rows": [{**NEWS["rows"][0], "title": "石桥镇疏通渠道"}]}
    assert serve({**PIECES, "news-2026": corrected}) == 1
    assert titles("疏通") == ["石桥镇疏通渠道"] and titles("石桥镇清淤") == []
    assert serve({"policy-2026": POLICY}) == 0 and titles("疏通") == []
    actions.roll_back()
    assert index.follow() == 2 and titles("疏通") == ["石桥镇疏通渠道"]


def test_what_is_withdrawn_is_found_no_more_even_before_the_index_follows(serve, titles):
    serve()
    serve({"policy-2026": POLICY}, follow=False)
    assert titles("石桥镇") == []


def test_a_reader_sees_the_old_index_until_the_new_is_whole(serve, titles, monkeypatch):
    serve()
    seen, change = [], index._change

    def watched(*args):
        change(*args)
        seen.append(titles("清淤渠道"))

    monkeypatch.setattr(index, "_change", watched)
    serve({**PIECES, "news-2026": shelf("news"), "more-2026": shelf("more", row("/m/1/", "清淤渠道又讯", "2026-11-22 08:00"))})
    assert len(seen) == 2 and all(found == [NOTICE] for found in seen)  # the story's page is gone, the newer one not yet told
    assert titles("清淤渠道") == ["清淤渠道又讯", NOTICE]


def test_a_change_that_fails_leaves_the_index_as_it_was(serve, titles, monkeypatch):
    serve()
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(index, "_place", lambda *_args: (_ for _ in ()).throw(RuntimeError))
        serve({**PIECES, "more-2026": shelf("more", row("/m/1/", "又讯", "2026-11-22 08:00"))})
    assert titles("清淤渠道") == [STORY, NOTICE] and titles("又讯") == []
    assert index.follow() == 1 and titles("又讯") == ["又讯"]


@pytest.mark.parametrize("spoil", ["lost", "damaged", "of another make"])
def test_an_index_that_is_lost_damaged_or_of_another_make_is_made_anew(serve, titles, spoil):
    serve()
    file = index.current().resolve()
    if spoil == "lost":
        file.unlink()
    elif spoil == "damaged":
        for each in index.home().glob(f"{file.name}-*"):
            each.unlink()
        file.write_bytes(b"no database at all" * 500)
    else:
        with sqlite3.connect(file) as old:
            old.execute("UPDATE made SET make = 'other'")
    assert index.follow() == 3 and titles("清淤渠道") == [STORY, NOTICE]
    assert [each.name for each in index.home().glob("index-*.sqlite3")] == [index.current().resolve().name] != [file.name]


WORDS = ["水利", "防火", "春耕", "通知", "公告", "石桥镇", "云岭县", "农业", "清淤", "渠道", "补助", "2026", "A1", "申请", "办理"]


def edited(chosen, pieces):
    """One random edit: an article comes, goes or is corrected, a column gets another name, a piece goes."""
    pieces = {name: json.loads(json.dumps(piece)) for name, piece in pieces.items()}
    name = chosen.choice(sorted(pieces))
    rows, what = pieces[name]["rows"], chosen.randrange(6)
    if what == 0 and len(pieces) > 2:
        del pieces[name]
    elif what == 1:
        pieces[name]["name"] = f"栏目{chosen.randrange(9)}"
    elif what == 2 and rows:
        rows.pop(chosen.randrange(len(rows)))
    elif what == 3 and rows:
        chosen.choice(rows)["title"] = "".join(chosen.choices(WORDS, k=3))
    else:
        number, title = chosen.randrange(10**6), "".join(chosen.choices(WORDS, k=3))
        at = f"2026-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02} 08:00"
        rows.append(row(f"/{name}/{number}/", title, at, "".join(chosen.choices(WORDS, k=12)), validity=chosen.choice(["", "valid"])))
    return pieces


def test_after_any_history_it_answers_as_one_made_anew(serve):
    chosen = random.Random(9704)
    pieces = {f"p{n}-2026": shelf(f"p{n}", kind=chosen.choice(["news", "policy"])) for n in range(4)}
    for _step in range(30):
        pieces = edited(chosen, pieces)
        serve(pieces)
    text = "".join(WORDS)
    asked = [
        rules.Wanted(
            rules.words(
                chosen.choice(["".join(chosen.choices(WORDS, k=2)), text[(at := chosen.randrange(28)) : at + chosen.randint(1, 4)]])
            ),
            chosen.choice(["", "news", "policy"]),
            newest=chosen.random() < 0.3,
        )
        for _n in range(500)
    ]

    def answers():
        return [(answer.count, [hit.url for hit in answer.hits]) for answer in map(queries.find, asked)]

    followed = answers()
    index.current().unlink()
    index.follow()
    assert answers() == followed and sum(count for count, _hits in followed) > 500
