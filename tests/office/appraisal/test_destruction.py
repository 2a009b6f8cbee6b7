"""到期鉴定与销毁: two approvals, two witnesses, one transaction; the entry, its digest and the list stay for ever."""

import io
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.foundation.accounts.cast import SECRET
from tests.office.archive.conftest import confirm
from tests.office.documents.test_killed import Death, Killed, survives

from zhengtong.foundation.audit.models import Entry as Logged
from zhengtong.foundation.files.actions import discard, place, store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.appraisal import actions, queries
from zhengtong.office.appraisal.models import Entry, Remain, Removal, Sheet
from zhengtong.office.appraisal.rules.judging import Said
from zhengtong.office.archive import actions as archive
from zhengtong.office.archive import queries as kept
from zhengtong.office.archive.models import Item, Part
from zhengtong.office.archive.rules import digest
from zhengtong.office.borrowing import actions as borrowing

pytestmark = pytest.mark.django_db


def facts():
    return (
        list(Item.objects.order_by("pk").values("state", "digest")),
        Part.objects.count(),
        Remain.objects.count(),
        Removal.objects.count(),
    )


def test_the_list_offers_what_is_over_and_never_the_permanent(people, old):
    over = {old(1), old(2, 1995, "D30")}
    for serial, year, period in ((3, 2015, "Y"), (4, 2015, "D30"), (5, 1950, "Y")):
        old(serial, year, period)
    assert set(queries.over(people.archivist)) == over and not queries.over(people.partys_archivist).exists()


def test_two_approvals_two_witnesses_then_the_contents_are_gone_and_the_rest_stays(people, drawn, way):
    numbers = [entry.number for entry in drawn.entries.filter(judgement="destroy")]
    metadata = Part.objects.get(item__archive_number=numbers[0], role="metadata").file
    states = [way(drawn, step).state for step in ("submit", "approve", "decide", "witness")]
    assert states == ["review", "decide", "witness", "destroy"]
    assert Item.objects.filter(state="filed").count() == 3, "nothing is gone before it is carried out"
    sheet = way(drawn, "destroy")
    item = Item.objects.get(archive_number=numbers[0])
    assert (sheet.state, item.state, item.title) == ("done", "destroyed", "云岭县人民政府关于第1件事的通知")
    assert [part.role for part in item.parts.all()] == ["metadata"] and place(metadata.sm3).exists()
    assert Item.objects.get(state="filed").archive_number not in numbers
    assert Logged.objects.filter(verb="archive.destroy").count() == 2
    detail = Logged.objects.get(verb="appraisal.destroy").detail
    assert detail["items"] == numbers and set(detail["witnesses"]) == {people.clerk.code, people.second_clerk.code}


def test_what_is_left_proves_what_was_destroyed(people, drawn, way):
    number = drawn.entries.filter(judgement="destroy").first().number
    item = Item.objects.get(archive_number=number)
    parts = [(part.role, part.name, part.file.sm3) for part in kept.parts(item)]
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    item.refresh_from_db()
    left = {(part.role, part.name, part.file.sm3) for part in kept.parts(item)}
    left |= {(one.role, one.name, one.sm3) for one in Remain.objects.filter(entry__number=number)}
    assert left == set(parts) and digest(parts) == item.digest


def test_the_bytes_go_after_the_commit_but_for_what_another_record_needs(people, drawn, way, django_capture_on_commit_callbacks):
    doomed = drawn.entries.filter(judgement="destroy").first().number
    own = Part.objects.get(item__archive_number=doomed, role="signed").file.sm3
    shared = Part.objects.get(item__archive_number=doomed, role="final").file.sm3  # the kept item has the same page
    way(drawn, "submit", "approve", "decide", "witness")
    with django_capture_on_commit_callbacks() as callbacks:
        way(drawn, "destroy")
    assert place(own).exists() and Removal.objects.filter(outcome="pending").count() == Removal.objects.count() > 2
    for after in callbacks:
        after()
    assert not place(own).exists() and not File.objects.filter(sm3=own).exists()
    assert place(shared).exists() and Removal.objects.get(sm3=shared).outcome == "shared"
    assert not Removal.objects.filter(outcome="pending").exists()
    assert actions.sweep() == 0, "to repeat it changes nothing"
    assert store(b"another day", "a.txt").sm3 and discard(own), "and nothing is left to discard"


def test_a_removal_that_was_cut_short_is_finished_the_next_time(people, drawn, way):
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    gone = Removal.objects.exclude(sm3__in=Part.objects.values("file__sm3")).first().sm3
    place(gone).unlink()  # the bytes went, then the machine stopped before the commit
    assert actions.sweep() > 0
    assert Removal.objects.get(sm3=gone).outcome == "removed" and not File.objects.filter(sm3=gone).exists()


