from datetime import date, timedelta

import pytest

from tests.foundation.orgs import cast
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs import actions, queries
from zhengtong.foundation.orgs.models import Change, FormerName, Holding, Organ, Person, Post, Relation, Unit
from zhengtong.foundation.orgs.queries import whole
from zhengtong.foundation.orgs.rules import credit_check
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


def everything():
    return whole.tables(), Entry.objects.count(), Change.objects.count()


def row(code, name, post, **more):
    return {"code": code, "name": name, "post": post, **more}


@pytest.fixture
def administrator():
    cast.settle()
    return Person.objects.get(code="YLP00001")


def test_an_import_is_one_entry_in_the_log():
    cast.settle()
    entry = Entry.objects.get()
    assert entry.verb == "orgs.import" and entry.chain == "system"
    assert entry.detail["new"] == {"organs": 6, "units": 1, "posts": 4, "people": 3, "holdings": 4}
    assert len(entry.detail["sm3"]) == 64


def test_the_same_import_again_changes_nothing_but_the_log():
    cast.settle()
    before = whole.tables()
    outcome = actions.take_in(cast.tables(), by=None)
    assert whole.tables() == before and not outcome.moves


def test_one_wrong_row_and_nothing_is_taken_in():
    people = [*cast.PEOPLE, row("YLP00009", "何露晞", "YL999-P001", main=True)]
    with pytest.raises(actions.RowsRefused) as no:
        actions.take_in(cast.tables(people=people), by=None)
    assert [(p.table, p.row, p.heading) for p in no.value.problems] == [("people", 5, "职位代码")]
    assert not Organ.objects.exists() and not Person.objects.exists() and not Entry.objects.exists()


def test_what_the_rows_do_not_show_the_database_still_refuses():
    organs = [{**o, "credit_code": ""} for o in cast.ORGANS]
    same = "11999999MB0000001" + credit_check("11999999MB0000001")
    organs[0]["credit_code"] = organs[1]["credit_code"] = same
    with pytest.raises(Refused, match="冲突"):
        actions.take_in(cast.tables(organs=organs), by=None)
    assert not Organ.objects.exists() and not Entry.objects.exists()


def test_a_rehearsal_tells_all_and_leaves_nothing():
    outcome, problems = actions.rehearse(cast.tables())
    assert not problems and outcome.new["people"] == 3 and outcome.new["holdings"] == 4
    assert not Organ.objects.exists() and not Entry.objects.exists()


def test_columns_left_out_stay_as_they_are():
    cast.settle()
    actions.take_in(cast.only(units=[{"code": "YL130-01", "organ": "YL130", "name": "公文科"}]), by=None)
    unit = Unit.objects.get()
    assert unit.name == "公文科" and unit.is_office


def test_an_organ_renamed_keeps_its_former_name():
    cast.settle()
    renamed = {**cast.ORGANS[3], "name": "云岭县教育体育局"}
    outcome = actions.take_in(cast.only(organs=[renamed]), by=None)
    assert outcome.named == ["YL132"]
    former = FormerName.objects.get()
    assert (former.organ.code, former.name, former.until) == ("YL132", "云岭县教育局", clock.today())


def test_an_organ_ends_and_stays_in_the_list():
    cast.settle()
    ended = {**cast.ORGANS[3], "until": clock.today() - timedelta(days=1)}
    actions.take_in(cast.only(organs=[ended]), by=None)
    assert Organ.objects.filter(code="YL132").exists()
    assert "YL132" not in {o.code for o in queries.departments()}
    with pytest.raises(actions.RowsRefused):
        actions.take_in(cast.only(organs=[{**ended, "until": None}]), by=None)


def test_a_person_moves_to_another_main_post():
    cast.settle()
    leaves = row("YLP00003", "林雯舒", "YL130-P002", main=True, since="2024-03-01", until="2026-06-30")
    comes = row("YLP00003", "林雯舒", "YL132-P001", main=True, since="2026-07-01")
    actions.take_in(cast.only(people=[comes, leaves]), by=None)
    person = Person.objects.get(code="YLP00003")
    assert person.main_post.code == "YL132-P001"
    assert Holding.objects.get(person=person, until__isnull=False).post.code == "YL130-P002"


def test_relations_and_successors_are_taken_in():
    cast.settle()
    relation = {"subject": "YL003", "object": "YL201", "kind": "dual", "since": "2020-01-01"}
    former = {"organ": "YL130", "name": "云岭县政府办", "until": "2019-01-31", "successor": "YL132"}
    actions.take_in(cast.only(relations=[relation], former_names=[former]), by=None)
    actions.take_in(cast.only(relations=[{**relation, "until": "2025-12-31"}], former_names=[{**former, "successor": ""}]), by=None)
    assert Relation.objects.get().until == date(2025, 12, 31)
    assert FormerName.objects.get().successor is None


