"""A paper written here breaks or keeps the same rules as one that came as a file."""

from datetime import date

from zhengtong.papers.lint.check import lint
from zhengtong.papers.lint.composed import OWN, elements
from zhengtong.papers.lint.rules import RULES
from zhengtong.papers.reading.elements import Role
from zhengtong.papers.typeset.paper import Attachment, Paper, Table, blocks

BODY = "现就有关事项通知如下：\n一、压实责任\n（一）包片。各乡镇专人包片。\n（二）巡山。护林员在岗。\n二、严管火源\n设卡检查，详见附件。"
PAPER = Paper(
    issuer_mark="云岭县人民政府文件", number="云政发〔2026〕12号", title="云岭县人民政府\n关于做好防火工作的通知",
    recipients=("各乡镇人民政府", "县政府各部门"),
    body=blocks(BODY),
    attachments=(Attachment("防火方案"),), signature="云岭县人民政府", date=date(2026, 10, 8), note="此件公开发布", cc=("县委办公室",),
    printed_by="云岭县人民政府办公室", printed_on=date(2026, 10, 9),
)  # fmt: skip


def test_every_part_is_the_element_that_it_is():
    made = elements(PAPER)
    assert made.title == "云岭县人民政府关于做好防火工作的通知" and made.issuers == ["云岭县人民政府"]
    assert made.recipients == ["各乡镇人民政府", "县政府各部门"] and made.cc == ["县委办公室"]
    assert (made.number, made.date, made.text(Role.NOTE)) == ("云政发〔2026〕12号", date(2026, 10, 8), "（此件公开发布）")
    assert [p.level for p in made.body if p.level] == [1, 2, 2, 1]


def test_a_paper_in_order_has_no_finding_and_a_slip_is_found_in_its_line():
    assert lint(elements(PAPER)).findings == ()
    slip = Paper(**{**{name: getattr(PAPER, name) for name in PAPER.__slots__}, "body": blocks("加强领导,落实责任。")})
    assert [(f.rule.id, f.text) for f in lint(elements(slip)).findings] == [("PU-01", ",")]


def test_what_the_press_sets_itself_is_named_by_rules_that_exist():
    assert set(RULES) >= OWN


def test_what_is_bound_in_is_read_as_the_attachment_that_it_is():
    two = (Attachment("重点户名单"), Attachment("防火方案", (*blocks("一、组织领导\n设卡检查。"), Table((("乡镇", "户数"),)))))
    bound = elements(Paper(**{**{name: getattr(PAPER, name) for name in PAPER.__slots__}, "attachments": two}))
    assert [p.role for p in bound.pieces if p.part == 1] == [
        Role.ATTACHMENT_HEAD,
        Role.ATTACHMENT_TITLE,
        Role.HEADING,
        Role.PARA,
        Role.TABLE,
    ]
    assert bound.of(Role.ATTACHMENT_HEAD, part=1)[0].text == "附件2" and [p.text for p in bound.body] == [
        p.text for p in elements(PAPER).body
    ]
    assert {f.rule.id for f in lint(bound).findings} <= OWN
