"""A report: places, fixes, validity in time, bounded work, and no fall on whatever text."""

import json
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong import cli
from zhengtong.papers.lint.check import MOST, lint
from zhengtong.papers.lint.rules.context import Context
from zhengtong.papers.lint.rules.relations import gap, is_department, is_internal, relation
from zhengtong.papers.lint.rules.rule import Severity
from zhengtong.papers.reading import files
from zhengtong.papers.reading.limits import Unreadable

from .rules.cast import NOTICE, body, notice, paper

MARKS = "一二三、（）()1234.：:《》〔〕[]号年月日第，。；？！“”…—- 　\n\n\n"
PHRASES = ["附件", "关于", "的通知", "抄送：", "2024年5月6日", "云岭县人民政府", "签发人：", "机密★5年", "一、", "（一）", "1.", "请示"]
PHRASES += ["各乡镇人民政府：", "百分之", "5～10%", "等……", "见附件1", "布署"]
WORDS = st.sampled_from([*MARKS, *PHRASES])
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def test_a_finding_says_where_what_and_how_to_mend_it():
    elements = files.parse(notice(date="2026年10月08日").encode(), "a.txt")
    (found,) = lint(elements).findings
    assert (found.rule.id, found.severity, found.element) == ("DT-02", Severity.ERROR, "date")
    line = elements.lines[found.paragraph].text
    assert line[found.start : found.end] == found.text == "0"
    assert line[: found.start] + found.fix + line[found.end :] == "2026年10月8日"
    assert found.zh and found.en and "7.3.5.4" in found.rule.source


def test_applying_every_certain_fix_leaves_less_to_mend():
    text = body("现就有关事项通知如下：\n一.加强领导,落实责任。。\n投入9～16亿元,增长5～10%。\n统一布署。\n二、开设帐户\n完。").replace(
        "〔2026〕12号", "[2026]012号"
    )
    elements = files.parse(text.encode(), "a.txt")
    lines = [line.text for line in elements.lines]
    before = lint(elements).findings
    assert len(before) > 8
    done: dict[int, int] = {}
    for found in reversed([f for f in before if f.fix is not None and f.paragraph is not None]):
        if found.end <= done.get(found.paragraph, sys.maxsize):
            line = lines[found.paragraph]
            lines[found.paragraph] = line[: found.start] + found.fix + line[found.end :]
            done[found.paragraph] = found.start
    after = lint(files.parse("\n".join(lines).encode(), "a.txt")).findings
    assert [f.rule.id for f in after if f.fix is not None] == []


@pytest.mark.parametrize(("day", "errs"), [("二〇一一年五月六日", False), ("二〇一二年七月二日", True)])
def test_an_older_paper_obeys_the_older_rules(day, errs):
    report = lint(files.parse(notice(date=day).encode(), "a.txt"))
    assert ("DT-01" in {f.rule.id for f in report.findings}) is errs
    assert ("DT-01" in {rule.id for rule in report.not_in_force}) is not errs


def test_the_rules_of_another_day_can_be_asked_for():
    elements = files.parse(notice(date="二〇一一年五月六日").encode(), "a.txt")
    assert "DT-01" in {f.rule.id for f in lint(elements, on=date(2026, 1, 1)).findings}


def test_facts_go_before_what_names_tell():
    elements = files.parse(paper({**NOTICE, "title": "云岭县人民政府关于防汛的报告", "to": "云岭县财政局："}).encode(), "a.txt")
    assert "RT-03" in {f.rule.id for f in lint(elements).findings}
    assert "RT-03" not in {f.rule.id for f in lint(elements, Context(relations={"云岭县财政局": "up"})).findings}