def test_without_the_security_administrator_nobody_takes_a_post(administrator):
    held = list(Holding.objects.values_list("person__code", "post__code", "main", "until"))
    people = [row("YLP00003", "林雯舒", "YL132-P001", main=False), row("YLP00009", "何露晞", "YL130-P001", main=True)]
    outcome = actions.take_in(cast.only(people=people), by=administrator, effective=False)
    assert outcome.waiting == 2 and Person.objects.filter(code="YLP00009").exists()
    assert list(Holding.objects.values_list("person__code", "post__code", "main", "until")) == held


def test_the_ferry_moves_no_right_until_it_is_confirmed(administrator):
    payload = whole.snapshot()
    payload["people"] = [
        *(p for p in payload["people"] if p["code"] != "YLP00003"),
        row("YLP00003", "林雯舒", "YL130-P002", main=True, since="2024-03-01", until="2026-06-30"),
        row("YLP00003", "林雯舒", "YL132-P001", main=True, since="2026-07-01", until=None),
    ]
    outcome = actions.apply_snapshot(payload)
    assert outcome.waiting == 2 and Person.objects.get(code="YLP00003").main_post.code == "YL130-P002"
    assert Entry.objects.filter(verb="orgs.take_over").count() == 1

    actions.confirm([c.pk for c in queries.changes()], by=administrator)
    assert Person.objects.get(code="YLP00003").main_post.code == "YL132-P001"
    assert not queries.changes() and Entry.objects.filter(verb="orgs.confirm").count() == 1
    assert set(Change.objects.values_list("state", "decided_by")) == {("confirmed", "YLP00001")}


def test_a_snapshot_of_the_same_directory_changes_nothing():
    cast.settle()
    before = everything()
    assert not actions.apply_snapshot(whole.snapshot()).moves
    assert everything() == before


def test_a_snapshot_builds_the_whole_directory_elsewhere_by_codes_alone():
    cast.settle()
    payload = whole.snapshot()
    for table in (Holding, Post, Unit):
        table.objects.all().delete()
    Person.objects.all().delete()
    Organ.objects.update(parent=None)
    Organ.objects.all().delete()
    outcome = actions.apply_snapshot(payload)
    assert outcome.waiting == 4
    actions.confirm([c.pk for c in queries.changes()], by=None)
    again = whole.snapshot()
    assert {**again, "as_of": ""} == {**payload, "as_of": ""}


def test_a_main_post_is_not_confirmed_before_the_old_one_ended(administrator):
    payload = {"people": [row("YLP00003", "林雯舒", "YL130-P002", until="2026-06-30"), row("YLP00003", "林雯舒", "YL132-P001", main=True)]}
    actions.apply_snapshot(payload)
    before = everything()
    comes = Change.objects.get(verb="hold")
    with pytest.raises(Refused, match="免职"):
        actions.confirm([comes.pk], by=administrator)
    assert everything() == before and Change.objects.get(pk=comes.pk).state == Change.WAITING


def test_a_refused_change_moves_nothing_and_is_noted(administrator):
    actions.apply_snapshot({"people": [row("YLP00003", "林雯舒", "YL132-P001", main=False)]})
    held = Holding.objects.count()
    change = Change.objects.get()
    actions.refuse([change.pk], by=administrator)
    assert Holding.objects.count() == held and Entry.objects.filter(verb="orgs.refuse").exists()
    before = everything()
    with pytest.raises(Refused, match="他人处理"):
        actions.confirm([change.pk], by=administrator)
    with pytest.raises(Refused, match="选择"):
        actions.confirm([], by=administrator)
    assert everything() == before


def test_a_newer_word_on_the_same_post_replaces_the_waiting_one(administrator):
    for since in ("2026-01-01", "2026-02-01"):
        actions.apply_snapshot({"people": [row("YLP00003", "林雯舒", "YL132-P001", main=False, since=since)]})
    assert Change.objects.get().since == date(2026, 2, 1)


def test_the_ferry_can_not_touch_what_is_local(administrator):
    Organ.objects.filter(code="YL132").update(local=True)
    before = everything()
    payload = {"organs": [{**cast.ORGANS[3], "name": "改名"}]}
    with pytest.raises(actions.RowsRefused) as no:
        actions.apply_snapshot(payload)
    assert no.value.problems[0].objection.params == {"code": "YL132"}
    assert everything() == before


def test_a_broken_snapshot_is_refused_whole(administrator):
    before = everything()
    with pytest.raises(actions.RowsRefused):
        actions.apply_snapshot({"organs": [{"code": "YL500", "name": "新局", "kind": "moon", "level": "county"}]})
    assert everything() == before
