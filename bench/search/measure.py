"""A release of 100,000 articles, its index, and queries of two to six characters taken from the texts: prints one JSON object.

The truth is a plain scan: an article should be found when a query stands in its title, number or text, marks left aside. Texts are the
sentences of the files in `$ZT_BENCH_TEXTS` (Markdown or text), else those of the demo county, laid together anew for every article.
"""

import json
import os
import platform
import random
import re
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

from zhengtong.foundation.files import tree
from zhengtong.foundation.search.rules import plain

ARTICLES, COLUMNS, YEARS = 100_000, 120, range(2017, 2027)
SIZES, EACH = (2, 3, 4, 5, 6), 60
DEMO = Path(__file__).parents[2] / "src" / "zhengtong" / "demo"
SENTENCE = re.compile(r"[^。；！？\s<>{}\[\]#*|]{6,80}[。；！？]")


def sentences() -> tuple[list[str], str]:
    """Real sentences, and where they are from."""
    folder = os.environ.get("ZT_BENCH_TEXTS", "")
    files = sorted(Path(folder).rglob("*.md")) if folder else sorted(DEMO.glob("*.json"))
    found = {one for file in files for one in SENTENCE.findall(file.read_text(encoding="utf-8"))}
    return sorted(found), f"{len(found):,} sentences of {len(files)} files"


def articles(stock: list[str], chosen: random.Random) -> list[dict[str, str]]:
    """Articles of 3 to 30 sentences; titles and numbers as offices write them."""
    rows = []
    for n in range(ARTICLES):
        year = chosen.choice(YEARS)
        matter = plain(chosen.choice(stock))[: chosen.randint(6, 18)]
        rows.append(
            {
                "url": f"/c{n % COLUMNS}/{year}/{n}/",
                "title": f"关于{matter}的{chosen.choice(('通知', '公告', '意见', '报告', '函'))}",
                "at": f"{year}-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02} {chosen.randint(8, 17):02}:{chosen.randint(0, 59):02}",
                "number": f"云政发〔{year}〕{n % 300 + 1}号" if n % 3 == 0 else "",
                "text": "".join(chosen.choices(stock, k=chosen.randint(3, 30))),
            }
        )
    return rows


def serve(rows: list[dict[str, str]]) -> int:
    """Lay a release of these articles' pieces where the portal reads it; their pages are only named. The number of pieces."""
    from zhengtong.portal.pages import folders

    pieces: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        pieces.setdefault("-".join(row["url"].split("/")[1:3]), []).append(row)
    digests = {f"{row['url'][1:]}index.html": "0" * 64 for row in rows}
    contents = []
    for name, held in pieces.items():
        shelf = {"path": name.split("-")[0], "name": name, "kind": "news", "room": "", "room_name": "云岭县人民政府", "rows": held}
        contents.append(json.dumps(shelf, ensure_ascii=False).encode())
        digests[f"data/search/{name}.json"] = tree.sm3(contents[-1])
    root, listings = tree.fold(digests)
    for content in [*contents, *listings.values()]:
        place = folders.content(tree.sm3(content))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    folders.laid(root).mkdir(parents=True)
    folders.switch(root)
    return len(pieces)


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def high(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    django.setup()
    from zhengtong.portal.finding import index, queries, rules

    chosen = random.Random(2026)
    stock, source = sentences()
    rows = articles(stock, chosen)
    pieces = serve(rows)
    building = timed(index.follow) / 1000
    rows[7] = {**rows[7], "title": "关于更正的通知"}
    serve(rows)
    following = timed(index.follow)
    lying = [(row["url"], [plain(row["title"]), plain(row["number"]), plain(row["text"])]) for row in rows]
    found, every = [], {"ours": [], "bare": [], "scan": []}
    for size in SIZES:
        texts = [part for part in (chosen.choice(chosen.choice(lying)[1]) for _n in range(EACH * 3)) if len(part) > size][:EACH]
        asked = [part[(at := chosen.randrange(len(part) - size)) : at + size] for part in texts]
        ours, bare, scan, held, wanted, wrong = [], [], [], 0, 0, 0
        for number, word in enumerate(asked):
            ours.append(timed(lambda word=word: queries.find(rules.Wanted((word,)))))
            expression = rules.holds(word)
            with index.reading() as here:
                bare.append(timed(lambda here=here, e=expression: here.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 20", (e,)).fetchall()))  # fmt: skip  # noqa: E501
                hits = {json.loads(row)["url"] for (row,) in here.execute("SELECT row FROM words JOIN article ON id = words.rowid WHERE words MATCH ?", (expression,))}  # fmt: skip  # noqa: E501
            if number < 20:
                scan.append(timed(lambda word=word: [url for url, parts in lying if any(word in part for part in parts)]))
            truth = {url for url, parts in lying if any(word in part for part in parts)}
            held, wanted, wrong = held + len(hits & truth), wanted + len(truth), wrong + len(hits - truth)
        every["ours"] += ours
        every["bare"] += bare
        every["scan"] += scan
        found.append(
            {
                "size": size,
                "queries": len(asked),
                "recall": held / wanted,
                "false": wrong,
                "p50": statistics.median(ours),
                "p95": high(ours),
            }
            | {"bare": high(bare), "scan": statistics.median(scan)}
        )
    file = index.current().resolve()
    told = {
        "articles": len(rows), "characters": sum(len(row["text"]) for row in rows), "pieces": pieces, "source": source,
        "building": building,
        "following": following, "megabytes": file.stat().st_size / 1e6, "found": found, "p50": statistics.median(every["ours"]),
        "p95": high(every["ours"]), "bare": high(every["bare"]), "scan": statistics.median(every["scan"]), "sqlite": sqlite3.sqlite_version,
        "python": platform.python_version(),
    }  # fmt: skip
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
