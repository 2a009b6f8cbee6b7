"""What is published stands beside the pages as data, and search engines read each page's own."""

import json
import re
from pathlib import Path

import pytest

from zhengtong.business.sites import inbox
from zhengtong.business.sites.publishing import openapi
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.foundation import clock, seals

from .released import laid
from .test_actions import DOCUMENT, PDF

pytestmark = pytest.mark.django_db
COMMITTED = Path(__file__).parents[3] / "docs" / "api" / "portal.json"


@pytest.fixture
def lying(draft, site, served, tmp_path):
    """A release with a news item and a policy file, in a folder."""
    news = draft(title="冬修</script>开工", body="<p>整治塘坝。</p>", keywords="冬修，水利", author="王小满")
    news.publish_newest(site.publisher)
    policy = inbox.receive(DOCUMENT, {"GW2026000001.pdf": PDF})
    policy.validity = "valid"
    policy.save_revision(user=site.editor)
    policy.publish_newest(site.publisher)
    folder = laid(served(publisher.release(site.site)), tmp_path / "release")
    news.refresh_from_db(), policy.refresh_from_db()
    return folder, news, policy


def read(folder, path):
    return json.loads((folder / path).read_bytes())


def test_the_description_is_the_committed_one():
    assert json.loads(COMMITTED.read_text()) == json.loads(json.dumps(openapi.document()))


def test_an_article_is_read_whole_by_way_of_its_column(lying):
    folder, _news, policy = lying
    columns = {row["path"]: row for row in read(folder, "api/v1/columns.json")["columns"]}
    month = f"{policy.published_at.astimezone(clock.ZONE):%Y-%m}"
    assert columns["/policy/"]["articles"] == [f"/api/v1/articles/policy/{month}.json"] and columns["/farming/"]["articles"] == []
    (one,) = read(folder, columns["/policy/"]["articles"][0].lstrip("/"))
    assert one["url"] == f"https://www.yunling.gov.cn/{policy.public_path}/"
    assert (one["number"], one["dated"], one["validity"]) == ("云政办发〔2026〕41号", "2026-11-20", "valid")
    assert one["text"] == "一、任务 整治塘坝126座。" and one["html"] == policy.body and "author" not in one
    (kept,) = one["files"]
    content = (folder / kept["url"].removeprefix("https://www.yunling.gov.cn/")).read_bytes()
    assert content == PDF and kept["sm3"] == seals.sm3(content) and kept["size"] == len(content)


def test_what_is_lying_there_keeps_its_description(lying):
    """Every article has what is required, and nothing that is not described."""
    folder, *_articles = lying
    schema = openapi.ARTICLE
    found = [one for path in (folder / "api/v1/articles").rglob("*.json") for one in json.loads(path.read_bytes())]
    assert len(found) == 2
    for one in found:
        assert set(schema["required"]) <= one.keys() <= schema["properties"].keys()


@pytest.mark.parametrize(("path", "titles"), [("feed/index.json", 2), ("news/feed.json", 1), ("farming/feed.json", 0)])
def test_each_column_has_its_feeds(lying, path, titles):
    folder, *_articles = lying
    made = read(folder, path)
    assert made["version"] == "https://jsonfeed.org/version/1.1" and made["feed_url"] == f"https://www.yunling.gov.cn/{path}"
    assert len(made["items"]) == titles and (folder / path.replace(".json", ".xml")).exists()


def marked(page):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found)


def test_search_engines_read_what_the_page_is(lying):
    folder, news, policy = lying
    told = marked((folder / news.public_path / "index.html").read_text())
    assert (told["@type"], told["headline"], told["keywords"]) == ("NewsArticle", "冬修</script>开工", ["冬修", "水利"])
    assert [rung["name"] for rung in told["breadcrumb"]["itemListElement"]] == ["动态要闻"]
    told = marked((folder / policy.public_path / "index.html").read_text())
    assert (told["@type"], told["legislationIdentifier"], told["legislationLegalForce"]) == (
        "Legislation",
        "云政办发〔2026〕41号",
        "InForce",
    )
    assert marked((folder / "index.html").read_text())["@type"] == "WebSite"
