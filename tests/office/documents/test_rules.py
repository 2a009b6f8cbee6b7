"""The rule book on documents, as tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.orgs.rules import Direction as D
from zhengtong.foundation.orgs.rules import Kind as O
from zhengtong.office.documents.rules import body, joint, kinds, secrecy, steps
from zhengtong.office.documents.rules.kinds import KINDS, Recipient, recipients_objection
from zhengtong.office.documents.rules.steps import STAGES, STEPS, State

TOWN = Recipient("石桥镇人民政府", D.DOWN, O.TOWNSHIP)
CITY = Recipient("云州市人民政府", D.UP, O.SUPERIOR)
OTHER = Recipient("云州市财政局", D.NONE, O.DEPARTMENT)


def test_there_are_exactly_fifteen_types():
    assert len(KINDS) == 15
    assert not {"条例", "规定", "指示", "会议纪要", "办法", "方案"} & {k.name for k in KINDS.values()}


@pytest.mark.parametrize(("kind", "issuer", "recipients", "objects"), [
    ("notice",  O.GOVERNMENT, [TOWN] * 32,                       ""),
    ("notice",  O.GOVERNMENT, [],                                "recipients"),
    ("notice",  O.GOVERNMENT, [CITY],                            "recipients"),  # 下行文不主送上级
    ("request", O.GOVERNMENT, [CITY],                            ""),
    ("request", O.GOVERNMENT, [CITY, CITY],                      "recipients"),  # 第十五条（一）
    ("request", O.GOVERNMENT, [TOWN],                            "recipients"),
    ("report",  O.GOVERNMENT, [CITY, Recipient("石桥镇", D.DOWN, O.TOWNSHIP, cc=True)], "cc"),  # 不得抄送下级
    ("letter",  O.GOVERNMENT, [OTHER],                           ""),
    ("letter",  O.GOVERNMENT, [TOWN],                            "recipients"),
    ("minutes", O.GOVERNMENT, [],                                ""),
    ("minutes", O.GOVERNMENT, [TOWN],                            "recipients"),
    ("notice",  O.DEPARTMENT, [Recipient("石桥镇", D.NONE, O.TOWNSHIP)], "recipients"),  # 第十六条（二）
])  # fmt: skip
def test_who_may_be_written_to(kind, issuer, recipients, objects):
    found = recipients_objection(kind, recipients, issuer, "请认真贯彻执行。")
    assert (found.field if found else "") == objects


def test_a_department_may_write_down_with_the_governments_consent():
    assert recipients_objection("notice", [Recipient("石桥镇", D.NONE, O.TOWNSHIP)], O.DEPARTMENT, "经县人民政府同意，现通知如下") is None


def test_only_the_government_makes_orders_and_bills():
    assert kinds.issuer_objection("order", O.DEPARTMENT) and kinds.issuer_objection("bill", O.PARTY_COMMITTEE)
    assert kinds.issuer_objection("order", O.GOVERNMENT) is None


@pytest.mark.parametrize(("title", "objects"), [
    ("云岭县人民政府关于做好防汛工作的通知", False),
    ("云岭县人民政府关于印发工作规则（试行）的通知", False),
    ("关于做好防汛工作", True),
    ("", True),
    ("长" * 120 + "通知", True),
])  # fmt: skip
def test_a_title_ends_with_its_type(title, objects):
    assert bool(kinds.title_objection("notice", title)) is objects


@pytest.mark.parametrize("text", ["陇政发〔2024〕12号", "陇政办函〔2024〕101号", "陇发〔2024〕1号", "第12号"])
def test_well_formed_numbers(text):
    assert kinds.is_number(text)


@pytest.mark.parametrize(
    "text",
    ["陇政发[2024]12号", "陇政发（2024）12号", "陇政发〔24〕12号", "陇政发〔2024〕012号", "陇政发〔2024〕第12号", "陇政发〔2024〕12"],
)
def test_malformed_numbers(text):
    assert not kinds.is_number(text)


def test_numbers_by_letters_and_type():
    assert kinds.number("云政", "notice", 2026, 1) == "云政发〔2026〕1号"
    assert kinds.number("云政", "letter", 2026, 12) == "云政函〔2026〕12号"
    assert kinds.number("云政", "order", 2026, 3) == "第3号"
    assert all(kinds.is_number(kinds.number("云政", kind, 2026, 7)) for kind in KINDS)


# -- steps --


def test_a_number_is_never_given_before_signing():
    assert {s.source for s in STEPS if s.verb == "number"} == {State.NUMBERING}
    assert State.NUMBERING not in steps.UNSIGNED


def test_every_state_can_be_reached_and_the_issued_paper_moves_no_more():
    assert {s.target for s in STEPS} | {State.DRAFT} == set(State)
    assert not [s for s in STEPS if s.source == State.ISSUED]


def test_every_row_has_its_article_and_every_verb_its_word():
    assert all(s.article for s in STEPS)
    assert {s.verb for s in STEPS} == set(steps.VERBS)


def test_every_stage_of_the_slip_is_a_state_with_a_way_out():
    template = steps.template("A", "B", "C", "", "P")
    for row in (*template.rows, steps.countersign("X"), joint.cosigner("X"), joint.cosealer("X")):
        state = STAGES[row.stage]
        assert any(s.source == state and s.role == row.role for s in STEPS), row.stage


def test_no_unsigned_document_goes_on_to_registration():
    """A change after signing leads nowhere but to the signer; no other step skips him."""
    into_signed = [s for s in STEPS if s.source in steps.UNSIGNED and s.target not in steps.UNSIGNED]
    assert {s.verb for s in into_signed} == {"sign"}
    out_of_signed = [s for s in STEPS if s.source not in steps.UNSIGNED and s.target in steps.UNSIGNED]
    assert {(s.verb, s.target) for s in out_of_signed} == {("save", State.SIGNING), ("return_", State.RETURNED)}
    assert {s.source for s in out_of_signed if s.verb == "return_"} == {State.COSIGN}, "from a co-issuer's head it goes to the drafter"


def test_official_acts_ask_for_the_pin_and_say_what_takes_effect():
    assert {s.verb for s in STEPS if s.official} == {"sign", "cosign", "number", "typeset", "coseal", "dispatch"}
    assert {s.verb for s in STEPS if s.official} | {"release"} == set(steps.EFFECTS)


def test_a_return_needs_its_reason():
    assert all(s.reason for s in STEPS if s.verb == "return_")


# -- secrecy --


@pytest.mark.parametrize("mark", ["秘密★10年", "机密★6个月", "绝密★长期", "机密", "机密★5年", "秘密★2030年5月1日", "机密★任务完成"])
def test_good_marks(mark):
    assert secrecy.mark_objection(mark) is None


@pytest.mark.parametrize("mark", ["机密*5年", "机密★五年", "内部", "秘密★15年", "机密★21年", "秘密★13个月", ""])
def test_bad_marks(mark):
    assert secrecy.mark_objection(mark)


@pytest.mark.parametrize(("level", "period", "basis", "readers", "profile", "field"), [
    ("",     "",    "",     0, "open",       ""),
    ("机密", "5年", "第3条", 4, "open",       "secrecy"),
    ("机密", "5年", "第3条", 4, "classified", ""),
    ("机密", "5年", "",     4, "classified", "secrecy_basis"),
    ("机密", "5年", "第3条", 0, "classified", "readers"),
    ("机密", "25年", "第3条", 4, "classified", "secrecy_period"),
    ("内部", "",    "第3条", 4, "classified", "secrecy"),
])  # fmt: skip
def test_level_period_basis_and_scope_belong_together(level, period, basis, readers, profile, field):
    found = secrecy.secrecy_objection(level, period, basis, readers, profile)
    assert (found.field if found else "") == field


@pytest.mark.parametrize(("publication", "reason", "level", "objects"), [
    ("proactive", "", "", False),
    ("withheld", "", "", True),
    ("withheld", "内部管理信息", "", False),
    ("proactive", "", "机密", True),
    ("", "", "", True),
])  # fmt: skip
def test_the_publication_attribute(publication, reason, level, objects):
    assert bool(secrecy.publication_objection(publication, reason, level)) is objects


@pytest.mark.parametrize(("profile", "level", "publication", "issued", "code"), [
    ("open", "", "proactive", True, None),
    ("open", "", "proactive", False, "not_issued"),
    ("open", "", "withheld", True, "not_public"),
    ("classified", "机密", "withheld", True, "classified"),
    ("classified", "", "proactive", True, "classified_network"),
])  # fmt: skip
def test_what_may_leave_for_the_public(profile, level, publication, issued, code):
    found = secrecy.release_objection(profile, level, publication, issued)
    assert (found.code if found else None) == code


def test_clearance_reaches_down_never_up():
    assert secrecy.cleared("机密", "秘密") and secrecy.cleared("机密", "机密") and not secrecy.cleared("秘密", "机密")
    assert not secrecy.cleared("", "秘密")


# -- the text --

TEXT = "为做好今冬防火工作，现通知如下：\n一、加强领导\n（一）落实责任。各乡镇要明确专人。\n1.排查隐患\n（1）逐户登记\n\n  特此通知。"


def test_headings_are_known_by_their_ordinals():
    assert [b["level"] for b in body.parse(TEXT)] == [0, 1, 2, 3, 4, 0]


def test_blocks_that_stay_keep_their_ids():
    first = body.parse(TEXT)
    second = body.parse(TEXT.replace("1.排查隐患", "1.排查整治隐患").replace("特此通知。", "新增一段。\n特此通知。"), first)
    old, new = {b["text"]: b["id"] for b in first}, {b["text"]: b["id"] for b in second}
    assert new["一、加强领导"] == old["一、加强领导"] and new["特此通知。"] == old["特此通知。"]
    assert new["1.排查整治隐患"] == old["1.排查隐患"] and new["新增一段。"] not in old.values()
    assert len({b["id"] for b in second}) == len(second)


@given(st.text("甲乙丙丁，。\n", max_size=80), st.text("甲乙丙丁，。\n", max_size=80))
def test_replaying_the_marks_gives_exactly_both_texts(old, new):
    marked = body.marks(old, new)
    assert body.clean(marked) == new and body.original(marked) == old


def test_the_digest_covers_every_element():
    content = {"title": "甲", "body": [["para", 0, "乙"]]}
    assert body.digest(content) == body.digest({"body": [["para", 0, "乙"]], "title": "甲"})
    assert body.digest(content) != body.digest({**content, "body": [["para", 0, "乙。"]]})
