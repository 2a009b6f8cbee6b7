"""The implementation list on the real database: versions, review, files, screens."""

import copy
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.foundation.accounts.cast import SECRET, account, enter, person
from zhengtong.business.items import actions, demo, files, queries
from zhengtong.business.items.forms_rows import Row
from zhengtong.business.items.models import Implementation, Item
from zhengtong.business.items.rules import implementation as rules
from zhengtong.business.items.rules import sheets
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused

from .test_actions import organs, values  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ROWS = json.loads(demo.LISTED.read_text(encoding="utf-8"))


def entries(*rows):
    return sheets.from_json(copy.deepcopy(list(rows)))[0]


def state():
    return list(Implementation.objects.values()), Entry.objects.count()


@pytest.fixture
def office(organs):  # noqa: F811
    for code in ("YL-0101", "YL-0102"):
        actions.save(values(code=code), organs["YL160"], organs["YL160"], [], by=None)
    return organs["YL160"]


@pytest.fixture
def keeper(office):
    return person("K1", "item_manager", of=office)


@pytest.fixture
def reviewer(office):
    return person("R1", "approver", of=office)


@pytest.fixture
def row(office, keeper):
    """A draft that is not claimed."""
    actions.take_in(entries(ROWS[0]), office, keeper)
    return Implementation.objects.get()


def published(row, keeper, reviewer, effective=None):
    actions.submit(row.task_code, keeper)
    return actions.approve(row.task_code, effective or clock.today(), reviewer)


def again(row, keeper, **changed):
    return actions.draft(row.values | changed, row.sheets, row.organ, keeper, seen=f"{row.version}.{row.revision}")


def test_a_version_takes_effect_on_its_day_and_a_case_keeps_its_own(row, keeper, reviewer):
    today = clock.today()
    first = published(row, keeper, reviewer)
    published(again(first, keeper, promise_day="6", transact_addr="新楼"), keeper, reviewer, today + timedelta(days=10))
    assert [r.version for r in Implementation.objects.order_by("version")] == [1, 2]
    shown = [queries.implementation_of("YL-0101", today + timedelta(days=n)) for n in (-1, 0, 9, 10)]
    assert [s and s.version for s in shown] == [None, 1, 1, 2]


def test_a_cancelled_row_is_no_longer_in_force(row, keeper, reviewer):
    end = clock.today() + timedelta(days=3)
    published(again(row, keeper, plan_cancel_date=end.isoformat()), keeper, reviewer)
    assert queries.implementation_of("YL-0101", end - timedelta(days=1)) and not queries.implementation_of("YL-0101", end)


def test_the_guide_shows_what_is_in_force(row, keeper, reviewer):
    actions.publish("YL-0101", by=None)
    assert queries.guides()[0]["implementation"] == {"facts": [], "flow": [], "fees": [], "faq": []}
    published(row, keeper, reviewer)
    guide = queries.guides()[0]
    told = guide["implementation"]
    assert ["实施编码", row.task_code] in told["facts"] and told["flow"][0]["step"] == "申请" and guide["implementation_version"] == 1


def test_the_one_who_wrote_it_does_not_review_it(row, keeper):
    actions.submit(row.task_code, keeper)
    before = state()
    with pytest.raises(Refused, match="另一人"):
        actions.approve(row.task_code, clock.today(), keeper)
    assert state() == before


def test_what_lacks_an_element_is_not_submitted(row, keeper):
    row = again(row, keeper, link_way="")
    before = state()
    with pytest.raises(Refused, match="咨询方式"):
        actions.submit(row.task_code, keeper)
    assert state() == before


def test_what_is_returned_says_why_and_can_be_written_again(row, keeper, reviewer):
    actions.submit(row.task_code, keeper)
    before = state()
    for refused in (lambda: again(row, keeper, promise_day="6"), lambda: actions.send_back(row.task_code, " ", reviewer)):
        with pytest.raises(Refused):
            refused()
    assert state() == before
    actions.send_back(row.task_code, "时限写错", reviewer)
    assert again(Implementation.objects.get(), keeper, promise_day="6").returned_because == "时限写错"
    assert list(Entry.objects.values_list("verb", flat=True))[-3:] == ["items.submit", "items.send_back", "items.draft"]


