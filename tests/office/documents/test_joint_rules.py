"""Who may issue together, as tables and pure functions (第十七条; GB/T 9704-2012 7.2.4, 7.3.5.1)."""

import pytest

from zhengtong.foundation.orgs.rules import Direction as D
from zhengtong.foundation.orgs.rules import Kind as O
from zhengtong.foundation.slips.rules import PERSONAL, LineState, Row, returned, withdrawn
from zhengtong.office.documents.rules import joint, steps, way
from zhengtong.office.documents.rules.joint import Body
from zhengtong.office.documents.rules.kinds import KINDS, Closing
from zhengtong.papers.lint.check import lint
from zhengtong.papers.lint.composed import elements
from zhengtong.papers.lint.rules.context import Context
from zhengtong.papers.typeset.geometry import MEASURES
from zhengtong.papers.typeset.paper import Issuer, Paper, blocks

GOVERNMENT = Body("云岭县人民政府", "county", O.GOVERNMENT)
COMMITTEE = Body("中国共产党云岭县委员会", "county", O.PARTY_COMMITTEE, D.PEER)
COURT = Body("云岭县人民法院", "county", O.COURT, D.PEER)
CONGRESS = Body("云岭县人民代表大会常务委员会", "county", O.CONGRESS, D.PEER)
BUREAU = Body("云岭县财政局", "section", O.GOVERNMENT, D.DOWN)
SCHOOLS = Body("云岭县教育局", "section", O.GOVERNMENT, D.PEER)
TOWN = Body("云岭县石桥镇人民政府", "section", O.GOVERNMENT, D.PEER)
BELOW = Body("云岭县国库中心", "section", O.GOVERNMENT, D.DOWN)


@pytest.mark.parametrize(("kind", "lead", "others", "mark", "shared", "field"), [
    ("notice",  GOVERNMENT, [],                     "",     False, ""),
    ("notice",  GOVERNMENT, [COURT],                "all",  False, ""),
    ("request", GOVERNMENT, [COURT, CONGRESS],      "lead", False, ""),
    ("notice",  SCHOOLS,    [TOWN],                 "all",  False, ""),              # departments and townships are of one rank
    ("order",   GOVERNMENT, [COURT],                "all",  False, "issuers"),       # one head's own act
    ("minutes", GOVERNMENT, [COURT],                "all",  False, "issuers"),
    ("notice",  GOVERNMENT, [BUREAU],               "all",  False, "issuers"),       # 同级
    ("notice",  SCHOOLS,    [BELOW],                "all",  False, "issuers"),       # its own subordinate
    ("notice",  GOVERNMENT, [GOVERNMENT],           "all",  False, "issuers"),
    ("notice",  GOVERNMENT, [COURT, COURT],         "all",  False, "issuers"),
    ("notice",  GOVERNMENT, [COURT],                "both", False, "joint_mark"),
    ("notice",  GOVERNMENT, [COMMITTEE],            "all",  False, "joint_shared"),  # 各自职权范围内的工作，不得联合行文
    ("notice",  COMMITTEE,  [COURT, GOVERNMENT],    "all",  False, "joint_shared"),
    ("notice",  GOVERNMENT, [COMMITTEE],            "all",  True,  ""),
    ("notice",  COMMITTEE,  [COURT],                "all",  False, ""),              # no two sides of power there
])  # fmt: skip
def test_who_may_issue_with_whom(kind, lead, others, mark, shared, field):
    found = joint.objection(kind, lead, others, mark, shared=shared)
    assert (found.field if found else "") == field


def test_every_type_says_whether_it_can_be_joint_and_those_that_can_bear_seals():
    assert set(joint.TYPES) == set(KINDS) and all(row.article for row in joint.TYPES.values())
    assert {kind for kind, row in joint.TYPES.items() if row.joint} == {k for k, row in KINDS.items() if row.closing == Closing.SEAL}


@pytest.mark.parametrize(("names", "rows"), [(["云岭县公安局"] * 3, 1), (["云岭县公安局"] * 4, 2), (["云岭县市场监督管理局"] * 4, 2),
                                             (["云岭县人民代表大会常务委员会"] * 3, 3)])  # fmt: skip
def test_how_many_rows_of_seals(names, rows):
    assert joint.seal_rows(names) == rows


def test_the_rows_are_those_that_the_press_sets():
    assert (MEASURES["joint_short"].value, MEASURES["joint_middle"].value) == (joint.SHORT, joint.MIDDLE)


