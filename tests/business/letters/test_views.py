import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhengtong.business.letters import actions, rules
from zhengtong.business.letters.models import Letter

from .conftest import TEXT


def test_a_paper_letter_is_registered_with_its_scan_and_goes_its_way_on_the_pages(cast, enter):
    center, handler, checker = enter("center"), enter("handler"), enter("checker")
    assert center.post("/letters/register/", {"channel": "paper", "subject": "", "text": ""}).status_code == 422
    assert not Letter.objects.exists()
    scan = SimpleUploadedFile("信.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert center.post("/letters/register/", {"channel": "paper", "kind": "", **TEXT, "paper": scan}).status_code == 302
    letter = Letter.objects.get()
    address = f"/letters/{letter.number}/"

    def press(client, verb, **data):
        letter.refresh_from_db()
        assert client.get(f"{address}?do={verb}").status_code == 200
        answer = client.post(f"{address}{verb}/", {"version": letter.version, **data})
        assert answer.status_code == 302, answer.content.decode()

    assert "attachment" in center.get(f"{address}papers/{letter.attachments.get().pk}/")["Content-Disposition"]
    press(center, "classify", kind="help")
    assert "已按职责" in center.get(f"{address}?do=dispatch").content.decode()
    press(center, "dispatch", lead=cast.organs["YL146"].pk, assists=[cast.organs["YL160"].pk])
    press(handler, "sign_for")
    assert enter("other_handler").post(f"{address}assist/", {"opinion": "没有意见"}).status_code == 302
    press(handler, "draft", text="已清淤")
    refused = handler.post(f"{address}answer/", {})
    assert refused.status_code == 409 and "另一人" in refused.content.decode()
    press(checker, "answer")
    press(center, "call_back", result="satisfied", words="")
    assert letter.number in center.get("/letters/?tab=closed").content.decode()


def test_the_list_masks_the_writer_and_an_outsider_has_no_door(write, enter):
    letter = write()
    page = enter("center").get("/letters/").content.decode()
    assert letter.number in page and TEXT["name"] not in page
    assert enter("editor").get("/letters/").status_code == 403
    assert enter("handler").get(f"/letters/{letter.number}/").status_code == 404


@pytest.mark.parametrize("kind", ["help", "information", "petition"])
def test_every_form_that_is_offered_opens(kind, write, enter, cast, desk):
    letter = write(kind)
    client = enter("center")
    for step in rules.offered(letter.facts, {rules.CENTER}):
        assert client.get(f"/letters/{letter.number}/?do={step.verb}").status_code == 200


def test_urging_tells_whoever_has_it(write, cast, enter):
    letter = write()
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
    assert enter("center").post(f"/letters/{letter.number}/urge/", {}).status_code == 302
    from zhengtong.foundation.notices.models import Notice

    assert Notice.objects.filter(person=cast.handler, text__contains="抓紧").exists()
    assert enter("center").post(f"/letters/{letter.number}/nothing/", {}).status_code == 404
