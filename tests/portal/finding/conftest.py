"""A small cluster of sites as the portal's search meets it."""

import json

import pytest

from tests.portal.releases import FILES, business
from zhengtong.portal.finding import index, queries, rules
from zhengtong.portal.pages import actions

DIRECTORY = [{"code": "YL146", "name": "云岭县农业农村局", "short_name": "县农业农村局"}]
NOTICE, STORY, REPEALED, ROOM = "关于冬修水利的通知", "石桥镇清淤渠道", "关于森林防火的通告", "春耕备耕安排"


def shelf(path, *rows, name="", kind="news", room="", room_name="云岭县人民政府"):
    return {"path": path, "name": name or path, "kind": kind, "room": room, "room_name": room_name, "rows": list(rows)}


def row(url, title, at, text="", **more):
    return {"url": url, "title": title, "at": at, "text": text, **more}


POLICY = shelf(
    "policy",
    row("/policy/2026/1/", NOTICE, "2026-11-20 09:00", "整治塘坝，清淤渠道。", number="云政办发〔2026〕1号", validity="valid"),
    row("/policy/2019/8/", REPEALED, "2019-03-01 09:00", "严禁野外用火。", number="云政发〔2019〕8号", validity="repealed"),
    name="政策文件", kind="policy",
)  # fmt: skip
NEWS = shelf("news", row("/news/2026/2/", STORY, "2026-11-21 10:30", "干部群众抓紧冬修水利。"), name="动态要闻")
FARMING = shelf("nyncj/news", row("/nyncj/news/3/", ROOM, "2026-11-21 08:00", "备足种子化肥。"), room="nyncj", room_name="云岭县农业农村局")
PIECES = {"policy-2026": POLICY, "news-2026": NEWS, "nyncj/news-2026": FARMING}


def files(pieces):
    """The release's files, with a page for every article."""
    found = {path: content for path, content in FILES.items() if not path.startswith("data/search/")}
    found["data/directory.json"] = json.dumps(DIRECTORY, ensure_ascii=False)
    for name, piece in pieces.items():
        found[f"data/search/{name}.json"] = json.dumps(piece, ensure_ascii=False)
        found |= {f"{one['url'].lstrip('/')}index.html": f"<!doctype html><title>{one['title']}</title>" for one in piece["rows"]}
    return found


@pytest.fixture
def serve(business):
    """Let the portal serve a release of these pieces, and its index follow."""
    sent = iter(range(1, 1000))

    def served(pieces=PIECES, *, follow=True):
        release = business(next(sent), files(pieces))
        actions.receive(release.payload, release.files)
        return index.follow() if follow else 0

    return served


@pytest.fixture
def titles():
    """The titles that a query finds, in their order."""
    return lambda query, page=1, **narrowed: [
        hit.plain_title for hit in queries.find(rules.Wanted(rules.words(query), **narrowed), page).hits
    ]


__all__ = ["business"]
