import pytest

from zhengtong.business.sites import rules, text


def test_every_step_names_its_article_and_every_state_is_reachable():
    assert all(step.article for step in rules.STEPS)
    assert {step.target for step in rules.STEPS} | {rules.State.DRAFT} == set(rules.State)


def test_only_the_publisher_publishes_and_withdraws():
    assert {step.role for step in rules.STEPS if step.verb in ("publish", "withdraw")} == {rules.Role.PUBLISHER}


def test_withdrawing_needs_a_reason():
    assert all(step.reason for step in rules.STEPS if step.verb == "withdraw")


@pytest.mark.parametrize(
    ("title", "source", "body", "attachments", "field"),
    [
        ("通知", "县政府办", "<p>正文</p>", 0, None),
        ("通知", "县政府办", "", 1, None),
        ("", "县政府办", "<p>正文</p>", 0, "title"),
        ("通知", " ", "<p>正文</p>", 0, "source"),  # 没有来源不得发布
        ("通知", "县政府办", "", 0, "body"),
        ("长" * 201, "县政府办", "<p>正文</p>", 0, "title"),
    ],
)
def test_what_an_article_lacks(title, source, body, attachments, field):
    found = rules.publish_objections(title, source, body, attachments, [])
    assert [no.field for no in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("mark", "value", "good"),
    [
        ("icp", "粤ICP备11001610号-1", True),
        ("icp", "ICP备11001610号", False),
        ("police", "粤公网安备 44010402001594号", True),
        ("police", "44010402001594", False),
        ("identification_code", "4401000059", True),
        ("identification_code", "bm55000001", True),
        ("identification_code", "28", False),
        ("party_mark", "CA051030000411571260001", True),
        ("party_mark", "CA27", False),
        ("organiser", "", False),
    ],
)
def test_marks_at_the_foot_of_the_page(mark, value, good):
    found = {no.field for no in rules.mark_objections({mark: value})}
    assert (mark not in found) is good


def test_there_are_seven_marks():
    assert len(rules.MARKS) == 7


@pytest.mark.parametrize(
    ("path", "good"), [("news", True), ("news/county", True), ("News", False), ("search", False), ("counter/x", False), ("a//b", False)]
)
def test_addresses_of_columns(path, good):
    assert (rules.path_objection(path) is None) is good


def test_tags_of_an_article_stand_in_the_order_of_the_norm():
    values = {tag.name: "x" for tag in rules.TAGS}
    names = [name for name, _value in rules.tags(rules.Page.ARTICLE, values)]
    assert names[:5] == ["SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType"]
    assert names[5:8] == ["ArticleTitle", "PubDate", "ContentSource"]
    assert "ColumnDescription" not in names


def test_the_home_page_has_only_the_site_tags():
    assert [n for n, _v in rules.tags(rules.Page.HOME, {})] == ["SiteName", "SiteDomain", "SiteIDCode"]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>好</p>", "<p>好</p>"),
        ("<p onclick=x>好<script>alert(1)</script></p>", "<p>好</p>"),
        ('<a href="javascript:alert(1)">点</a>', "<a>点</a>"),
        ('<a href=" JaVaScript:alert(1)">点</a>', "<a>点</a>"),
        ('<a href="java\nscript:alert(1)">点</a>', "<a>点</a>"),
        ('<a href="https://x.gov.cn/?a=1&b=2">点</a>', '<a href="https://x.gov.cn/?a=1&amp;b=2">点</a>'),
        ("<img src=x onerror=alert(1)>字", "字"),
        ("<svg><script>1</script></svg>字", "字"),
        ("<p>没有关<b>上", "<p>没有关<b>上</b></p>"),
        ("</div></p>字", "字"),
        ("<td colspan='2' style='x'>1</td>", '<td colspan="2">1</td>'),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_only_the_markup_of_the_allow_list_is_kept(dirty, clean):
    assert text.clean(dirty) == clean


def test_cleaning_twice_changes_nothing():
    once = text.clean("<h2>一</h2><p>二 &amp; <a href='/x'>三</a></p><table><tr><td>四")
    assert text.clean(once) == once


def test_blocks_of_a_paper_become_headings_paragraphs_and_tables():
    blocks = [
        {"kind": "heading", "level": 1, "text": "一、总则"},
        {"kind": "para", "text": "甲<乙"},
        {"kind": "table", "rows": [["甲", 1]]},
    ]
    assert text.from_blocks(blocks) == "<h2>一、总则</h2>\n<p>甲&lt;乙</p>\n<table><tr><td>甲</td><td>1</td></tr></table>"


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_list_pages_are_counted_from_the_oldest(count, pages):
    assert rules.list_pages(count) == pages
