"""Finding, asking, approving and reading on screen."""

import pytest
from tests.foundation.accounts.cast import SECRET, enter

from zhengtong.office.borrowing import actions
from zhengtong.office.borrowing.models import Loan, Opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit(client):
    return lambda person: enter(client, person.account)


def test_from_finding_to_reading_and_return(people, filed, sit):
    item = filed()
    page = sit(people.clerk).get("/borrowing/", {"words": "第1件"}).content.decode()
    assert item.title in page and item.archive_number in page
    asked = sit(people.clerk).post(f"/borrowing/items/{item.archive_number}/", {"purpose": "work", "note": "查考", "days": 5})
    loan = Loan.objects.get()
    assert asked.status_code == 302 and loan.state == "asked"
    archivist = sit(people.archivist)
    assert loan.code in archivist.get("/borrowing/loans/").content.decode(), "what waits for him is where its count stands"
    assert "查考" in archivist.get(f"/borrowing/loans/{loan.code}/").content.decode()
    assert sit(people.archivist).post(f"/borrowing/loans/{loan.code}/grant/", {"pin": SECRET, "days": 3, "note": "同意"}).status_code == 302
    reader = sit(people.clerk)
    part = item.parts.get(role="final").pk
    opened = reader.post(f"/borrowing/loans/{loan.code}/open/{part}/")
    reading = opened["Location"]
    assert Opening.objects.count() == 1 and "第1页" in reader.get(reading).content.decode()
    picture = reader.get(f"{reading}1.png")
    assert picture["Content-Type"] == "image/png" and picture["Cache-Control"] == "no-store"
    assert reader.get(f"{reading}9.png").status_code == 404
    assert sit(people.second_clerk).get(f"{reading}1.png").status_code == 404
    reader = sit(people.clerk)
    assert reader.post(f"/borrowing/loans/{loan.code}/give_back/", {"effect": "写进了预案"}).status_code == 302
    assert "已归还" in reader.get("/borrowing/loans/").content.decode() and reader.get(reading).status_code == 302


def test_another_organs_item_shows_its_number_and_nothing_else(people, filed, sit):
    item = filed()
    found = sit(people.town_clerk).get("/borrowing/", {"number": item.archive_number}).content.decode()
    assert item.archive_number in found and item.title not in found
    page = sit(people.town_clerk).get(f"/borrowing/items/{item.archive_number}/").content.decode()
    assert item.title not in page and item.maker not in page.replace(item.fonds.name, "")
    sit(people.town_clerk).post(f"/borrowing/items/{item.archive_number}/", {"purpose": "work", "note": "查考", "days": 5})
    loan = Loan.objects.get()
    for address in ("/borrowing/loans/", f"/borrowing/loans/{loan.code}/"):
        assert item.title not in sit(people.town_clerk).get(address).content.decode()
    assert item.title in sit(people.director).get(f"/borrowing/loans/{loan.code}/").content.decode()


def test_a_refused_request_keeps_what_was_written_and_says_why_at_the_field(people, filed, sit):
    item = filed()
    answer = sit(people.clerk).post(f"/borrowing/items/{item.archive_number}/", {"purpose": "work", "note": "写了用途", "days": 99})
    assert answer.status_code == 422 and "写了用途" in answer.content.decode() and 'id="id_days_error"' in answer.content.decode()
    assert not Loan.objects.exists()


def test_a_wrong_pin_keeps_the_dialog_open_with_what_was_written(people, filed, sit):
    loan = actions.ask(filed().archive_number, people.clerk, "work", "查考", 5)
    answer = sit(people.archivist).post(f"/borrowing/loans/{loan.code}/grant/", {"pin": "wrong", "days": 5, "note": "写了意见"})
    assert answer.status_code == 409 and "写了意见" in answer.content.decode() and 'id="grant-pin-error"' in answer.content.decode()


def test_a_copy_is_handed_out_where_it_was_granted(people, filed, sit):
    item = filed()
    loan = actions.ask(item.archive_number, people.clerk, "evidence", "举证", 5, copies=True)
    actions.decide("grant", loan.code, people.archivist, SECRET)
    answer = sit(people.clerk).post(f"/borrowing/loans/{loan.code}/copy/{item.parts.get(role='final').pk}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF") and "attachment" in answer["Content-Disposition"]
    assert Opening.objects.get().copied


def test_a_loan_of_others_does_not_exist_and_the_register_is_the_archivists(people, filed, sit):
    loan = actions.ask(filed().archive_number, people.clerk, "work", "查考", 5)
    assert sit(people.second_clerk).get(f"/borrowing/loans/{loan.code}/").status_code == 404
    assert sit(people.second_clerk).get("/borrowing/register/").status_code == 403
    register = sit(people.archivist).get("/borrowing/register/", {"purpose": "work", "state": "asked"}).content.decode()
    assert loan.title in register and people.clerk.name in register
    assert "2026" in sit(people.archivist).get("/borrowing/register/figures/").content.decode()


def test_whoever_only_runs_the_network_finds_the_door_closed(people, sit, county):
    from zhengtong.foundation.accounts.models import Grant

    Grant.objects.filter(post__holdings__person=people.second_clerk).update(role="system_admin")
    assert sit(people.second_clerk).get("/borrowing/").status_code == 403
