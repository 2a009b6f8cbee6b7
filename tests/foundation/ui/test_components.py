"""Each component, rendered: what a screen reader, a keyboard and a person without script get."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from zhengtong.foundation.ui import marks

from .conftest import Draft, Filters, lines, render

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")

MOMENT = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
COTTON = Path(marks.__file__).parent / "templates/cotton"
ICONS = Path(marks.__file__).parents[4] / "frontend/icons.txt"


def tree(source, request=None, **context):
    return html.fragment_fromstring(render(source, request, **context), create_parent=True)


def texts(element):
    return " ".join(element.text_content().split())


def test_every_component_says_how_it_is_used():
    silent = [path.name for path in COTTON.rglob("*.html") if "{% comment %}" not in path.read_text()]
    assert silent == []


def test_a_button_posts_links_or_opens_a_dialog():
    submit, link, opener = tree(
        '<c-button name="verb" value="sign">签发</c-button><c-button href="/x" kind="plain">返回</c-button>'
        '<c-button dialog="sign">签发</c-button>'
    )
    assert (submit.tag, submit.get("type"), submit.get("name"), submit.get("value")) == ("button", "submit", "verb", "sign")
    assert (link.tag, link.get("href"), link.get("class").split()[1]) == ("a", "/x", "zt-button-plain")
    assert (opener.get("type"), opener.get("data-zt-dialog"), opener.get("aria-haspopup")) == ("button", "sign", "dialog")


def test_the_attributes_of_a_button_do_not_leak_into_its_icon():
    assert tree('<c-button icon="plus" size="small" label="x">新</c-button>').xpath(".//svg")[0].get("class") == "zt-icon"


@pytest.mark.parametrize("state", marks.MARKS)
def test_a_state_is_a_word_a_tone_and_a_sign(state):
    badge = tree(f'<c-badge state="{state}" />')[0]
    assert texts(badge) == marks.MARKS[state].word
    assert f"zt-badge-{marks.MARKS[state].tone}" in badge.get("class").split()
    assert badge.xpath(".//use")[0].get("href").endswith(f"icons.svg#{marks.MARKS[state].icon}")


def test_a_badge_can_speak_for_itself():
    badge = tree('<c-badge state="x" label="已转办" tone="blue" icon="send" />')[0]
    assert texts(badge) == "已转办" and "zt-badge-blue" in badge.get("class")


def test_only_icons_of_the_sheet_are_named():
    known = set(ICONS.read_text().split())
    assert {mark.icon for mark in marks.MARKS.values()} <= known


def test_a_field_ties_label_help_and_error_to_its_control():
    form = Draft({"title": ""})
    field = tree('<c-field :field="form.title" />', form=form)[0]
    control = field.xpath(".//input")[0]
    assert field.xpath("./label")[0].get("for") == control.get("id")
    assert control.get("aria-invalid") == "true"
    ids = control.get("aria-describedby").split()
    assert len(ids) == 2 and all(field.xpath(f".//*[@id='{name}']") for name in ids)


def test_a_choice_is_a_group_with_a_legend_and_its_error():
    field = tree('<c-field :field="form.openness" />', form=Draft({}))[0]
    assert field.tag == "fieldset" and texts(field.xpath("./legend")[0]) == "公开属性"
    assert field.xpath(f".//*[@id='{field.get('aria-describedby').split()[-1]}']")


def test_an_optional_field_says_so():
    assert "选填" in texts(tree('<c-field :field="form.opinion" />', form=Draft()))
    assert "选填" not in texts(tree('<c-field :field="form.title" />', form=Draft()))


def test_a_long_text_counts_and_a_file_knows_its_limit():
    page = tree('<c-field :field="form.opinion" /><c-field :field="form.licence" />', form=Draft())
    assert page.xpath(".//textarea")[0].get("data-zt-counter") is not None
    assert page.xpath(".//input[@type='file']")[0].get("data-limit-mb") == "20"


def test_the_summary_of_errors_leads_to_the_fields():
    page = tree('<c-form-errors :form="form" />', form=Draft({}))
    assert page.xpath(".//a[@href='#id_title']")
    assert render('<c-form-errors :form="form" />', form=Draft()).strip() == ""


def test_a_form_keeps_what_was_typed_and_carries_its_token():
    page = tree('<c-form :form="form" action="/x" submit="送审" back="/" guard />', form=Draft({"title": "关于修路的请示"}))
    form = page.xpath(".//form")[0]
    assert form.get("method") == "post" and form.get("enctype") == "multipart/form-data" and form.get("data-zt-guard") is not None
    assert form.xpath(".//input[@name='title']")[0].get("value") == "关于修路的请示"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")
    assert texts(form.xpath(".//button[@type='submit']")[0]) == "送审"


def test_a_form_may_bring_its_own_fields():
    page = tree('<c-form :form="form" submit="存"><c-field :field="form.kind" /></c-form>', form=Draft())
    assert page.xpath(".//select[@name='kind']") and not page.xpath(".//input[@name='title']")


def test_a_table_has_a_caption_and_heads():
    table = tree('<c-table caption="待办"><c-slot name="head"><th>标题</th></c-slot><tr><td>甲</td></tr></c-table>').xpath(".//table")[0]
    assert texts(table.xpath("./caption")[0]) == "待办"
    assert texts(table.xpath("./thead/tr/th")[0]) == "标题" and texts(table.xpath("./tbody/tr/td")[0]) == "甲"


def test_an_empty_list_says_why():
    assert texts(tree('<c-empty title="没有待办">新来的会出现在这里。</c-empty>')) == "没有待办 新来的会出现在这里。"


def test_a_card_has_a_heading_and_actions():
    card = tree('<c-card title="附件"><c-slot name="actions"><a href="/a">添加</a></c-slot>无</c-card>')[0]
    assert texts(card.xpath(".//h2")[0]) == "附件" and card.xpath(".//a[@href='/a']")


def test_the_slip_shows_stage_opinion_who_and_when():
    rows = tree('<c-steps :lines="lines" />', lines=lines()).xpath(".//tbody/tr")
    assert [row.get("class") for row in rows[3:]] == ["zt-slip-void", "zt-slip-returned", "zt-slip-open", "zt-slip-waiting"]
    assert "已改第三段" in texts(rows[1]) and "李国强" in texts(rows[1]) and "2026-11-20 09:30" in texts(rows[1])
    assert rows[5].get("aria-current") == "step" and "限 2026-11-25" in texts(rows[5])


def test_a_timeline_tells_who_did_what_when():
    item = tree('<c-timeline :items="items" />', items=[{"at": MOMENT, "who": "周敏", "text": "送审", "note": "第二稿"}]).xpath(".//li")[0]
    assert texts(item) == "2026-11-23 09:05 周敏 送审 第二稿"


@pytest.mark.parametrize("way", ["", "inline"])
def test_an_official_act_lists_what_takes_effect_and_asks_for_the_pin(way):
    page = tree(
        f'<c-confirm id="sign" title="签发" action="/s" verb="确认签发" :effects="effects" {way} />', effects=["正文定稿", "转登记"]
    )
    form = page.xpath(".//form")[0]
    assert [texts(item) for item in form.xpath(".//li")] == ["正文定稿", "转登记"]
    assert form.get("action") == "/s" and form.xpath(".//input[@name='pin']")[0].get("type") == "password"
    assert [texts(button) for button in form.xpath(".//button[@type='submit']")] == ["确认签发"]
    assert bool(page.xpath(".//dialog")) is (way == "")


def test_a_refused_pin_stands_at_the_pin_and_the_dialog_stays_open():
    page = tree('<c-confirm id="sign" title="签发" pin_error="口令不对，还可试4次" />')
    pin = page.xpath(".//input[@name='pin']")[0]
    assert page.xpath(".//dialog")[0].get("data-zt-open") is not None
    assert pin.get("aria-invalid") == "true" and texts(page.xpath(f".//*[@id='{pin.get('aria-describedby')}']")[0]) == "口令不对，还可试4次"


def test_an_act_without_a_key_asks_for_no_pin():
    assert not tree('<c-confirm id="a" title="签收" pin="no" />').xpath(".//input[@name='pin']")


def test_pages_of_a_list_keep_the_filters():
    page = Paginator(range(100), 10).page(3)
    links = tree('<c-pagination :page="page" />', RequestFactory().get("/", {"q": "水利", "page": "3"}), page=page).xpath(".//a/@href")
    assert links and all("q=" in link for link in links)
    assert render('<c-pagination :page="page" />', page=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_filter_bar_asks_by_get_and_names_its_fields():
    form = tree('<c-filter-bar :form="form" target="#list" />', form=Filters({"q": "水利"})).xpath(".//form")[0]
    assert form.get("method") == "get" and form.get("hx-target") == "#list"
    assert form.xpath(".//input[@name='q']")[0].get("value") == "水利"
    assert {label.get("for") for label in form.xpath(".//label")} == {"id_q", "id_state", "id_since"}


def test_a_moment_and_a_day_are_written_as_the_norm_says():
    assert texts(tree('<c-time :at="at" />', at=MOMENT)) == "2026-11-23 09:05"
    assert texts(tree('<c-due :on="day" state="red" />', day=date(2026, 11, 30))) == "2026-11-30 红牌"
    assert texts(tree('<c-time :at="at" />', at=None)) == ""


def test_a_stale_form_says_who_was_first_and_loses_nothing():
    note = texts(tree('<c-stale who="孙立" :at="at" what="已退回" href="/d/1">我写的意见</c-stale>', at=MOMENT))
    assert "孙立 2026-11-23 09:05 已退回" in note and "我写的意见" in note


def test_what_people_write_is_escaped():
    page = render(
        '<c-alert tone="red">{{ text }}</c-alert><c-fact label="标题" value="{{ text }}" /><c-badge state="x" label="{{ text }}" />',
        text="<b>&",
    )
    assert "<b>" not in page and page.count("&lt;b&gt;&amp;") == 3 and "&amp;amp;" not in page


def test_progress_without_a_value_is_under_way():
    known, unknown = tree('<c-progress value="30" label="导入" /><c-progress label="排版" />').xpath(".//progress")
    assert known.get("value") == "30" and unknown.get("value") is None


def test_small_pieces_render():
    page = tree(
        '<c-facts><c-fact label="文号">1号</c-fact></c-facts><c-file name="a.pdf" href="/f" size="2048" /><c-print />'
        '<c-menu label="更多"><a href="/m">移交</a></c-menu>'
        '<c-tabs label="公文"><a href="?a">甲</a></c-tabs><c-dialog id="d" title="催办">x</c-dialog><c-icon name="inbox" label="收件" />'
    )
    assert texts(page.xpath(".//dl")[0]) == "文号1号" and page.xpath(".//a[@href='/f']") and page.xpath(".//svg[@role='img']")
    assert page.xpath(".//dialog[@aria-labelledby='d-title']") and page.xpath(".//summary")


def test_the_footer_of_a_public_page_has_the_seven_marks():
    site = {"code": "5301290001", "organ": "县政府办", "contact": "0871-1", "icp": "滇ICP备1号", "police": "滇公网安备1号"}
    footer = texts(tree('<c-public.footer :site="site" />', site=site))
    marks_of_the_norm = ("党政机关网站标识", "我为政府网站找错", "网站标识码", "主办单位", "滇ICP备1号", "滇公网安备1号", "站点地图")
    assert [mark for mark in marks_of_the_norm if mark not in footer] == []


def test_the_other_language_reaches_the_components():
    with translation.override("en"):
        assert 'lang="en"' in render('{% extends "ui/public.html" %}{% block title %}x{% endblock %}')
