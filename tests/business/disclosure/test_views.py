import pytest

from zhengtong.business.disclosure.models import Letter, Request

from .conftest import ANSWERS, PIN


def test_the_list_masks_the_applicant_and_an_outsider_sees_nothing(register, enter):
    request = register()
    page = enter("clerk").get("/disclosure/").content.decode()
    assert request.number in page and ANSWERS["name"] not in page
    outsider = enter("outsider")
    assert request.number not in outsider.get("/disclosure/?tab=all").content.decode()
    assert outsider.get(f"/disclosure/{request.number}/").status_code == 404
    assert enter("editor").get("/disclosure/").status_code == 403


def test_a_request_is_registered_on_the_page_and_a_missing_confirmation_is_told_at_its_field(cast, enter):
    clerk = enter("clerk")
    data = {**ANSWERS, "desk": cast.desk.pk, "channel": "post", "came_on": "2026-03-02", "confirmed_on": ""}
    refused = clerk.post("/disclosure/register/", data)
    assert refused.status_code == 422 and "先与申请人确认" in refused.content.decode() and not Request.objects.exists()
    assert clerk.post("/disclosure/register/", data | {"confirmed_on": "2026-03-02"}).status_code == 302
    assert Request.objects.get().description == ANSWERS["description"]


def test_the_buttons_are_those_that_the_rules_allow(register, enter):
    request, clerk = register(), enter("clerk")
    page = clerk.get(f"/disclosure/{request.number}/").content.decode()
    assert "do=completion" in page and "do=extension" not in page and "do=pay" not in page
    form = clerk.get(f"/disclosure/{request.number}/?do=take_up").content.decode()
    assert f"/disclosure/{request.number}/take_up/" in form
    assert clerk.post(f"/disclosure/{request.number}/take_up/", {"version": request.version}).status_code == 302
    page = clerk.get(f"/disclosure/{request.number}/").content.decode()
    assert "do=extension" in page and "do=completion" not in page


def test_an_answer_is_written_looked_at_sent_up_and_signed(register, enter):
    request, clerk, head = register(), enter("clerk"), enter("head")
    address = f"/disclosure/{request.number}/answer/"
    refused = clerk.post(address, {"answer": "absent", "version": request.version})
    assert refused.status_code == 409 and "检索" in refused.content.decode() and not Letter.objects.exists()
    assert clerk.post(address, {"answer": "absent", "search": "查档案室", "version": request.version}).status_code == 302
    letter = Letter.objects.get()
    picture = clerk.get(f"/disclosure/letters/{letter.pk}/page.png")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert clerk.get(f"/disclosure/letters/{letter.pk}/letter.pdf").content.startswith(b"%PDF")
    assert clerk.post(f"/disclosure/letters/{letter.pk}/send-up/").status_code == 302
    assert "盖章发出" in head.get(f"/disclosure/{request.number}/").content.decode()
    wrong = head.post(f"/disclosure/letters/{letter.pk}/issue/", {"pin": "wrong"})
    assert wrong.status_code == 409
    assert head.post(f"/disclosure/letters/{letter.pk}/issue/", {"pin": PIN}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "issued"
    assert clerk.post(f"/disclosure/letters/{letter.pk}/deliver/", {"way": "post", "on": "2026-03-02"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "closed"


@pytest.mark.parametrize("verb", ["take_up", "completion", "answer", "merge", "withdraw"])
def test_every_form_that_is_offered_opens(verb, register, enter):
    request = register()
    assert enter("clerk").get(f"/disclosure/{request.number}/?do={verb}").status_code == 200


def test_an_outsider_reads_no_letter_and_no_paper(register, enter, send):
    request = register()
    letter = send(request, "answer", answer="absent", search="查")
    outsider = enter("outsider")
    for address in (
        f"/disclosure/letters/{letter.pk}/letter.pdf",
        f"/disclosure/letters/{letter.pk}/page.png",
        f"/disclosure/{request.number}/papers/1/",
    ):
        assert outsider.get(address).status_code == 404


def test_the_guide_is_the_heads_to_change(cast, enter):
    page = enter("clerk").get("/disclosure/desk/").content.decode()
    assert "政务公开科" in page and "保存并送往门户" not in page
    assert "保存并送往门户" in enter("head").get("/disclosure/desk/").content.decode()