def test_a_stale_page_changes_nothing(row, keeper):
    again(row, keeper, transact_addr="新楼")
    before = state()
    with pytest.raises(Refused, match="别人改过"):
        actions.draft(row.values, row.sheets, row.organ, keeper, seen="1.1")
    with pytest.raises(Refused, match="已被使用"):
        actions.draft(row.values, row.sheets, row.organ, keeper)
    assert state() == before


def test_a_claimed_row_keeps_what_the_upper_list_says(office, keeper):
    actions.take_in(entries(ROWS[0]), office, keeper, claimed=True)
    row = Implementation.objects.get()
    before = state()
    with pytest.raises(Refused, match="上级清单"):
        again(row, keeper, by_law="另一部法")
    with pytest.raises(actions.RowsRefused):
        actions.take_in(entries(ROWS[0] | {"by_law": "另一部法"}), office, keeper)
    assert state() == before
    again(row, keeper, transact_addr="新楼")
    upper = {key: text for key, text in ROWS[0].items() if key in rules.UPPER} | {"by_law": "新法第一条"}
    actions.take_in(entries(upper), office, keeper, claimed=True)
    after = Implementation.objects.get()
    assert after.values["by_law"] == "新法第一条" and after.values["transact_addr"] == "新楼" and after.sheets == row.sheets


def test_one_wrong_row_and_nothing_is_taken_in(office, keeper):
    wrong = ROWS[1] | {"promise_day": "99", "local_task_code": "没有的"}
    before = state()
    with pytest.raises(actions.RowsRefused) as no:
        actions.take_in(entries(ROWS[0], wrong, ROWS[0]), office, keeper)
    assert state() == before
    assert {(p.row, p.objection.field) for p in no.value.problems} == {(2, "promise_day"), (2, "local_task_code"), (3, "task_code")}


def test_another_organs_row_is_not_taken(row, organs, keeper):  # noqa: F811
    before = state()
    with pytest.raises(actions.RowsRefused, match="1处"):
        actions.take_in(entries(ROWS[0]), organs["YL154"], keeper)
    assert state() == before


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_what_goes_out_comes_back_the_same_even_under_review(office, keeper, kind):
    actions.take_in(entries(*ROWS[:2]), office, keeper)
    actions.submit(ROWS[0]["task_code"], keeper)
    out = files.written(list(Implementation.objects.all()), kind)
    rows, problems = files.read(out, f"list.{kind}")
    outcome, more = actions.rehearse(rows, office, claimed=False)
    assert problems == more == [] and len(outcome.same) == 2 and not outcome.changed


