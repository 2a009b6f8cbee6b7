"""Lists, sheets and histories on screen."""

import pytest
from tests.foundation.accounts.cast import SECRET, enter

from zhengtong.office.appraisal import actions
from zhengtong.office.appraisal.models import Sheet
from zhengtong.office.archive.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit(client):
    return lambda person: enter(client, person.account)


def test_a_list_from_what_is_due_to_its_destruction(people, old, sit):
    one, two = old(1), old(2)
    archivist = sit(people.archivist)
    assert "2件" in archivist.get("/appraisal/").content.decode()
    page = archivist.get("/appraisal/due/destruction/").content.decode()
    assert one.title in page and 'name="item"' in page
    numbers = [one.archive_number, two.archive_number]
    made = archivist.post("/appraisal/due/destruction/", {"fonds": "Z003", "item": numbers, "note": "到期"})
    sheet = Sheet.objects.get()
    address = f"/appraisal/sheets/{sheet.code}/"
    assert made["Location"] == address and one.title in archivist.get(address).content.decode()
    said = {
        f"judgement-{numbers[1]}": "keep",
        f"longer-{numbers[1]}": "Y",
        f"reason-{numbers[1]}": "重大事件",
        "rest": "destroy",
        "rest-reason": "无价值",
    }
    assert archivist.post(f"{address}judge/", said).status_code == 302
    assert {entry.judgement: (entry.reason, entry.value) for entry in sheet.entries.all()} == {
        "destroy": ("无价值", ""),
        "keep": ("重大事件", "Y"),
    }
    named = {"first": people.clerk.code, "second": people.second_clerk.code}
    assert archivist.post(f"{address}submit/", named).status_code == 302
    for person, verb in (
        (people.archive_head, "approve"),
        (people.director, "decide"),
        (people.clerk, "witness"),
        (people.second_clerk, "witness"),
    ):
        here = sit(person)
        assert f'id="{verb}"' in here.get(address).content.decode() and here.get("/appraisal/").status_code == 200
        assert here.post(f"{address}{verb}/", {"pin": SECRET, "note": "同意"}).status_code == 302
    archivist = sit(people.archivist)
    assert archivist.post(f"{address}destroy/", {"pin": SECRET}).status_code == 302
    actions.sweep()
    page = archivist.get(address).content.decode()
    assert "已完成" in page and "已清除" in page and people.clerk.name in page
    item = Item.objects.get(archive_number=numbers[0])
    kept = archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert "已销毁" in kept and "导出封装包" not in kept and "内容有缺失" not in kept
    assert "已销毁" in archivist.get("/archive/filed/").content.decode()
    history = archivist.get(f"/appraisal/items/{numbers[0]}/").content.decode()
    assert sheet.code in history and item.digest in history


def test_a_refusal_keeps_the_dialog_open_and_changes_nothing(people, drawn, sit):
    answer = sit(people.archivist).post(
        f"/appraisal/sheets/{drawn.code}/submit/", {"first": people.clerk.code, "second": people.clerk.code}
    )
    assert answer.status_code == 409 and "两名不同的监销人" in answer.content.decode() and "data-zt-open" in answer.content.decode()
    answer = sit(people.archivist).post(f"/appraisal/sheets/{drawn.code}/drop/", {"note": ""})
    assert answer.status_code == 409 and Sheet.objects.get().state == "draft"


