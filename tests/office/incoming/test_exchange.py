"""The adapter between the folder and the register: taken once, answered once, broken ones put aside."""

from datetime import date

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Organ
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.incoming import actions, parcel, queries
from zhengtong.office.incoming.actions.exchanging import folder
from zhengtong.office.incoming.models import Incoming, Parcel
from zhengtong.office.incoming.parcel import Kind, Message

pytestmark = pytest.mark.django_db
DOCUMENT = {
    "number": "云州政发〔2026〕12号",
    "title": "云州市人民政府关于防汛的通知",
    "kind": "通知",
    "dated": "2026-01-05",
    "urgency": "加急",
}


@pytest.fixture
def city(office):
    return Organ.objects.create(code="YZ003", name="云州市人民政府", kind="superior", level="city")


@pytest.fixture
def lay_in(city, pdf):
    """A package of the city in the folder."""

    def give(name="a.zip", code="YZ-2026-000123", kind=Kind.DOCUMENT, files=None, **change):
        given = {"document": DOCUMENT, "files": (("正文.pdf", read(pdf)),) if files is None else files} if kind is Kind.DOCUMENT else {}
        values = {"sender": "YZ003", "sender_name": "云州市人民政府", "receiver": "YL003", "receiver_name": "云岭县人民政府"}
        message = Message(code, kind, clock.now(), **{**values, **given, **change})
        (folder("in") / name).write_bytes(parcel.write(message))

    return give


def names(where):
    return sorted(p.name for p in folder(where).iterdir())


def out():
    return {p.name: parcel.read(p.read_bytes()) for p in folder("out").iterdir()}


def test_a_package_becomes_a_paper_to_sign_for_and_its_receipt_goes_back(office, lay_in):
    lay_in()
    assert actions.exchange() == (1, 0, 0)
    paper = Incoming.objects.get()
    assert (paper.state, paper.organ.code, paper.urgency, paper.dated, paper.kind) == (
        "arrived",
        "YL003",
        "urgent",
        date(2026, 1, 5),
        "notice",
    )
    assert names("in") == [] and names("done") == ["a.zip"] and paper.sheets.get().name == "正文.pdf"
    assert Notice.objects.filter(person=office.receiver).count() == 1
    assert [p.code for p in queries.arrived(office.receiver)] == [paper.code]
    actions.sign_for(paper.code, office.receiver, pages=2)
    assert actions.exchange() == (0, 0, 1) and actions.exchange() == (0, 0, 0)
    receipt = out()[f"{paper.code}-receipt.zip"]
    assert (receipt.kind, receipt.about, receipt.who, receipt.receiver) == (Kind.RECEIPT, "YZ-2026-000123", "receiver", "YZ003")
    assert Entry.objects.filter(verb="incoming.arrive", actor_kind="system").count() == 1


def test_what_comes_twice_is_taken_once(office, lay_in):
    lay_in()
    actions.exchange()
    lay_in("b.zip")
    assert actions.exchange() == (1, 0, 0)
    assert Incoming.objects.count() == Parcel.objects.count() == 1


@pytest.mark.parametrize(("change", "why"), [
    ({"receiver": "YL999"}, "没有机构代码"), ({"sender": "YL005"}, "不是市级机关"), ({"receiver": "YZ003"}, "不是市级机关"),
    ({"document": {**DOCUMENT, "secrecy": "机密"}}, "不处理涉密文件"), ({"document": {**DOCUMENT, "urgency": "很急"}}, "紧急程度"),
    ({"document": {**DOCUMENT, "dated": "昨天"}}, "成文日期"), ({"document": {**DOCUMENT, "dated": "2099-01-01"}}, "成文日期"),
    ({"files": (("正文.pdf", b"MZ\x90\x00"),)}, "不是可接收的类型"),
])  # fmt: skip
def test_what_cannot_be_taken_is_put_aside_with_its_reason(lay_in, change, why):
    lay_in("bad.zip", **change)
    assert actions.exchange() == (0, 1, 0)
    assert names("refused") == ["bad.zip", "bad.zip.txt"] and not Incoming.objects.exists()
    assert why in (folder("refused") / "bad.zip.txt").read_text(encoding="utf-8")
    assert why in Parcel.objects.get().refused
    assert actions.exchange() == (0, 0, 0)


