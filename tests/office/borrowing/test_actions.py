"""Asking, approving, reading, extending, returning; every opening logged, and nothing read that is not to be read."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.foundation.accounts.cast import SECRET

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.archive import actions as archive
from zhengtong.office.borrowing import actions, queries, rules
from zhengtong.office.borrowing.models import Loan, Opening

pytestmark = pytest.mark.django_db


def asked(person, item, **change):
    return actions.ask(item.archive_number, person, **{"purpose": "work", "note": "修订应急预案", "days": 7, **change})


def granted(person, item, by, **change):
    loan = asked(person, item, **change)
    return actions.decide("grant", loan.code, by, SECRET)


def first_part(loan):
    item = queries.reading.numbered(loan.item)
    return queries.contents(loan, item)[0].pk


def later(monkeypatch, days):
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: now.astimezone(clock.ZONE).date())


def test_the_archivist_approves_for_his_own_organ(people, filed):
    loan = asked(people.clerk, filed())
    assert (loan.where, loan.state) == ("own", "asked")
    assert slips.todo(people.archivist).get().slip_id == loan.slip_id and not slips.todo(people.director).exists()
    assert loan.slip.title.endswith(loan.item), "the list of what waits tells no title"


def test_another_organs_item_is_only_known_to_exist_and_goes_to_that_organs_head(people, filed):
    item = filed()
    assert not queries.find(people.town_clerk).exists() and not queries.find(people.town_clerk, words="第1件").exists()
    found, known = queries.item_for(people.town_clerk, item.archive_number)
    assert found == item and not known
    assert queries.reading.elsewhere(people.town_clerk, item.number) == item
    assert queries.reading.elsewhere(people.town_clerk, "云政发") is None, "a part of a number tells nothing"
    loan = asked(people.town_clerk, item, days=5)
    assert loan.where == "other" and not queries.told(people.town_clerk, loan) and queries.told(people.director, loan)
    assert slips.todo(people.director).get().slip_id == loan.slip_id and not slips.todo(people.archivist).exists()
    with pytest.raises(Refused, match="不由您审批"):
        actions.decide("grant", loan.code, people.archivist, SECRET)
    loan = actions.decide("grant", loan.code, people.director, SECRET)
    assert queries.told(people.town_clerk, loan)
    assert {part.role for part in queries.contents(loan, item)} <= {"final", "page", "attachment"}


def test_who_reads_within_his_organ_sees_the_drafts_too(people, filed):
    loan = granted(people.clerk, filed(), people.archivist)
    assert [part.role for part in queries.contents(loan, queries.reading.numbered(loan.item))] == ["final", "sheet", "draft", "traces"]


def test_what_is_open_is_granted_at_once_to_anybody(people, filed):
    item = filed()
    archive.open_up(item.archive_number, clock.today(), people.archivist, "J2026-0001")
    assert queries.find(people.town_clerk).get() == item
    loan = asked(people.town_clerk, item)
    assert (loan.state, loan.where, loan.slip) == ("granted", "open", None)
    assert actions.open_part(loan.code, people.town_clerk, first_part(loan))


def test_every_opening_is_logged_and_no_log_can_be_changed(people, filed):
    loan = granted(people.clerk, filed(), people.archivist)
    for _again in range(2):
        opening = actions.open_part(loan.code, people.clerk, first_part(loan))
    entries = Entry.objects.filter(verb="borrowing.open_part")
    assert entries.count() == Opening.objects.count() == 2 and entries[0].detail["sm3"] == opening.sm3
    for sql in ("UPDATE borrowing_opening SET copied = NOT copied", "DELETE FROM borrowing_opening"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_loan_that_has_run_out_denies_though_nothing_runs_in_the_background(people, filed, monkeypatch):
    loan = granted(people.clerk, filed(), people.archivist, days=2)
    part = first_part(loan)
    opening = actions.open_part(loan.code, people.clerk, part)
    assert queries.reading_of(people.clerk, opening.pk)
    later(monkeypatch, 2)
    with pytest.raises(Refused, match="到期"):
        actions.open_part(loan.code, people.clerk, part)
    assert queries.reading_of(people.clerk, opening.pk) is None
    assert Opening.objects.count() == 1 and Loan.objects.get().state == "granted" and queries.standing(Loan.objects.get()) == rules.EXPIRED


def test_one_opening_lasts_half_an_hour_and_is_its_readers_alone(people, filed, monkeypatch):
    loan = granted(people.clerk, filed(), people.archivist)
    opening = actions.open_part(loan.code, people.clerk, first_part(loan))
    shown = queries.reading_of(people.clerk, opening.pk)
    assert shown.pages == 1 and people.clerk.name in shown.words
    assert queries.picture(shown, 1).startswith(b"\x89PNG") and queries.picture(shown, 2) is None
    assert queries.reading_of(people.second_clerk, opening.pk) is None
    now = clock.now() + timedelta(minutes=rules.READING_MINUTES)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert queries.reading_of(people.clerk, opening.pk) is None


def test_what_was_recalled_is_closed_at_once(people, filed):
    loan = granted(people.clerk, filed(), people.archivist)
    opening = actions.open_part(loan.code, people.clerk, first_part(loan))
    with pytest.raises(Refused, match="理由"):
        actions.decide("recall", loan.code, people.archivist, SECRET, " ")
    with pytest.raises(Refused, match="档案员"):
        actions.decide("recall", loan.code, people.second_clerk, SECRET, "整理")
    actions.decide("recall", loan.code, people.archivist, SECRET, "档案整理")
    assert queries.reading_of(people.clerk, opening.pk) is None
    assert Notice.objects.get(person=people.clerk, text__contains="已收回").params["reason"] == "档案整理"


def test_only_the_reader_reads_on_his_loan_and_only_its_parts(people, filed):
    loan, other = granted(people.clerk, filed(1), people.archivist), filed(2)
    with pytest.raises(Refused):
        actions.open_part(loan.code, people.second_clerk, first_part(loan))
    with pytest.raises(Refused, match="不包括"):
        actions.open_part(loan.code, people.clerk, other.parts.first().pk)
    with pytest.raises(Refused, match="不包括"):
        actions.open_part(loan.code, people.clerk, queries.reading.numbered(loan.item).parts.get(role="signed").pk)
    assert not Opening.objects.exists()


def test_copies_are_taken_only_where_they_were_granted(people, filed):
    plain, copying = granted(people.clerk, filed(1), people.archivist), granted(people.clerk, filed(2), people.archivist, copies=True)
    with pytest.raises(Refused, match="没有批准复制件"):
        actions.open_part(plain.code, people.clerk, first_part(plain), copied=True)
    assert actions.open_part(copying.code, people.clerk, first_part(copying), copied=True).copied
    assert list(Entry.objects.filter(verb="borrowing.copy").values_list("detail__item", flat=True)) == [copying.item]


def test_nobody_approves_his_own_request(people, filed):
    item = filed()
    archive.open_fonds("Z206", "柳河镇", ["YL206"], None)
    loan = asked(people.clerk, item)
    with pytest.raises(Refused, match="自己"):
        actions.grant(loan.code, people.clerk)
    with pytest.raises(Refused, match="由您保管"):
        asked(people.archivist, item)
    assert Loan.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"purpose": "fun"}, "利用目的"),
        ({"note": "  "}, "用途"),
        ({"days": 0}, "最多借阅30天"),
        ({"days": 31}, "最多借阅30天"),
    ],
)
def test_a_request_that_does_not_hold_changes_nothing(change, match, people, filed):
    item = filed()
    before = Entry.objects.count()
    with pytest.raises(Refused, match=match):
        asked(people.clerk, item, **change)
    assert not Loan.objects.exists() and Entry.objects.count() == before


def test_a_second_request_waits_for_the_return_of_the_first(people, filed):
    item = filed()
    first = granted(people.clerk, item, people.archivist)
    with pytest.raises(Refused, match=first.code):
        asked(people.clerk, item)
    actions.give_back(first.code, people.clerk, "为预案提供了依据")
    assert asked(people.clerk, item).state == "asked"
    first.refresh_from_db()
    assert first.effect == "为预案提供了依据" and first.ended_at


def test_a_request_is_withdrawn_before_it_is_decided_and_leaves_nobody_waiting(people, filed):
    loan = asked(people.clerk, filed())
    with pytest.raises(Refused, match="申请人本人"):
        actions.withdraw(loan.code, people.second_clerk)
    actions.withdraw(loan.code, people.clerk)
    assert slips.todo_count(people.archivist) == 0
    with pytest.raises(Refused):
        actions.decide("grant", loan.code, people.archivist, SECRET)
    assert Loan.objects.get().state == "withdrawn"


def test_a_refusal_gives_its_reason_and_a_wrong_pin_decides_nothing(people, filed):
    loan = asked(people.clerk, filed())
    with pytest.raises(Refused):
        actions.decide("grant", loan.code, people.archivist, "wrong")
    with pytest.raises(Refused, match="理由"):
        actions.decide("refuse", loan.code, people.archivist, SECRET, "")
    assert Loan.objects.get().state == "asked"
    actions.decide("refuse", loan.code, people.archivist, SECRET, "与工作无关")
    assert (Loan.objects.get().state, Loan.objects.get().reason) == ("refused", "与工作无关")
    assert loan.slip.lines.get().decision == "disagree"


def test_it_is_extended_once_and_the_archivist_is_told(people, filed):
    loan = granted(people.clerk, filed(), people.archivist, days=2)
    until = loan.until
    loan = actions.extend(loan.code, people.clerk, 3, "还要核对附件")
    assert loan.until == until + timedelta(days=3)
    assert Notice.objects.filter(person=people.archivist, subject=loan.code).exists()
    with pytest.raises(Refused, match="一次"):
        actions.extend(loan.code, people.clerk, 1)
    assert Loan.objects.get().until == until + timedelta(days=3)


def test_the_reader_is_reminded_before_and_after_its_end_each_once(people, filed, monkeypatch):
    loan = granted(people.clerk, filed(), people.archivist, days=6)
    assert actions.remind() == 0
    later(monkeypatch, 4)
    assert [actions.remind(), actions.remind()] == [1, 0]
    later(monkeypatch, 2)
    assert [actions.remind(), actions.remind()] == [1, 0]
    later(monkeypatch, 30)
    assert actions.remind() == 0
    texts = Notice.objects.filter(person=people.clerk, subject=loan.code).order_by("pk").values_list("text", flat=True)
    assert ["将于" in text for text in texts][-2:] == [True, False]
    actions.give_back(loan.code, people.clerk)
    assert not Notice.objects.filter(subject=loan.code, read_at__isnull=True).exists()


def test_the_register_counts_by_year_and_purpose_what_its_archivist_keeps(people, filed):
    loan = granted(people.clerk, filed(1), people.archivist)
    for _twice in range(2):
        actions.open_part(loan.code, people.clerk, first_part(loan))
    copying = granted(people.second_clerk, filed(2), people.archivist, purpose="evidence", copies=True)
    actions.open_part(copying.code, people.second_clerk, first_part(copying), copied=True)
    asked(people.second_clerk, filed(3), purpose="evidence")
    (year,) = queries.figures(people.archivist)
    assert (year.loans, year.readers, year.items, year.openings, year.copies) == (3, 2, 3, 2, 1)
    assert year.purposes == {"work": 1, "evidence": 2} and queries.figures(people.partys_archivist) == []
    assert queries.filtered(queries.register(people.archivist), purpose="evidence", state="granted").get() == copying


def test_the_catalogue_is_found_by_whatever_one_knows(people, filed):
    one, two = filed(1), filed(2, period="Y")
    for asked_for in ({"number": one.archive_number}, {"number": "云政发〔2026〕1号"}, {"words": "第1件 通知"}, {"period": one.period}):
        assert queries.find(people.clerk, **asked_for).get() == one, asked_for
    assert queries.find(people.clerk, maker="云岭县", year=2026, klass="bgs").count() == 2
    assert queries.find(people.clerk, klass="办公室", period="Y").get() == two