@pytest.mark.parametrize(("issuer", "other", "way"), [
    ("云岭县教育局", "云岭县财政局", "peer"), ("县教育局", "云岭县人民政府", "up"), ("云岭县人民政府", "各乡镇人民政府", "down"),
    ("云岭县人民政府", "云州市人民政府", "up"), ("云岭县人民政府", "县委办公室", "peer"), ("云岭县教育局", "云州市教育局", "up"),
    ("云岭县教育局", "云州市财政局", ""), ("云岭县人民政府", "国务院", "up"), ("云岭县人民政府", "有关单位", ""),
])  # fmt: skip
def test_names_tell_how_organs_stand_where_that_is_certain(issuer, other, way):
    assert relation(issuer, other) == way


def test_a_county_of_a_municipality_stands_next_to_it():
    assert gap("重庆市云阳县人民政府", "重庆市人民政府") == 1
    assert gap("云岭县人民政府", "云南省人民政府") == 2


def test_departments_and_internal_units_are_known_by_name():
    assert is_department("云岭县教育局") and not is_department("云岭县人民政府办公室") and not is_department("国务院办公厅")
    assert is_internal("云岭县财政局预算股") and not is_internal("云岭县人民政府办公室") and not is_internal("云岭县财政局")


@pytest.mark.parametrize(
    ("data", "code"), [(notice(), 0), (notice(date="2026年10月08日"), 1), (body("要加强 领导，落实责任。"), 0), ("", 2)]
)
def test_the_exit_code_tells_errors_and_unreadable_files(data, code, tmp_path, capsys):
    (tmp_path / "a.txt").write_text(data, encoding="utf-8")
    assert cli.main(["doc", "lint", str(tmp_path / "a.txt")]) == code
    said = capsys.readouterr()
    assert "共" in said.out or "空" in said.err


@pytest.mark.parametrize("facts", ["[]", "{", '{"nonsense": 1}', '{"adopted_on": "yesterday"}'])
def test_facts_that_cannot_be_read_are_said(facts, tmp_path, capsys):
    (tmp_path / "a.txt").write_text(notice(), encoding="utf-8")
    (tmp_path / "f.json").write_text(facts, encoding="utf-8")
    assert cli.main(["doc", "lint", str(tmp_path / "a.txt"), "--json", "--facts", str(tmp_path / "f.json")]) == 2
    assert json.loads(capsys.readouterr().out)["unreadable"]["zh"].startswith("事实文件")


def work(text: str) -> int:
    """How many lines of Python linting takes: the same on every machine."""
    elements = files.parse(text.encode(), "a.txt")
    count = 0

    def step(frame, event, argument):
        nonlocal count
        count += 1
        return step

    lint(elements)
    before = sys.gettrace()
    sys.settrace(step)
    try:
        lint(elements)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "line",
    [
        "要加强领导，落实《关于做好工作的通知》要求，做好“双减”等工作（含培训）。\n",
        "一.加强领导,落实责任。。\n",
        "《《《“（〔，，。。、、……--。\n",
        "（一）设卡检查，详见附件。\n1.巡山护林\n",
    ],
)
def test_the_work_grows_no_faster_than_the_text(line):
    once, twice, four = (work(body(line * n)) for n in (200, 400, 800))
    assert four - twice < 2.3 * (twice - once) + 2000


def test_one_rule_shows_no_more_than_its_share():
    report = lint(files.parse(body("要加强 领导。" * 5000).encode(), "a.txt"))
    assert len([f for f in report.findings if f.rule.id == "TX-02"]) == MOST


@FUZZ
@given(st.lists(WORDS, max_size=150).map("".join) | st.text(max_size=300))
def test_no_text_makes_the_rules_fall(text):
    try:
        elements = files.parse(text.encode("utf-8", "replace"), "a.txt")
    except Unreadable:
        return
    for found in lint(elements).findings:
        assert found.zh and found.en
        assert found.paragraph is None or 0 <= found.start <= found.end <= len(elements.lines[found.paragraph].text)


@FUZZ
@given(st.sampled_from(sorted(NOTICE)), st.lists(WORDS, max_size=40).map("".join))
def test_no_part_of_a_paper_makes_the_rules_fall(part, text):
    lint(files.parse(notice(**{part: text}).encode("utf-8", "replace"), "a.txt"))