@pytest.mark.django_db(transaction=True)
def test_destroying_is_never_between_two_states(people, drawn, way):
    way(drawn, "submit", "approve", "decide", "witness")
    pending, swept = [], actions.sweep
    deaths = survives(lambda: pending.append(_destroyed_without_sweep(drawn, people)))
    assert deaths > 5 and Item.objects.filter(state="destroyed").count() == 2
    rest = Removal.objects.filter(outcome="pending").count()
    for at in range(1, 40, 3):  # the sweep dies, and is begun again
        try:
            with connection.execute_wrapper(Death(at)):
                swept()
        except Killed:
            connection.close()
    swept()
    assert rest and not Removal.objects.filter(outcome="pending").exists()
    for file in File.objects.all():
        assert place(file.sm3).exists(), "what another record needs is there"
    for removal in Removal.objects.filter(outcome="removed"):
        assert not place(removal.sm3).exists()


def _destroyed_without_sweep(sheet, people):
    """The verb alone: what follows the commit is tried on its own."""
    with transaction.atomic(durable=False):
        actions.destroy(sheet.code, people.archivist)
        connection.run_on_commit.clear()
    return sheet


@pytest.mark.parametrize(
    ("steps", "verb", "who", "match"),
    [
        ((), "approve", "archive_head", "不能这样办理"),
        (("submit",), "approve", "archivist", "拟制人不能"),
        (("submit",), "approve", "other_head", "不由您办理"),
        (("submit",), "decide", "director", "不能这样办理"),
        (("submit", "approve"), "decide", "archive_head", "不同的人"),
        (("submit", "approve"), "decide", "archivist", "拟制人不能"),
        (("submit", "approve", "decide"), "witness", "archivist", "拟制人不能"),
        (("submit", "approve", "decide"), "witness", "director", "不同的人"),
        (("submit", "approve", "decide"), "witness", "reviewer", "不由您办理"),
        (("submit", "approve", "decide"), "destroy", "archivist", "不能这样办理"),
        (("submit", "approve", "decide", "witness"), "destroy", "director", "不由您办理"),
    ],
)
def test_a_step_belongs_to_its_person_in_its_turn(steps, verb, who, match, people, drawn, way):
    sheet = way(drawn, *steps)
    before = facts(), sheet.state
    with pytest.raises(Refused, match=match):
        actions.act(verb, sheet.code, getattr(people, who), SECRET)
    assert (facts(), Sheet.objects.get().state) == before


def test_one_witness_alone_destroys_nothing_and_the_same_one_counts_once(people, drawn, way):
    way(drawn, "submit", "approve", "decide")
    actions.act("witness", drawn.code, people.clerk, SECRET)
    for _again in range(2):
        with pytest.raises(Refused):
            actions.act("witness", drawn.code, people.clerk, SECRET)
    with pytest.raises(Refused):
        actions.act("destroy", drawn.code, people.archivist, SECRET)
    assert Sheet.objects.get().state == "witness" and not Item.objects.filter(state="destroyed").exists()


@pytest.mark.parametrize(
    "named", [(), ("clerk",), ("clerk", "clerk"), ("clerk", "archivist"), ("clerk", "director"), ("clerk", "archive_head")]
)
def test_without_two_proper_witnesses_the_list_is_not_submitted(named, people, drawn):
    with pytest.raises(Refused, match="监销人"):
        actions.submit(drawn.code, people.archivist, [getattr(people, part).code for part in named])
    assert Sheet.objects.get().state == "draft"


def test_every_item_is_judged_before_the_list_goes_on(people, drawn, way):
    number = drawn.entries.first().number
    actions.judge(drawn.code, people.archivist, {number: Said("destroy", "  ")})
    with pytest.raises(Refused, match=f"{number}：请写明理由"):
        way(drawn, "submit")
    assert Sheet.objects.get().state == "draft"


def test_a_return_names_its_reason_and_brings_it_back_to_the_archivist(people, drawn, way):
    way(drawn, "submit", "approve")
    with pytest.raises(Refused, match="理由"):
        actions.give_back(drawn.code, people.director, " ")
    actions.give_back(drawn.code, people.director, "第1件应续存")
    sheet = way(drawn)
    assert sheet.state == "draft" and slips.todo(people.archivist).get().slip == sheet.slip
    assert way(drawn, "submit", "approve", "decide", "witness", "destroy").state == "done"


def test_a_list_on_which_everything_is_kept_needs_no_witness(people, drawn, way):
    actions.judge(drawn.code, people.archivist, {one.number: Said("keep", "有价值", "Y") for one in drawn.entries.all()})
    assert way(drawn, "submit", "approve", "decide").state == "done"
    assert Item.objects.filter(state="filed").count() == 3 and not queries.over(people.archivist).exists()
    assert slips.todo_count(people.clerk) == 0 and queries.end_of(Item.objects.first()) is None


def test_what_is_kept_longer_comes_back_only_when_that_is_over(people, drawn, way):
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    entry = Entry.objects.get(judgement="keep")
    assert entry.until == date(2045, 12, 31) and queries.end_of(Item.objects.get(archive_number=entry.number)) == entry.until
    assert not queries.over(people.archivist).exists()
    with pytest.raises(Refused, match="未满"):
        actions.draw_up("destruction", "Z003", [entry.number], people.archivist)


