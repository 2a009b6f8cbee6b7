import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.foundation.orgs import cast
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs import actions, demo, queries, sheets
from zhengtong.foundation.orgs.models import Change, Holding, Organ
from zhengtong.foundation.orgs.queries import whole

pytestmark = pytest.mark.django_db
NEW = [{"code": "YL132", "name": "云岭县教育体育局", "kind": "department", "level": "county"}]
SECOND = [{"code": "YLP00003", "name": "林雯舒", "post": "YL132-P001", "main": False}]


@pytest.fixture(autouse=True)
def county():
    cast.settle()


def upload(client, handed_in=None, content=None, name="directory.xlsx"):
    """Choose a file on the import page and press 检查."""
    if content is None:
        content = sheets.write_xlsx({table: [dict(row) for row in rows] for table, rows in handed_in.items()})
    return client.post("/directory/import/", {"file": SimpleUploadedFile(name, content)})


def without_columns(name, rows):
    """A CSV of one table with only the columns that the rows have."""
    table = sheets.tables.BY_NAME[name]
    columns = [column for column in table.columns if column.name in rows[0]]
    lines = [",".join(column.heading for column in columns)]
    lines += [",".join(sheets.shown(column, row[column.name]) for column in columns) for row in rows]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("address", ["/directory/", "/directory/people/", "/directory/YL130/"])
def test_everybody_who_is_signed_in_may_look(client, address):
    assert client.get(address).status_code == 302
    cast.sign_in(client, "YLP00003", "drafter")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/directory/import/", "/directory/changes/", "/directory/export.xlsx", "/directory/export.csv"])
def test_a_clerk_may_not_import_confirm_or_export(client, address):
    cast.sign_in(client, "YLP00003", "drafter")
    assert client.get(address).status_code == 403


def test_the_list_finds_organs_by_name_letters_kind_and_superior(client):
    cast.sign_in(client, "YLP00003")
    assert "云岭县教育局" in client.get("/directory/?words=教育").text
    assert "云岭县教育局" not in client.get("/directory/?words=石桥").text
    assert "石桥镇人民政府" in client.get("/directory/?kind=township&above=YL003").text
    assert "没有符合条件" in client.get("/directory/?words=没有这个").text
    assert "宋砚秋" in client.get("/directory/people/?words=宋").text
    assert client.get("/directory/NONE99/").status_code == 404


def test_an_organ_shows_its_units_posts_people_and_names(client):
    cast.sign_in(client, "YLP00003")
    actions.take_in(cast.only(former_names=[{"organ": "YL130", "name": "云岭县政府办事处", "until": "2019-01-31"}]), by=None)
    text = client.get("/directory/YL130/").text
    for word in ("文电科", "科员", "林雯舒", "宋砚秋", "云政办", "云岭县政府办事处"):
        assert word in text
    assert "教育局" in client.get("/directory/YL003/").text  # below it


def test_an_import_is_checked_shown_and_then_made(client):
    person = cast.sign_in(client, "YLP00002", "security_admin")
    shown = upload(client, content=without_columns("organs", NEW), name="新表.csv")
    assert shown.status_code == 200 and "确认导入" in shown.text and "YL132" in shown.text
    assert Organ.objects.get(code="YL132").name == "云岭县教育局"
    assert client.post("/directory/import/confirm/").status_code == 302
    assert Organ.objects.get(code="YL132").name == "云岭县教育体育局"
    entry = Entry.objects.filter(verb="orgs.import").last()
    assert (entry.actor_code, entry.target) == (person.code, "directory:新表.csv")
    client.post("/directory/import/confirm/")  # pressed twice: there is nothing left to take in
    assert Entry.objects.filter(verb="orgs.import").count() == 2  # the cast's own and this one


