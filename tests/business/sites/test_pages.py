"""Every kind of public page: its structure, its marks, what it weighs, and that it needs no script and no other host."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from zhengtong.business.sites.models import Column
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files.actions import store

from .released import laid
from .test_charts import QUARTERS, spreadsheet, table

pytestmark = pytest.mark.django_db

VOID = {"meta", "link", "input", "br", "hr", "img"}
HOME_LIMIT = 100 * 1024  # bytes, with style and script, without pictures


class Page(HTMLParser):
    """A page as a strict reader sees it: what is open, what is named, what refers to what."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.refers, self.tags, self.headings, self.faults = [], [], [], [], [], []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> stays open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        if len(values) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.ids += [values["id"]] if "id" in values else []
        self.refers += f"{values.get('aria-labelledby') or ''} {values.get('aria-controls') or ''} {values.get('for') or ''}".split()
        self.refers += [values["href"][1:]] if tag == "a" and (values.get("href") or "").startswith("#") else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.faults += [f"<{tag} {name}>" for name in values if name.startswith("on") or name == "style"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def of(self, tag):
        return [values for name, values in self.tags if name == tag]


@pytest.fixture
def public(site, draft, network_keys, served, tmp_path):
    """A site with something of every kind, released; the folder of the release."""
    more = (
        ("about", "云岭概况", "single", None, "概况信息"),
        ("interaction", "互动交流", "interaction", None, "互动交流"),
        ("notices", "通知公告", "list", None, "通知公告"),
        ("en", "Yunling County People's Government", "single", None, "外文版"),
        ("en/about", "About", "single", "en", "外文版"),
        ("empty", "空栏目", "list", None, "信息公开"),
    )
    for order, (path, name, kind, parent, kinds) in enumerate(more, start=20):
        site.columns[path] = Column.objects.create(
            site=site.site, path=path, name=name, kind=kind, parent=site.columns.get(parent), owner="YL130", period="steady", order=order,
            description=name, keywords="云岭", column_type=kinds,
        )  # fmt: skip
    file = action(lambda: store(spreadsheet([["年份", "收入"], ["2024年", 1], ["2025年", 2]]), "折线图-收入.xlsx"))()
    kept = {"sm3": file.sm3, "name": "折线图-收入.xlsx", "kind": "xlsx", "size": file.size}
    out = '<p><a href="https://example.com/x">外面</a></p>'
    articles = [
        draft("policy", "关于冬修的通知", number="云政发〔2026〕1号", issuer="云岭县人民政府", validity="expired", dated=clock.today()),
        draft("news", "统计消息", body=table("柱状图：产值", QUARTERS) + out, attachments=[kept]),
        draft("notices", "停水通知"),
        draft("about", "云岭概况"),
        draft("en", "Welcome", body="<p>A county.</p>"),
        draft("en/about", "About the county", body='<p><a href="https://example.com/x">out</a></p>'),
    ]
    for article in articles:
        article.publish_newest(site.publisher)
        article.refresh_from_db()
    return laid(served(publisher.release(site.site)), tmp_path / "release")


def pages(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.html"))}


def only(folder, column):
    """The page of the one article of a column."""
    (path,) = (folder / column).glob("20*/*/index.html")
    return path.read_text()


def test_every_page_is_well_formed_and_its_references_lead_somewhere(public):
    for path, html in pages(public).items():
        page = Page(html)
        assert page.faults == [], path
        assert len(page.ids) == len(set(page.ids)), path
        assert set(page.refers) <= set(page.ids), path


def test_every_page_has_one_heading_and_no_level_is_skipped(public):
    for path, html in pages(public).items():
        levels = Page(html).headings
        assert levels.count(1) == 1 and levels[0] == 1, (path, levels)
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


def test_every_page_has_its_landmarks_and_the_skip_link_is_the_first_link(public):
    for path, html in pages(public).items():
        page = Page(html)
        assert [len(page.of(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1], path
        assert page.of("main")[0]["id"] == "content" and page.of("a")[0]["href"] == "#content", path
        assert all(nav.get("aria-label") for nav in page.of("nav")), path


def test_every_page_has_its_language_and_a_head_for_paper(public):
    for path, html in pages(public).items():
        (root,) = Page(html).of("html")
        assert root["lang"] == ("en" if path.startswith("en/") else "zh-CN"), path
        place = path.removesuffix("index.html")
        assert path == "404.html" or f"<span>https://www.yunling.gov.cn/{place}</span>" in html, path


def test_no_page_asks_another_host_for_anything_or_needs_a_script(public):
    for path, html in pages(public).items():
        page = Page(html)
        asked = [
            v.get("src") or v.get("href")
            for tag in ("script", "img", "iframe", "link")
            for v in page.of(tag)
            if v.get("rel") != "alternate"
        ]
        assert all(address is None or address.startswith("/assets/") for address in asked), path
        assert [v for v in page.of("script") if "src" in v and not v["src"].startswith("/assets/public-")] == [], path
        assert "confirm" not in html and "data-zp-leaving" not in html, path


def test_the_home_page_is_light(public):
    assets = sum(path.stat().st_size for path in (public / "assets").iterdir() if path.name.startswith("public-"))
    assert assets + (public / "index.html").stat().st_size < HOME_LIMIT


def test_a_link_off_the_site_leads_over_a_notice_in_the_language_of_the_page(public):
    for column, words in (("news", "您将离开本站"), ("en/about", "You are leaving this site")):
        html = only(public, column)
        page = Page(html)
        assert [a["href"] for a in page.of("a") if a.get("class") == "zp-out"] == ["#leaving-1"]
        (leaving,) = [a for a in page.of("a") if (a.get("href") or "").startswith("https://")]
        assert leaving["href"] == "https://example.com/x" and "noreferrer" in leaving["rel"] and words in html


def test_figures_of_a_table_and_of_an_attached_spreadsheet_are_drawn_in_the_page(public):
    html = only(public, "news")
    assert html.count("<svg viewBox") == 2 and 'id="chart-1-title"' in html and 'id="chart-2-title"' in html
    assert "收入最高为2025年的2，最低为2024年的1" in html


def test_a_policy_says_at_the_top_what_it_is_and_that_it_no_longer_holds(public):
    html = only(public, "policy")
    head = html[html.index("<h1>") : html.index('class="zp-text')]
    assert all(words in head for words in ("云政发〔2026〕1号", "云岭县人民政府", "已失效", "本文件不再作为行政管理的依据"))


def test_the_simple_version_leads_to_services_phones_notices_and_letters(public):
    html = (public / "elder" / "index.html").read_text()
    page = Page(html)
    assert page.of("html")[0]["class"] == "zp-elder"
    assert {"services", "phones", "notices", "letters"} <= set(page.ids)
    links = [a["href"] for a in page.of("a")]
    assert "tel:12345" in links and "/interaction/#elder" in links and "/organs/#elder" in links
    assert any(link.startswith("/notices/20") and link.endswith("/#elder") for link in links)
    for path, other in pages(public).items():
        page = Page(other)
        assert "/elder/" in [a.get("href") for a in page.of("a")] and {"elder", "large", "contrast"} <= set(page.ids), path


def test_pages_in_both_languages_name_each_other_and_others_do_not(public):
    def named(path):
        links = [v for v in Page((public / path).read_text()).of("link") if "hreflang" in v]
        return {v["hreflang"]: v["href"] for v in links}

    root = "https://www.yunling.gov.cn"
    assert named("index.html") == named("en/index.html") == {"zh-CN": f"{root}/", "en": f"{root}/en/"}
    assert named("about/index.html") == named("en/about/index.html") == {"zh-CN": f"{root}/about/", "en": f"{root}/en/about/"}
    assert named("policy/index.html") == named("404.html") == named("elder/index.html") == {}


def test_what_is_english_stays_out_of_the_chinese_bar_and_feed(public):
    bar = (public / "index.html").read_text()
    nav = bar[bar.index('id="zp-nav"') : bar.index("</nav>", bar.index('id="zp-nav"'))]
    assert "/en/" not in nav and "通知公告" in nav
    assert "Welcome" not in (public / "feed" / "index.xml").read_text() and "Welcome" in (public / "en" / "index.html").read_text()


def test_a_site_without_an_english_part_says_nothing_of_it(site, draft, network_keys, served, tmp_path):
    draft().publish_newest(site.publisher)
    folder = laid(served(publisher.release(site.site)), tmp_path / "release")
    assert "hreflang" not in (folder / "index.html").read_text() and not (folder / "en").exists()