def test_a_workbook_holds_text_and_no_formula(row, keeper):
    again(row, keeper, transact_addr="=1+1", service_type="@x")
    out = files.written(list(Implementation.objects.all()), "xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(out)) for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    rows, _problems = files.read(out, "x.xlsx")
    assert rows[0].values["transact_addr"] == "=1+1" and rows[0].values["service_type"] == "@x"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.csv"), (b"\xff\xfe\x00", "x.csv"), (b"PK\x03\x04rubbish", "x.xlsx"), (b"{", "x.json"), (b"[" * 100_000, "x.json"),
        (b"[]", "x.json"), (b"%PDF-1.7", "x.pdf"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(content, name):
    with pytest.raises(Refused):
        files.read(content, name)


def test_the_command_checks_and_takes_in(office, keeper, tmp_path, capsys):
    account(keeper)
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(ROWS[:2]), encoding="utf-8")
    bad.write_text(json.dumps([ROWS[0] | {"promise_day": "99"}]), encoding="utf-8")
    call_command("items", "check", str(good), "--by", "K1")
    with pytest.raises(CommandError, match="1处错误"):
        call_command("items", "import", str(bad), "--by", "K1")
    with pytest.raises(CommandError, match="不是事项管理员"):
        call_command("items", "import", str(good), "--by", "nobody")
    assert not Implementation.objects.exists()
    call_command("items", "import", str(good), "--by", "K1")
    call_command("items", "export", str(tmp_path / "out.xlsx"))
    assert Implementation.objects.count() == 2 and "1\t承诺办结时限\t" in capsys.readouterr().out
    assert len(files.read((tmp_path / "out.xlsx").read_bytes(), "out.xlsx")[0]) == 2


# The screens.
def written(row, **changed):
    """What a browser hands in when the page is saved as it stands, with some changes."""
    whole, data = Row(row), {}
    for part in (whole.form, *whole.sheets.values()):
        for form in [part.management_form, *part.forms] if hasattr(part, "management_form") else [part]:
            data |= {bound.html_name: value for bound in form if (value := bound.value()) is not None and value is not False}
    return data | changed


def test_a_row_is_written_submitted_and_published_by_another(client, network_keys, row, keeper, reviewer):
    enter(client, account(keeper))
    at = f"/implementation/{row.task_code}/"
    assert client.post(at, written(row, transact_addr="新楼二层")).status_code == 302
    row.refresh_from_db()
    assert row.values["transact_addr"] == "新楼二层" and row.sheets == {key: ROWS[0][key] for key in rules.SHEETS_BY_KEY}
    client.post(at + "submit/")
    assert "approve/" not in client.get(at).content.decode()
    assert client.post(at + "approve/", {"pin": SECRET, "effective_from": clock.today()}).status_code == 409
    client.logout()
    enter(client, account(reviewer))
    assert client.post(at + "approve/", {"pin": "wrong", "effective_from": clock.today()}).status_code == 409
    assert client.post(at + "approve/", {"pin": SECRET, "effective_from": "nonsense"}).status_code == 409
    assert Implementation.objects.get().state == "submitted"
    assert client.post(at + "approve/", {"pin": SECRET, "effective_from": clock.today()}).status_code == 302
    assert Implementation.objects.get().reviewed_by == reviewer
    assert "现行" in client.get(at + "versions/").content.decode()


@pytest.mark.parametrize(
    ("changed", "where"),
    [({"promise_day": "30"}, "promise_day"), ({"dept_code": "1" * 18}, "dept_code"), ({"materials-0-copies": "两"}, "materials-0-copies")],
)
def test_an_error_stands_at_its_field_and_what_was_written_stays(client, network_keys, row, keeper, changed, where):
    enter(client, account(keeper))
    before = state()
    answer = client.post(f"/implementation/{row.task_code}/", written(row, transact_addr="写了很久", **changed))
    text = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{where}_error"' in text and "写了很久" in text
    assert state()[0] == before[0]


def test_a_file_is_checked_shown_and_then_taken_in(client, network_keys, office, keeper):
    enter(client, account(keeper))

    def give(rows):
        file = SimpleUploadedFile("list.json", json.dumps(rows).encode())
        return client.post("/implementation/import/", {"file": file, "claimed": "on"})

    assert "承诺办结时限" in give([ROWS[0] | {"promise_day": "99"}]).content.decode()
    assert client.post("/implementation/take-in/").status_code == 302 and not Implementation.objects.exists()
    assert "确认导入" in give(ROWS[:1]).content.decode() and not Implementation.objects.exists()
    client.post("/implementation/take-in/")
    assert Implementation.objects.get().claimed
    for kind in files.TYPES:
        assert client.get(f"/implementation/export/{kind}/").content
    assert client.get("/implementation/export/exe/").status_code == 404
    page = client.get("/implementation/?words=小餐饮").content.decode()
    assert Implementation.objects.get().name in page and Item.objects.count() == 2


def test_another_organs_rows_do_not_exist_here(client, network_keys, row, organs):  # noqa: F811
    enter(client, account(person("K2", "item_manager", of=organs["YL154"])))
    assert row.name not in client.get("/implementation/").content.decode()
    for way in ("", "versions/"):
        assert client.get(f"/implementation/{row.task_code}/{way}").status_code == 404
