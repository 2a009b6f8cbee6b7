"""The pages of an incoming paper, for each who has it in hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhengtong.foundation.files.queries import read
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.incoming import actions, queries
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules.elements import Elements

pytestmark = pytest.mark.django_db


def test_a_receiver_registers_a_scanned_paper_and_finds_it(office, enter, pdf):
    client = enter(office.receiver)
    form = {
        "organ": "YL003", "sender": "云州市人民政府", "their_number": "云州政发〔2026〕12号", "title": "云州市人民政府关于防汛的通知",
        "urgency": "urgent", "copies": "1", "pages": "2", "files": SimpleUploadedFile("来文.pdf", read(pdf), "application/pdf"),
    }  # fmt: skip
    assert client.post("/incoming/enter/", {**form, "title": ""}).status_code == 422
    assert not Incoming.objects.exists()
    form["files"] = [SimpleUploadedFile("来文.pdf", read(pdf)), SimpleUploadedFile("附件.pdf", read(pdf))]
    page = client.post("/incoming/enter/", form, follow=True).content.decode()
    made = Incoming.objects.get()
    assert (made.kind, made.organ.code, made.sheets.count()) == ("notice", "YL003", 2)
    assert "已登记" in page and f"/incoming/{made.code}/files/1/1.png" in page and "初审" in page
    assert client.get(f"/incoming/{made.code}/files/0/1.png").content.startswith(b"\x89PNG")
    assert client.get(f"/incoming/{made.code}/files/0/9.png").status_code == 404
    assert b"".join(client.get(f"/incoming/{made.code}/files/0/").streaming_content).startswith(b"%PDF")
    assert "防汛" in client.get("/incoming/?words=防汛").content.decode()
    assert "没有符合条件的收文" in client.get("/incoming/?state=closed").content.decode()
    assert "防汛" in client.get("/").content.decode()  # the to-do list


def test_a_copy_is_signed_for_and_registered_in_one_form(office, copy, enter):
    receipt, client = copy(), enter(office.receiver)
    assert "待签收登记" in client.get("/incoming/").content.decode()
    assert "云委发〔2026〕9号" in client.get(f"/incoming/copies/{receipt.pk}/").content.decode()
    assert client.post(f"/incoming/copies/{receipt.pk}/", {"pages": "0", "copies": "1"}).status_code == 422
    page = client.post(f"/incoming/copies/{receipt.pk}/", {"pages": "1", "copies": "1"}, follow=True)
    assert page.status_code == 200 and Incoming.objects.get().copy == receipt.pk
    assert client.get(f"/incoming/copies/{receipt.pk}/").status_code == 302
    assert enter(office.shiqiao).get(f"/incoming/copies/{receipt.pk}/").status_code == 404


def test_the_whole_way_is_walked_by_forms(office, paper, enter):
    code = paper().code
    receiver, secretary, head = enter(office.receiver), enter(office.secretary), enter(office.head)

    def act(client, verb, **given):
        return client.post(f"/incoming/{code}/act/{verb}/", given, follow=True)

    assert act(receiver, "check", nature="action").status_code == 200
    assert act(secretary, "propose", text="请县长批示", leader=office.head.code, lead="没有的局").status_code == 422
    act(secretary, "propose", text="请县长批示", leader=office.head.code, lead="云岭县教育局", assisting="云岭县财政局")
    shown = head.get(f"/incoming/{code}/").content.decode()
    assert "批示" in shown and 'value="云岭县教育局"' in shown
    assert act(head, "instruct", text="", lead="云岭县教育局").status_code == 422
    act(head, "instruct", text="同意", lead="云岭县教育局", assisting="云岭县财政局")
    assert slips.todo(office.education).count() == slips.todo(office.finance).count() == 1
    assert "办理完毕" in enter(office.finance).get(f"/incoming/{code}/").content.decode()
    actions.finish(code, office.finance, "已落实")
    act(enter(office.education), "finish", result="已报送")
    assert "已报送" in secretary.get(f"/incoming/{code}/").content.decode()
    act(secretary, "circulate", others="drafter")
    act(secretary, "reply", answer="云政函〔2026〕1号")
    act(secretary, "close", outcome="已报送")
    assert Incoming.objects.get(code=code).state == "closed"
    assert act(secretary, "close", outcome="再办").status_code == 422
    assert "不能办结" in act(secretary, "close", outcome="再办").content.decode()
    assert act(secretary, "unknown").status_code == 404


def test_what_a_secretary_enters_for_a_leader_is_marked_on_the_page(office, proposed, enter):
    code = proposed().code
    client = enter(office.secretary)
    assert "代录批示" in client.get(f"/incoming/{code}/").content.decode()
    given = {"text": "同意。", "written_on": Incoming.objects.get().received_at.astimezone().date().isoformat(), "lead": "云岭县教育局"}
    given["picture"] = SimpleUploadedFile("手迹.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    page = client.post(f"/incoming/{code}/act/transcribe/", given, follow=True).content.decode()
    assert "据手迹由secretary代录" in page and "领导手迹" in page


def test_no_stranger_opens_a_paper_or_its_files(office, paper, enter, pdf):
    code = paper(uploads=[(read(pdf), "来文.pdf")]).code
    for person in (office.court, office.party, office.shiqiao, office.education):
        client = enter(person)
        for address in (f"/incoming/{code}/", f"/incoming/{code}/files/0/", f"/incoming/{code}/files/0/1.png"):
            assert client.get(address).status_code == 404
        assert client.post(f"/incoming/{code}/act/close/", {"outcome": "x"}).status_code == 404


def test_the_buttons_are_those_of_the_table(office, proposed):
    code = proposed().code
    paper = queries.for_person(office.head, code)
    assert queries.verbs(office.head, paper) == ["instruct", "return_"]
    assert queries.verbs(office.secretary, paper) == ["transcribe", "urge", "circulate", "withdraw"]
    assert queries.verbs(office.receiver, paper) == ["transcribe", "urge", "circulate"]


def test_a_paper_of_the_form_names_what_looks_wrong(office, paper, enter):
    code = paper(their_number="云州政发[2026]12号", kind="").code
    shown = enter(office.receiver).get(f"/incoming/{code}/").content.decode()
    assert "初审提示" in shown and "不合规定格式" in shown
    assert Elements("a", "b").copies == 1