def test_what_is_lent_or_handed_over_is_not_destroyed(people, drawn, way, county):
    number = drawn.entries.filter(judgement="destroy").last().number
    way(drawn, "submit", "approve", "decide", "witness")
    loan = borrowing.ask(number, people.drafter, "work", "查考", 5)
    borrowing.grant(loan.code, people.archivist)
    before = facts()
    with pytest.raises(Refused, match=loan.code):
        way(drawn, "destroy")
    assert facts() == before
    borrowing.give_back(loan.code, people.drafter)
    archive.prepare("Z003", "云岭县档案馆", [number], people.archivist)
    with pytest.raises(Refused, match="移交"):
        way(drawn, "destroy")
    assert facts() == before and Sheet.objects.get().state == "destroy"


def test_a_destroyed_item_is_not_lent_exported_filed_anew_or_taken_in_again(people, drawn, way, prefile):
    number = drawn.entries.filter(judgement="destroy").first().number
    package = io.BytesIO()
    archive.export([number], people.archivist, package)
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    item = Item.objects.get(archive_number=number)
    for attempt, match in (
        (lambda: borrowing.ask(number, people.clerk, "work", "查考", 5), "已销毁"),
        (lambda: archive.export([number], people.archivist, io.BytesIO()), "已归档"),
        (lambda: archive.take_in(package.getvalue(), people.archivist), "已按规定销毁"),
        (lambda: prefile(1, document=item.document, number=item.number), "已按规定销毁"),
        (lambda: confirm([archive.Choice(item.document, "", "BGS")], people.archivist), "已经销毁"),
        (lambda: actions.draw_up("destruction", "Z003", [number], people.archivist), "在库"),
        (lambda: archive.destroy([number], people.archivist, "J"), "不是在库"),
    ):
        before = facts()
        with pytest.raises(Refused, match=match):
            attempt()
        assert facts() == before
    assert item in kept.filed(people.archivist), "the catalogue keeps its entry"
    assert kept.balance(people.archivist, 2015, compare=True).even, "and the balance of its year still holds"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE archive_item SET state = 'filed', destroyed_at = NULL WHERE state = 'destroyed'",
        "DELETE FROM archive_item WHERE state = 'destroyed'",
        "UPDATE appraisal_entry SET judgement = 'keep' WHERE settled_at IS NOT NULL",
        "DELETE FROM appraisal_entry WHERE settled_at IS NOT NULL",
        "UPDATE appraisal_remain SET sm3 = ''",
        "DELETE FROM appraisal_remain",
    ],
)
def test_the_database_itself_keeps_what_was_done(sql, people, drawn, way):
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_item_stands_on_one_list_at_a_time_until_that_is_dropped(people, drawn, way):
    number = drawn.entries.first().number
    with pytest.raises(Refused, match=drawn.code):
        actions.draw_up("destruction", "Z003", [number], people.archivist)
    way(drawn, "submit", "approve", "decide")
    with pytest.raises(Refused, match="拟制人"):
        actions.drop(drawn.code, people.director, "不销毁了")
    actions.drop(drawn.code, people.archivist, "监销人调离")
    assert slips.todo_count(people.clerk) == 0
    doomed = Entry.objects.filter(sheet=drawn, judgement="destroy").first().number
    assert actions.draw_up("destruction", "Z003", [doomed], people.archivist).code != drawn.code


def test_an_item_leaves_the_list_while_it_is_drawn_up(people, drawn):
    first, second, third = (entry.number for entry in drawn.entries.all())
    actions.leave_out(drawn.code, first, people.archivist)
    actions.leave_out(drawn.code, second, people.archivist)
    with pytest.raises(Refused, match="至少有一件"):
        actions.leave_out(drawn.code, third, people.archivist)
    assert [entry.number for entry in drawn.entries.all()] == [third]


def test_another_fonds_archivist_draws_up_nothing_here(people, old):
    item = old(1)
    with pytest.raises(Refused, match="没有这个全宗"):
        actions.draw_up("destruction", "Z003", [item.archive_number], people.partys_archivist)
    with pytest.raises(Refused, match="只能鉴定"):
        actions.draw_up("destruction", "Z001", [item.archive_number], people.partys_archivist)
    assert not Sheet.objects.exists()


def test_carriers_of_transfers_that_never_went_are_cleared_too(people, drawn, way, own_home):
    number = drawn.entries.filter(judgement="destroy").first().number
    made = archive.prepare("Z003", "云岭县档案馆", [number], people.archivist)
    folder = own_home / "transfers" / made.code
    folder.mkdir(parents=True)
    (folder / "正本.pdf").write_bytes(b"%PDF")
    archive.drop(made.code, people.archivist, "写错了接收单位")
    way(drawn, "submit", "approve", "decide", "witness", "destroy")
    actions.sweep()
    assert not folder.exists()