def test_a_torn_package_does_not_hold_up_the_next(lay_in):
    (folder("in") / "0.zip").write_bytes(b"PK\x03\x04torn")
    lay_in()
    assert actions.exchange() == (1, 1, 0)


def test_a_returned_and_a_closed_paper_are_told_to_the_city(office, lay_in):
    lay_in()
    lay_in("b.zip", "YZ-2026-000124", document={**DOCUMENT, "number": "云州政发〔2026〕13号"})
    actions.exchange()
    one, two = Incoming.objects.order_by("pk")
    for paper in (one, two):
        actions.sign_for(paper.code, office.receiver)
    actions.send_back(one.code, office.receiver, "not_ours", "应送县委")
    actions.check(two.code, office.receiver, "reading")
    actions.propose(two.code, office.secretary, "请阅", readers=[office.head.code])
    actions.close(two.code, office.secretary, "已传阅")
    actions.exchange()
    sent = out()
    assert set(sent) == {f"{one.code}-receipt.zip", f"{one.code}-return.zip", f"{two.code}-receipt.zip", f"{two.code}-status.zip"}
    assert sent[f"{one.code}-return.zip"].text == "应送县委" and sent[f"{two.code}-status.zip"].text == "已传阅"


@pytest.fixture
def sent_up(office, city, pdf):
    """A document of the county to the city, dispatched."""
    return dispatches.dispatch(
        "D2026-000077", number="云政发〔2026〕7号", title="云岭县人民政府关于拨款的请示", sender="YL003", pdf=pdf, recipients=["YZ003"],
        by=office.dispatcher,
    ).receipts.get()  # fmt: skip


def test_a_document_to_the_city_goes_out_once_and_its_receipt_signs_for_it(sent_up, lay_in, pdf):
    assert actions.send_out() == 1 and actions.send_out() == 0
    (message,) = out().values()
    assert (message.kind, message.receiver, message.document["kind"], message.files[0][1]) == (Kind.DOCUMENT, "YZ003", "请示", read(pdf))
    lay_in("r.zip", "YZ-R-0001", Kind.RECEIPT, about=message.code, who="市府办 王某")
    assert actions.exchange() == (1, 0, 0)
    sent_up.refresh_from_db()
    assert (sent_up.state, sent_up.outside, sent_up.signed_by) == ("signed", "市府办 王某", None)


def test_what_the_city_returns_is_sent_again_as_a_new_package(office, sent_up, lay_in):
    actions.send_out()
    (message,) = out().values()
    lay_in("r.zip", "YZ-R-0002", Kind.RETURN, about=message.code, who="市府办", text="缺少附件")
    actions.exchange()
    sent_up.refresh_from_db()
    assert (sent_up.state, sent_up.reason) == ("returned", "缺少附件") and actions.send_out() == 0
    dispatches.send_again(sent_up.pk, office.dispatcher)
    assert actions.send_out() == 1 and len(out()) == 2


def test_an_answer_on_what_we_never_sent_is_put_aside(sent_up, lay_in):
    lay_in("r.zip", "YZ-R-0003", Kind.RECEIPT, about="D2026-000099-YZ003-1", who="某")
    assert actions.exchange() == (0, 1, 1)
    sent_up.refresh_from_db()
    assert sent_up.state == "waiting"


def test_the_classified_network_has_no_such_folder(settings, lay_in):
    lay_in()
    settings.CLASSIFIED = True
    assert actions.exchange() == (0, 0, 0) and names("in") == ["a.zip"]


def test_the_page_lists_what_came_went_and_was_refused(office, lay_in, enter):
    lay_in()
    lay_in("bad.zip", "YZ-2026-000125", receiver="YL999")
    actions.exchange()
    page = enter(office.receiver).get("/incoming/exchange/").content.decode()
    assert "YZ-2026-000123" in page and "没有机构代码" in page
    code = Incoming.objects.get().code
    shown = enter(office.secretary).get(f"/incoming/{code}/").content.decode()
    assert "签收登记" in shown