def test_what_stands_on_the_page_goes_with_it_and_a_fault_stands_in_its_row(people, drawn, sit):
    first, second, third = (entry.number for entry in drawn.entries.all())
    named = {"first": people.clerk.code, "second": people.second_clerk.code}
    said = {f"judgement-{one}": "destroy" for one in (first, second)} | {f"reason-{one}": "重新判断" for one in (first, second)}
    kept = {f"judgement-{third}": "keep", f"reason-{third}": "史料"}
    answer = sit(people.archivist).post(f"/appraisal/sheets/{drawn.code}/submit/", named | said | kept)
    page = answer.content.decode()
    row = page[page.index(f'name="reason-{third}"') :]
    assert answer.status_code == 409 and "请选择新的保管期限" in row and "data-zt-open" not in page
    assert Sheet.objects.get().state == "draft" and {entry.reason for entry in drawn.entries.all()} == {"重新判断", "史料"}
    sent = named | said | kept | {f"longer-{third}": "Y"}
    assert sit(people.archivist).post(f"/appraisal/sheets/{drawn.code}/submit/", sent).status_code == 302
    assert Sheet.objects.get().state == "review"


def test_nobody_is_shown_as_a_witness_before_one_is_named(people, drawn, sit):
    page = sit(people.archivist).get(f"/appraisal/sheets/{drawn.code}/").content.decode()
    steps = page[page.index('class="zt-slip"') :]
    assert steps.count(people.archivist.name) == 2, "he draws the list up and carries it out, and witnesses nothing"


def test_a_wrong_pin_approves_nothing(people, drawn, way, sit):
    way(drawn, "submit")
    answer = sit(people.archive_head).post(f"/appraisal/sheets/{drawn.code}/approve/", {"pin": "wrong", "note": "写了意见"})
    assert answer.status_code == 409 and "写了意见" in answer.content.decode() and Sheet.objects.get().state == "review"


def test_an_item_is_left_out_and_what_was_written_stays(people, drawn, sit):
    first, second, third = (entry.number for entry in drawn.entries.all())
    sent = {"item": first, f"judgement-{second}": "destroy", f"reason-{second}": "重新判断"}
    assert sit(people.archivist).post(f"/appraisal/sheets/{drawn.code}/leave-out/", sent).status_code == 302
    assert {entry.number: entry.reason for entry in drawn.entries.all()} == {second: "重新判断", third: ""}


def test_an_opening_review_and_an_empty_list_show_themselves(people, old, sit):
    archivist = sit(people.archivist)
    assert "没有到期待鉴定的档案" in archivist.get("/appraisal/due/opening/").content.decode()
    item = old(1, 2000, "Y")
    archivist.post("/appraisal/due/opening/", {"fonds": "Z003", "item": [item.archive_number]})
    assert "年内再审" in archivist.get(f"/appraisal/sheets/{Sheet.objects.get().code}/").content.decode()
    assert archivist.get("/appraisal/due/secrecy/").status_code == 404, "the open network has none"
    assert archivist.post("/appraisal/due/destruction/", {"fonds": "Z003"}).status_code == 422


def test_a_sheet_that_did_not_come_to_one_does_not_exist(people, drawn, sit):
    assert sit(people.clerk).get(f"/appraisal/sheets/{drawn.code}/").status_code == 404
    assert sit(people.partys_archivist).get(f"/appraisal/sheets/{drawn.code}/").status_code == 404
    assert sit(people.clerk).get("/appraisal/due/destruction/").status_code == 403
    assert sit(people.clerk).post(f"/appraisal/sheets/{drawn.code}/burn/").status_code == 404


@pytest.mark.usefixtures("classified")
def test_the_classified_network_reviews_its_secrets(people, old, sit):
    from zhengtong.foundation import clock
    from zhengtong.office.documents.models import Clearance

    Clearance.objects.create(person=people.archivist, level="机密", until=clock.today(), given_at=clock.now())
    item = old(1, 2019, "Y", secrecy="机密", secrecy_mark="机密★5年", readers=(people.archivist.code,))
    archivist = sit(people.archivist)
    assert "机密★5年" in archivist.get("/appraisal/due/secrecy/").content.decode()
    archivist.post("/appraisal/due/secrecy/", {"fonds": "Z003", "item": [item.archive_number]})
    page = archivist.get(f"/appraisal/sheets/{Sheet.objects.get().code}/").content.decode()
    assert "解密" in page and "如 秘密★5年" in page
