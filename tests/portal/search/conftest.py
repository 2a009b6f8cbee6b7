"""A portal that serves a release, and articles for it."""

import json

import pytest

from tests.portal.pages.conftest import FILES, HOST, business  # noqa: F401  a fixture
from zhengtong.portal.pages import actions
from zhengtong.portal.search import pace


@pytest.fixture(autouse=True)
def unhurried():
    pace.forget()


@pytest.fixture
def serve(business):  # noqa: F811
    """Serve a release with these articles (and other files) beside the usual ones; gives it back."""
    count = 0

    def served(articles=(), files=None, **fields):
        nonlocal count
        count += 1
        sent = business(count, FILES | published(articles) | (files or {}), **fields)
        return actions.receive(sent.payload, sent.files)

    return served


def article(path, title, text="", at="2026-10-01T08:00:00+08:00", **more):
    """An article as the open interface has it, at COLUMN/YEAR/NUMBER."""
    column = path.rsplit("/", 2)[0]
    return {"url": f"{HOST}/{path}/", "title": title, "text": text, "published_at": at, "source": "县", "column": f"/{column}/"} | more


def published(articles):
    """Their pages, and their pieces by column and month."""
    pieces = {}
    for row in articles:
        pieces.setdefault(f"api/v1/articles{row['column']}{row['published_at'][:7]}.json", []).append(row)
    pages = {row["url"].removeprefix(f"{HOST}/") + "index.html": row["title"] for row in articles}
    return pages | {path: json.dumps(rows, ensure_ascii=False) for path, rows in pieces.items()}