def test_more_organs_than_a_page_has_room_for_seals_are_refused():
    many = [Body(f"云岭县第{n}中级人民代表法院", "county", O.COURT, D.PEER) for n in "一二三四五六七八九"]
    assert joint.objection("notice", GOVERNMENT, many, "all", shared=False).field == "issuers"


# -- the way --


def test_a_co_issuer_signs_himself_and_nobody_hands_the_signature_on_or_adds_to_it():
    assert joint.COSIGN in PERSONAL
    states = {row.verb: row.states for row in way.WAYS}
    assert steps.State.COSIGN in states["take_back"] and steps.State.COSIGN in states["urge"]
    for verb in ("forward", "add_signer", "send_back"):
        assert steps.State.COSIGN not in states[verb] and steps.State.SEALING not in states[verb]
    assert steps.State.SEALING not in states["take_back"], "a seal is not taken off again"


def test_both_co_issuers_lines_are_of_a_role_that_the_steps_know():
    for row in (joint.cosigner("X"), joint.cosealer("X")):
        assert {s.role for s in steps.STEPS if s.source == steps.STAGES[row.stage] and s.verb == row.stage} == {row.role}


SIGNED = (
    Row(1, 1, "draft", LineState.DONE), Row(2, 2, "office", LineState.DONE), Row(3, 3, "sign", LineState.DONE),
    Row(4, 4, "cosign", LineState.DONE), Row(5, 4, "cosign", LineState.OPEN), Row(6, 5, "recheck"),
)  # fmt: skip


def shown(rows):
    return [(row.stage, row.state.value) for row in rows if row.state in (LineState.OPEN, LineState.WAITING)]


def test_a_co_issuers_return_leads_over_the_drafter_to_the_lead_organs_head_and_no_line_comes_again_by_itself():
    plan = returned(SIGNED, 5, "draft", straight=False, skip=joint.STRAIGHT_TO_THE_HEAD)
    assert shown(plan) == [("draft", "open"), ("sign", "waiting"), ("recheck", "waiting")]


def test_back_to_the_head_from_the_recheck_leaves_the_signing_beside_him_to_him():
    rows = [Row(row.key, row.order, row.stage, LineState.DONE if row.key == 5 else row.state) for row in SIGNED[:5]]
    plan = returned((*rows, Row(6, 5, "recheck", LineState.OPEN)), 6, "sign", straight=False, skip=joint.ANEW)
    assert shown(plan) == [("sign", "open"), ("recheck", "waiting")]


def test_who_takes_his_signature_back_takes_the_asking_back():
    rows = (
        Row(3, 3, "sign", LineState.DONE),
        Row(4, 4, "cosign", LineState.OPEN),
        Row(5, 4, "cosign", LineState.OPEN),
        Row(6, 5, "recheck"),
    )
    plan = withdrawn(rows, 3, joint.ANEW)
    assert [row.state.value for row in plan] == ["open", "void", "void", "waiting"]


# -- what the rule book sees --


def paper(*others, mark_all=True, **more):
    return Paper(
        "云岭县人民政府文件", "云岭县人民政府关于建立府院联动机制的通知", blocks("请遵照执行。"),
        number="云政发〔2026〕3号", signature="云岭县人民政府",
        joint=tuple(Issuer(name) for name in others), mark_all=mark_all, **more,
    )  # fmt: skip


@pytest.mark.parametrize("mark_all", [True, False])
def test_the_rule_book_reads_every_organ_of_the_page(mark_all):
    found = elements(paper("云岭县人民法院", "云岭县人民检察院", mark_all=mark_all))
    assert found.signatures == ["云岭县人民政府", "云岭县人民法院", "云岭县人民检察院"]
    assert found.issuers == (found.signatures if mark_all else ["云岭县人民政府"])


def rules(page, **facts):
    return {finding.rule.id for finding in lint(elements(page), Context(kind="notice", **facts)).findings}


def test_unequal_organs_and_a_wanting_seal_are_found():
    assert "RT-09" in rules(paper("云岭县石桥镇人民政府")) and "RT-09" not in rules(paper("云岭县人民法院"))
    both = ("云岭县人民政府", "云岭县人民法院")
    assert "SEAL-01" in rules(paper("云岭县人民法院"), seals=both[:1]) and "SEAL-01" not in rules(paper("云岭县人民法院"), seals=both)
