"""The life of a seal, and its use: who may, when, and what is left behind."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.foundation.accounts.cast import SECRET, account, organ, person

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.office.stamps import actions, queries, rules
from zhengtong.office.stamps.models import Event, Stamp, Use

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(network_keys):
    people = {role: person(f"P-{role}", role) for role in ("secretary", "seal_maker", "seal_keeper", "drafter")}
    for one in people.values():
        account(one)
    return people


@pytest.fixture
def asked(cast):
    return actions.apply(organ(), "statutory", organ().name, "机构新设", cast["secretary"])


@pytest.fixture
def active(asked, cast):
    for verb, who in (("make", "seal_maker"), ("file", "seal_maker"), ("activate", "seal_keeper")):
        actions.act(verb, asked.code, cast[who], SECRET, "YL-2026-1" if verb == "file" else "")
    return Stamp.objects.get()


def used(cast, content=b"%PDF-1.7 the page"):
    press = actions.take_out(organ(), cast["seal_keeper"])
    return actions.use(press, cast["seal_keeper"], paper="D2026-000001", title="通知", number="云政办发〔2026〕1号", pdf=content, ofd=b"PK")


def test_a_seal_is_applied_for_made_filed_and_used_and_every_step_is_kept(active, cast):
    assert (active.state, active.filing, active.keeper) == ("active", "YL-2026-1", cast["seal_keeper"])
    assert active.ends == rules.expiry(active.begins) and len(active.public) == 130
    assert list(Event.objects.values_list("state", flat=True)) == ["applied", "made", "filed", "active"]
    verbs = list(Entry.objects.filter(verb__startswith="stamps.").values_list("verb", flat=True))
    assert verbs == ["stamps.apply", "stamps.make", "stamps.file", "stamps.activate"]


def test_the_key_lies_wrapped_and_the_page_that_was_sealed_is_known_to_the_byte(active, cast):
    press = actions.take_out(organ(), cast["seal_keeper"])
    assert press.private not in bytes(active.locked) and press.grant.name == organ().name
    entry = used(cast)
    assert queries.holds(entry, b"%PDF-1.7 the page") and not queries.holds(entry, b"%PDF-1.7 the pagE")
    assert Entry.objects.filter(verb="stamps.use").get().detail["digest"] == entry.digest


@pytest.mark.parametrize(
    ("verb", "who"),
    [("make", "secretary"), ("make", "seal_keeper"), ("refuse", "drafter")],
)
def test_a_step_belongs_to_its_role(verb, who, asked, cast):
    with pytest.raises(Refused):
        actions.act(verb, asked.code, cast[who], SECRET, "理由")
    assert Stamp.objects.get().state == "applied" and Event.objects.count() == 1


@pytest.mark.parametrize("verb", [row.verb for row in rules.STEPS])
def test_a_step_out_of_its_turn_is_refused(verb, asked, cast):
    row = rules.step(verb)
    if "applied" in row.sources:
        Stamp.objects.filter(pk=asked.pk).update(state="refused")
    with pytest.raises(Refused) as no:
        actions.advance(verb, asked.code, cast[row.role], "理由")
    assert no.value.objection.code == "stale" and Event.objects.count() == 1


@pytest.mark.parametrize("verb", [row.verb for row in rules.STEPS if row.reason])
def test_a_step_that_takes_something_away_wants_its_reason(verb, asked, cast):
    row = rules.step(verb)
    Stamp.objects.filter(pk=asked.pk).update(
        state=row.sources[-1], public="04", begins=clock.today(), filing="1", keeper=cast["seal_keeper"]
    )
    with pytest.raises(Refused) as no:
        actions.advance(verb, asked.code, cast[row.role], "  ")
    assert no.value.objection.field == "note" and Stamp.objects.get().state == row.sources[-1]


def test_a_wrong_pin_moves_nothing(asked, cast):
    with pytest.raises(Refused):
        actions.act("make", asked.code, cast["seal_maker"], "wrong")
    assert Stamp.objects.get().state == "applied"


def test_a_second_statutory_seal_waits_for_the_end_of_the_first(active, cast):
    with pytest.raises(Refused) as no:
        actions.apply(organ(), "statutory", organ().name, "", cast["secretary"])
    assert no.value.objection.field == "kind" and Stamp.objects.count() == 1
    actions.act("cancel", active.code, cast["seal_maker"], SECRET, "机构更名")
    assert actions.apply(organ(), "statutory", organ().name, "更名", cast["secretary"]).state == "applied"


def test_nobody_seals_but_the_keeper_and_only_while_the_seal_is_in_use(active, cast):
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["drafter"])
    actions.act("suspend", active.code, cast["seal_keeper"], SECRET, "外出")
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["seal_keeper"])
    actions.act("resume", active.code, cast["seal_keeper"], SECRET, "返回")
    assert used(cast).pk
    actions.act("cancel", active.code, cast["seal_maker"], SECRET, "停用")
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["seal_keeper"])
    assert bytes(Stamp.objects.get().locked) == b"" and queries.holds(Use.objects.get(), b"%PDF-1.7 the page")


def test_an_organ_without_a_seal_seals_nothing(cast):
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["seal_keeper"])


@pytest.mark.parametrize("days", [-1, 366 * rules.YEARS])
def test_a_seal_holds_only_between_its_days(days, active, cast):
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["seal_keeper"], clock.today() + timedelta(days=days))


def test_a_seal_is_handed_to_another_keeper_of_the_organ_only(active, cast):
    other, stranger = person("P-other", "seal_keeper"), person("P-far", "seal_keeper", of=organ("YL999"))
    with pytest.raises(Refused):
        actions.hand_over(active.code, cast["seal_keeper"], stranger)
    with pytest.raises(Refused):
        actions.hand_over(active.code, other, other)
    assert actions.hand_over(active.code, cast["seal_keeper"], other).keeper == other
    with pytest.raises(Refused):
        actions.take_out(organ(), cast["seal_keeper"])


@pytest.mark.parametrize("table", ["stamps_use", "stamps_event"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET by_id = 1", "DELETE FROM {}"])
def test_the_log_of_a_seal_can_only_be_added_to(sql, table, active, cast):
    used(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_a_seal_made_on_the_leap_day_ends_on_the_28th_of_february():
    assert rules.expiry(date(2028, 2, 29)) == date(2033, 2, 28) and rules.expiry(date(2026, 11, 23)) == date(2031, 11, 23)
