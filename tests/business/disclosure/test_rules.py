from datetime import date

import pytest

from zhengtong.business.disclosure.rules import answers, fees, letters, receipt, steps
from zhengtong.business.disclosure.rules.steps import STEPS, Facts, State
from zhengtong.foundation.clock.rules import LIMITS, may_stop

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("items", "yuan"), [(1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400)]
)
def test_the_fee_by_items(items, yuan):
    assert fees.by_item(items) == fees.fee("item", items) == yuan


@pytest.mark.parametrize(("pages", "yuan"), [(30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740)])
def test_the_fee_by_pages(pages, yuan):
    assert fees.by_page(pages) == fees.fee("page", pages) == yuan


@pytest.mark.parametrize(
    ("channel", "came", "confirmed", "day"),
    [
        ("window", date(2026, 3, 2), None, date(2026, 3, 2)),
        ("registered", date(2026, 2, 27), None, date(2026, 2, 27)),
        ("post", date(2026, 2, 26), date(2026, 2, 27), date(2026, 2, 27)),
        ("fax", date(2026, 2, 26), date(2026, 3, 2), date(2026, 3, 2)),
        ("email", date(2026, 2, 26), date(2026, 2, 26), date(2026, 2, 26)),
        ("post", date(2026, 2, 26), None, None),  # not confirmed yet: no day of receipt
        ("window", date(2026, 3, 3), None, None),  # tomorrow
        ("fax", date(2026, 2, 26), date(2026, 2, 25), None),
    ],
)
def test_the_day_of_receipt(channel, came, confirmed, day):
    way = receipt.Channel(channel)
    refused = receipt.receipt_objection(way, came, confirmed, TODAY)
    assert (refused is None) is (day is not None)
    assert day is None or receipt.day_of_receipt(way, came, confirmed) == day


def test_every_step_has_an_article_and_every_state_is_reached_and_left():
    assert all(step.article for step in STEPS)
    assert {s.target for s in STEPS} | {State.RECEIVED} == set(State)
    assert {source for s in STEPS for source in s.sources} == set(State) - {State.ANSWERED, State.CLOSED}
    assert {s.verb for s in STEPS if s.letter} == set(letters.KINDS)


def test_every_answer_has_its_article_and_its_row_in_the_annual_report():
    assert all(row.article and row.row for row in answers.ANSWERS.values())
    assert {row.row for row in answers.ANSWERS.values()} == {f"R{n}" for n in range(3, 24)}


@pytest.mark.parametrize("key", [key for key, row in answers.ANSWERS.items() if row.group == answers.REFUSES and key != "register"])
def test_a_refusal_by_articles_14_to_16_names_reconsideration_first(key):
    told = answers.remedy(key, "云岭县人民政府", "云岭县人民法院")
    assert "先向云岭县人民政府申请行政复议" in told and "60日" in told and "6个月" not in told


@pytest.mark.parametrize("key", ["repeat", "register", "petition", "publication"])
def test_what_can_not_be_contested_names_no_remedy(key):
    assert answers.remedy(key, "a", "b") == ""


def test_other_answers_name_both_ways():
    assert "6个月" in answers.remedy("absent", "a", "b")


@pytest.mark.parametrize(
    ("key", "given", "completions", "silent", "files", "field"),
    [
        ("absent", {}, 0, False, 0, "search"),
        ("absent", {"search": "查了档案室全部文件"}, 0, False, 0, None),
        ("open", {}, 0, False, 0, "answer"),
        ("open", {}, 0, False, 1, None),
        ("open", {}, 0, True, 1, "text"),  # the third party is against: why all the same
        ("partly", {"text": "理由"}, 0, False, 1, "ground"),
        ("unclear", {"text": "理由"}, 0, False, 0, "answer"),
        ("unclear", {"text": "理由"}, 1, False, 0, None),
        ("merged", {"text": "理由"}, 0, False, 0, "answer"),  # nobody answers so
        ("nonsense", {}, 0, False, 0, "answer"),
    ],
)
def test_what_an_answer_needs(key, given, completions, silent, files, field):
    no = answers.answer_objection(key, given, completions, silent, files)
    assert (no.field if no else None) == field


@pytest.mark.parametrize(
    ("verb", "state", "facts", "barred"),
    [
        ("completion", "received", {}, False),
        ("completion", "received", {"completions": 1}, True),
        ("completion", "received", {"completion_due": date(2026, 3, 1)}, True),
        ("extension", "handling", {"answer_due": TODAY}, False),
        ("extension", "handling", {"answer_due": date(2026, 3, 1)}, True),
        ("extension", "handling", {"extended": 5}, True),
        ("extension", "handling", {"reopened": True}, True),
        ("give_up", "completing", {"complete_until": TODAY}, True),
        ("give_up", "completing", {"complete_until": date(2026, 3, 1)}, False),
        ("fee", "handling", {"fee_noticed": True}, True),
        ("forfeit", "paying", {}, True),
        ("forfeit", "paying", {"payment_due": date(2026, 3, 1)}, False),
        ("answer", "consulting", {}, True),
        ("answer", "closed", {}, True),
        ("answer", "handling", {"letter_open": True}, True),
    ],
)
def test_what_can_be_done_now(verb, state, facts, barred):
    assert (steps.objection(verb, state, Facts(TODAY, **facts)) is not None) is barred


def test_only_what_the_rules_allow_is_offered_and_the_head_alone_begins_nothing_of_the_clerk():
    assert "take_up" in {s.verb for s in steps.offered("received", Facts(TODAY), frozenset({"disclosure_clerk"}))}
    assert {s.verb for s in steps.offered("received", Facts(TODAY), frozenset({"disclosure_head"}))} == {"answer"}
    assert steps.offered("handling", Facts(TODAY, letter_open=True), frozenset({"disclosure_clerk"})) == []


def test_each_law_stops_its_own_clocks_only():
    assert may_stop("disclosure.answer", "third_party") and may_stop("licence.decision", "hearing")
    assert not may_stop("disclosure.answer", "hearing") and not may_stop("licence.decision", "fee")
    assert not may_stop("disclosure.again", "third_party") and not may_stop("disclosure.answer", "holiday")
    assert LIMITS["disclosure.extended"].amount == LIMITS["disclosure.answer"].amount + steps.EXTENSION