def test_errors_are_shown_row_by_row_and_nothing_is_taken_in(client):
    cast.sign_in(client, "YLP00002", "system_admin")
    before, entries = whole.tables(), Entry.objects.count()
    shown = upload(
        client, content="机构代码,全称,类别,层级\nAA01,甲,公司,县级\nAA02,乙,部门,县级\nAA02,丙,部门,县级\n".encode(), name="a.csv"
    )
    assert shown.status_code == 422
    for word in ("不是“类别”的可选值", "与第3行重复", "2处错误"):
        assert word in shown.text
    client.post("/directory/import/confirm/")
    assert whole.tables() == before and Entry.objects.count() == entries


@pytest.mark.parametrize(("content", "name"), [(b"", "a.csv"), (b"MZ\x90\x00", "a.xlsx"), ("甲,乙\n1,2".encode(), "a.csv")])
def test_a_wrong_file_is_refused_at_its_field(client, content, name):
    cast.sign_in(client, "YLP00002", "system_admin")
    shown = upload(client, content=content, name=name)
    assert shown.status_code == 422 and shown.context["form"].errors["file"]


def test_what_the_system_administrator_brings_moves_no_right_before_it_is_confirmed(client):
    cast.sign_in(client, "YLP00002", "system_admin")
    assert "安全管理员确认" in upload(client, content=without_columns("people", SECOND), name="a.csv").text
    client.post("/directory/import/confirm/")
    assert Change.objects.count() == 1 and Holding.objects.count() == len(cast.PEOPLE)
    assert client.get("/directory/changes/").status_code == 403


def test_the_security_administrator_confirms_and_refuses(client):
    actions.apply_snapshot({"people": [*SECOND, {"code": "YLP00001", "name": "孟若山", "post": "YL132-P001", "main": False}]})
    cast.sign_in(client, "YLP00002", "security_admin")
    assert "林雯舒" in client.get("/directory/changes/").text
    first, second = queries.changes()
    client.post("/directory/changes/", {"changes": [first.pk], "verb": "confirm"})
    client.post("/directory/changes/", {"changes": [second.pk], "verb": "refuse"})
    assert set(Change.objects.values_list("pk", "state")) == {(first.pk, "confirmed"), (second.pk, "refused")}
    assert Holding.objects.count() == len(cast.PEOPLE) + 1
    stale = client.post("/directory/changes/", {"changes": [first.pk], "verb": "confirm"}, follow=True)
    assert "他人处理" in stale.text and Holding.objects.count() == len(cast.PEOPLE) + 1


def test_all_waiting_changes_are_confirmed_at_once(client):
    actions.apply_snapshot({"people": SECOND})
    cast.sign_in(client, "YLP00002", "security_admin")
    client.post("/directory/changes/", {"all": "1"})
    assert not queries.changes() and Holding.objects.count() == len(cast.PEOPLE) + 1


def test_what_is_handed_out_can_be_handed_in(client):
    cast.sign_in(client, "YLP00002", "security_admin")
    book = client.get("/directory/export.xlsx")
    assert "attachment" in book["Content-Disposition"]
    assert upload(client, content=book.content).status_code == 200
    for table in sheets.tables.BY_NAME:
        assert client.get(f"/directory/export.csv?table={table}").status_code == 200
    assert client.get("/directory/export.csv?table=accounts").status_code == 404


def test_the_pages_ask_as_much_of_eight_thousand_people_as_of_three(client):
    cast.sign_in(client, "YLP00003")
    asked = {}
    for size in ("small", "county"):
        if size == "county":
            fields = demo.county()
            used = {row["code"] for row in (*cast.UNITS, *cast.POSTS, *cast.PEOPLE)}
            fields = {name: [row for row in rows if row.get("code") not in used] for name, rows in fields.items()}
            fields["people"] = [row for row in fields["people"] if not str(row["post"]).startswith(("YL003-P001", "YL130-P00"))]
            actions.take_in(sheets.rows_of(fields), by=None)
        for address in ("/directory/", "/directory/people/", "/directory/YL130/"):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            asked[size, address] = len(seen)
    for address in ("/directory/", "/directory/people/", "/directory/YL130/"):
        assert asked["county", address] <= asked["small", address] + 2
