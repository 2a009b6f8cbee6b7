import json
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation.accounts.rules import ROLES
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs import demo, queries, rules, sheets
from zhengtong.foundation.orgs.management.commands.seed import planters
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.orgs.rules import Kind
from zhengtong.foundation.orgs.rules.tables import Known, read

MOST_QUERIES = 250  # at 4 ms each the county stands within seconds; one row at a time would be 12,000


def test_the_county_is_the_same_for_the_same_seed():
    assert demo.county(7) == demo.county(7)
    assert demo.county(7)["people"] != demo.county(8)["people"]


def test_the_hand_written_rows_are_the_same_for_every_seed():
    fixed = {row["person"] for row in demo.rows("posts.csv")} - {""}
    named = [{p["code"]: p["name"] for p in demo.county(seed)["people"] if p["code"] in fixed} for seed in (7, 8)]
    assert named[0] == named[1] and set(named[0]) == fixed


def test_the_county_meets_no_objection():
    assert read(sheets.rows_of(demo.county()), Known()).problems == []


def test_every_kind_of_relation_occurs_but_subordination_which_is_the_parent():
    kinds = {row["kind"] for row in demo.county()["relations"]}
    assert kinds == set(rules.RelationKind) - {rules.RelationKind.SUBORDINATION}


def test_nobody_bears_the_name_of_a_sample_account():
    names = Counter(name for name in {p["code"]: p["name"] for p in demo.county()["people"]}.values())
    assert all(names[row["name"]] == 1 for row in demo.rows("accounts.csv"))


def test_sample_accounts_are_people_of_the_directory_in_the_posts_named():
    county = demo.county()
    held = {(p["code"], p["name"], p["post"]) for p in county["people"]}
    organs = {p["code"]: p["organ"] for p in county["posts"]}
    accounts = demo.rows("accounts.csv")
    for row in accounts:
        assert (row["person"], row["name"], row["post"]) in held and organs[row["post"]] == row["organ"]
        assert row["title_zh"] and row["title_en"] and row["secret"]
    assert len({row["username"] for row in accounts}) == len({row["person"] for row in accounts}) == len(accounts)


@pytest.mark.parametrize("network", ["office", "classified", "business", "oversight"])
def test_every_network_has_its_three_administrators_as_different_people(network):
    rows = [row for row in demo.rows("accounts.csv") if network in row["networks"].split()]
    for role in ("system_admin", "security_admin", "auditor"):
        assert [row["roles"] for row in rows if role in row["roles"].split()] == [role]


def test_every_role_of_the_stories_has_a_sample_account_where_it_exists():
    rows = demo.rows("accounts.csv")
    given = {role for row in rows for role in row["roles"].split()}
    assert given <= set(ROLES)
    for row in rows:
        for network in row["networks"].split():
            assert any(network in ROLES[role].networks for role in row["roles"].split()), row["username"]
    stories = "drafter unit_head office_reviewer deputy_head principal_head recheck registrar dispatcher receiver archivist"
    stories += " release_reviewer organ_head secretary editor publisher window_clerk examiner approver supervisor egov_office"
    assert set(stories.split()) <= given


def test_names_are_plain_chinese_names():
    words = json.loads((demo.DATA / "names.json").read_text(encoding="utf-8"))
    names = {p["name"] for p in demo.county()["people"]}
    assert all(2 <= len(name) <= 4 and all("一" <= letter <= "龥" for letter in name) for name in names)
    assert all(name.startswith(tuple(words["surnames"])) for name in names if name not in {r["name"] for r in demo.rows("posts.csv")})


@pytest.mark.django_db
def test_the_county_is_planted_once_and_quickly():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        demo.plant()
    assert len(asked) < MOST_QUERIES
    kinds = Counter(Organ.objects.exclude(kind=Kind.SUPERIOR.value).values_list("kind", flat=True))
    assert (kinds.pop("department"), kinds.pop("township"), kinds.pop("point")) == (85, 32, 374)
    assert sum(kinds.values()) == 6 == queries.leading().count()
    assert Person.objects.count() == 8000
    assert Holding.objects.filter(main=True).count() == 8000
    assert Holding.objects.filter(main=False).count() >= 150  # several with several posts
    entry = Entry.objects.get()
    assert entry.verb == "orgs.import" and entry.detail["new"]["people"] == 8000

    with CaptureQueriesContext(connection) as asked:
        assert demo.plant() == "directory is there"
    assert len(asked) == 1 and Entry.objects.count() == 1


@pytest.mark.django_db
def test_every_organ_is_led_and_every_department_has_letters_and_an_office():
    demo.plant()
    led = set(Holding.objects.filter(post__rank="principal").values_list("post__organ__code", flat=True))
    county = Organ.objects.exclude(kind__in=["superior", "point"])
    assert set(county.values_list("code", flat=True)) <= led
    assert Post.objects.filter(rank="principal").values("organ").distinct().count() == Post.objects.filter(rank="principal").count()
    assert not county.filter(letters="").exists()
    for organ in [*queries.departments(), *queries.townships()]:
        assert queries.office(organ), organ.name
    assert len(queries.group("各乡镇人民政府")) == 28 and len(queries.group("各街道办事处")) == 4


def test_the_directory_is_planted_before_the_accounts_and_both_before_the_rest():
    names = [module.__name__ for module in planters()]
    assert names[0] == "zhengtong.foundation.orgs.demo"
    assert "zhengtong.foundation.accounts.demo" not in names[2:]


@pytest.mark.django_db
def test_seed_plants_nothing_in_production(settings):
    settings.MODE = "production"
    with pytest.raises(Exception, match="演示模式"):
        call_command("seed")
    assert not Organ.objects.exists()
