"""What no face can print is named beside the draft, before 〓 stands for it on the page."""

import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime

from zhengtong.papers.lint.check import Finding, lint
from zhengtong.papers.lint.composed import elements
from zhengtong.papers.lint.rules.page import UNUSUAL
from zhengtong.papers.typeset import fonts, press
from zhengtong.papers.typeset.paper import Block, Paper, Para, Table, blocks

PAPER = Paper(
    issuer_mark="云岭县人民政府文件", number="云政发〔2026〕12号", title="云岭县人民政府关于做好防火工作的通知",
    recipients=("各乡镇人民政府",), body=blocks("现就有关事项通知如下：请认真落实。"), signature="云岭县人民政府", date=date(2026, 10, 8),
)  # fmt: skip


def told(*body: Block) -> list[Finding]:
    return [f for f in lint(elements(replace(PAPER, body=body))).findings if f.rule.id == "PG-05"]


def test_a_rare_character_is_named_at_its_place_and_nothing_is_put_in_its_stead():
    (one,) = told(Para("请\U00020000乡参加。"))
    assert (one.start, one.end, one.fix, one.severity) == (1, 2, None, "warning")
    assert "\U00020000 U+20000" in one.zh and "U+20000" in one.en


def test_marks_of_direction_and_width_are_shown_by_their_code_and_may_be_taken_out():
    found = told(Para("请\u202e各\u200b单位参加。"))
    assert [(f.facts["sign"], f.fix) for f in found] == [("U+202E", ""), ("U+200B", "")]


def test_an_emoji_and_a_private_character_are_named():
    assert [f.facts["sign"] for f in told(Para("收到😀。"))] == ["😀 U+1F600"]
    (private,) = told(Para("请王\ue000参加。"))
    assert private.facts["sign"] == "U+E000" and private.fix is None  # a character drawn on one machine: nobody can say which


def test_a_table_is_looked_through_and_each_character_named_once():
    found = told(Para("名单："), Table((("姓名", "职务"), ("王\U00020000", "村\n医"), ("李\U00020000", "教师"))))
    assert [f.facts["sign"] for f in found] == ["\U00020000 U+20000"]


def test_names_with_rare_characters_that_a_face_holds_are_no_finding():
    assert told(Para("朱镕基、陶喆、李赟、王堃、张昇、赵翀，〇、①、㎡、é、e\u0301。")) == []


def test_the_linter_names_exactly_what_the_press_could_not_set():
    text = "请\U00020000乡\u202e王\ue000参加😀，朱镕基、①㎡é。"
    found = {str(f.text) for f in told(Para(text))}
    assert found == set(press.notice(replace(PAPER, body=(Para(text),)), datetime(2026, 10, 8, tzinfo=UTC)).missing)


def test_what_is_passed_over_unasked_is_held_by_every_face():
    usual = {chr(code) for code in range(32, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF and not UNUSUAL.match(chr(code))}
    assert len(usual) > 20_000 and fonts.missing(usual) == ()


def test_a_table_of_ten_thousand_rows_is_looked_through_within_a_second():
    rows = (*((str(n), "王某某", "云岭县") for n in range(10_000)), ("末", "\U00020000", ""))
    made = elements(replace(PAPER, body=(Table(rows),)))
    began = time.process_time()
    assert [f.facts["sign"] for f in lint(made).findings if f.rule.id == "PG-05"] == ["\U00020000 U+20000"]
    assert time.process_time() - began < 1
