import pytest

from tests.foundation.orgs import cast
from zhengtong.foundation.orgs import actions, queries
from zhengtong.foundation.orgs.models import Organ, Person, Post
from zhengtong.foundation.orgs.queries import whole
from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county():
    cast.settle()


@pytest.mark.parametrize(
    ("a", "b", "direction"),
    [
        ("YL003", "YZ003", Direction.UP),
        ("YL205", "YL003", Direction.UP),
        ("YL205", "YZ003", Direction.UP),
        ("YL003", "YL132", Direction.DOWN),
        ("YL130", "YL132", Direction.PEER),
        ("YL132", "YL205", Direction.PEER),  # county departments and townships are of one rank
        ("YL205", "YL201", Direction.PEER),
        ("YL003", "YL003", Direction.NONE),
    ],
)
def test_how_one_organ_stands_to_another(a, b, direction):
    assert queries.relation(queries.organ(a), queries.organ(b)) is direction


@pytest.mark.parametrize(
    ("kind", "forth", "back"),
    [
        ("guidance", Direction.GUIDANCE, Direction.GUIDANCE),
        ("vertical", Direction.VERTICAL, Direction.VERTICAL),
        ("dual", Direction.DOWN, Direction.UP),
        ("subordination", Direction.DOWN, Direction.UP),
    ],
)
def test_a_relation_beside_subordination_counts(kind, forth, back):
    actions.take_in(cast.only(relations=[{"subject": "YL132", "object": "YL205", "kind": kind}]), by=None)
    a, b = queries.organ("YL132"), queries.organ("YL205")
    assert (queries.relation(a, b), queries.relation(b, a)) == (forth, back)


def test_an_ended_relation_no_longer_counts():
    row = {"subject": "YL132", "object": "YL205", "kind": "guidance", "since": "2020-01-01", "until": "2021-01-01"}
    actions.take_in(cast.only(relations=[row]), by=None)
    assert queries.relation(queries.organ("YL132"), queries.organ("YL205")) is Direction.PEER


def test_lists_of_organs_and_people():
    government = queries.organ("YL003")
    assert [o.code for o in queries.townships()] == ["YL201", "YL205"]
    assert {o.code for o in queries.departments()} == {"YL130", "YL132"}
    assert [o.code for o in queries.leading()] == ["YL003"]
    assert {o.code for o in queries.subordinates(government)} == {"YL130", "YL132", "YL205", "YL201"}
    assert queries.principal(government).name == "孟若山"
    assert [p.code for p in queries.members(queries.organ("YL130"))] == ["YLP00002", "YLP00003"]
    assert queries.office(queries.organ("YL130")).name == "文电科"
    assert queries.by_letters("云政").code == "YL003" and queries.by_letters("") is None
    assert [p.code for p in queries.holders(Post.objects.get(code="YL132-P001"))] == ["YLP00002"]


def test_the_system_of_an_organ_is_its_leading_organ():
    assert queries.system(queries.organ("YL132")).code == "YL003"
    assert queries.system(queries.organ("YL003")).code == "YL003"


def test_collective_names_mean_organs():
    assert [o.code for o in queries.group("各乡镇人民政府")] == ["YL205"]
    assert [o.code for o in queries.group("各街道办事处")] == ["YL201"]
    assert {o.code for o in queries.group("各乡镇（街道）")} == {"YL201", "YL205"}
    assert {o.code for o in queries.group("县政府各部门")} == {"YL130", "YL132"}
    assert queries.group("各位同事") == []


def test_an_unknown_code_is_refused_by_name():
    with pytest.raises(Refused, match="YL999"):
        queries.organ("YL999")


def test_the_snapshot_holds_no_local_row_and_no_key():
    Organ.objects.filter(code="YL132").update(local=True)
    Post.objects.filter(organ__code="YL132").update(local=True)
    Person.objects.filter(code="YLP00003").update(local=True)
    payload = whole.snapshot()
    assert "YL132" not in {row["code"] for row in payload["organs"]}
    assert {row["code"] for row in payload["people"]} == {"YLP00001", "YLP00002"}
    assert not any("id" in row or "pk" in row for rows in payload.values() if isinstance(rows, list) for row in rows)


def test_the_public_directory_names_leaders_and_nobody_else():
    payload = whole.public_directory()
    names = {leader["name"] for organ in payload["organs"] for leader in organ["leaders"]}
    assert names == {"孟若山", "宋砚秋"}
    assert "林雯舒" not in str(payload) and "YLP" not in str(payload)
    assert "YZ003" not in {organ["code"] for organ in payload["organs"]}
