"""The measuring itself, in a process with a portal of its own; prints JSON."""

import json
import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable

import django

BARE = "SELECT rowid FROM cut WHERE cut MATCH ? ORDER BY rowid DESC LIMIT 20"
QUESTIONS, SHORTEST, LONGEST = 600, 2, 6


def questions(rows: list[dict[str, str]], plain: Callable[[str], str], seed: int = 11) -> list[str]:
    """Pieces of two to six characters: of texts, of titles, and one in ten that stands nowhere or hardly anywhere."""
    die, found = random.Random(seed), []
    while len(found) < QUESTIONS:
        source = plain(die.choice(rows)["title" if die.random() < 0.3 else "text"])
        size = die.randint(SHORTEST, LONGEST)
        at = die.randrange(max(1, len(source) - size))
        piece = source[at : at + size]
        if die.random() < 0.1:
            piece = "".join(die.sample(source, min(len(source), size)))
        if len(piece) == size and not piece.isascii():
            found.append(piece)
    return found


def spread(seconds: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {"p50": statistics.median(seconds) * 1000, "p95": statistics.quantiles(seconds, n=20)[-1] * 1000}


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(count: int) -> dict[str, object]:
    from zhengtong.portal.search import index, queries, rules
    from zhengtong.portal.search.rules import cutting

    from . import articles

    rows = list(articles.articles(count))
    articles.serve(rows)
    making = timed(index.catch_up)
    size = index.link().resolve().stat().st_size
    papers = [rules.paper(row) for row in rows]
    texts = [[cutting.plain(text) for text in (p.title, p.number, p.organ, p.text)] for p in papers]
    numbers = {p.url: n for n, p in enumerate(papers)}

    took: dict[str, list[float]] = {"search": [], "bare": [], "scan": []}
    recall, wrong, most = [], 0, 0
    bare = sqlite3.connect(index.link().resolve())
    with index.opened() as connection:
        places = {row: numbers[index.held(kept).url] for row, kept in connection.execute("SELECT row, kept FROM paper")}
    asked = questions(rows, cutting.plain)
    queries.search(rules.asked({"q": asked[0]}))  # what is read once: characters, syllables
    for word in asked:
        of = rules.asked({"q": word})
        took["search"].append(timed(lambda of=of: queries.search(of)))
        match = f"{rules.ANYWHERE} : {cutting.phrase(word)}"
        took["bare"].append(timed(lambda match=match: bare.execute(BARE, [match]).fetchall()))
        began = time.perf_counter()
        truth = {n for n, fields in enumerate(texts) if any(word in text for text in fields)}
        took["scan"].append(time.perf_counter() - began)
        with index.opened() as connection:
            found = {places[row] for row in queries.answering(connection, of)[0]}
        wrong += len(found - truth)
        most = max(most, len(truth))
        if truth:
            recall.append(len(found & truth) / min(len(truth), rules.COUNTED))

    edited = [dict(row) for row in rows]
    edited[-1]["text"] = "更正：" + edited[-1]["text"]
    articles.serve(edited)
    return {
        "articles": count,
        "statutes": len(articles.statutes()[: count // 2]),
        "characters": sum(len(p.text) for p in papers) / count,
        "making": making,
        "megabytes": size / 1e6,
        "following": timed(index.catch_up),
        "questions": len(asked),
        "answered": len(recall),
        "most": most,
        "recall": statistics.mean(recall),
        "worst": min(recall),
        "wrong": wrong,
        **{way: spread(seconds) for way, seconds in took.items()},
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measured(int(os.environ.get("ZT_BENCH_ARTICLES", "100000")))))
