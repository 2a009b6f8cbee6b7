"""A letter goes the way of an application: sealed before it touches the disk, followed by number and code."""

import base64
import json

import pytest

from zhengtong.ferry import inside, outbox
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import seals
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.envelope import unsealed
from zhengtong.portal.counter import actions, forms, queries, rules
from zhengtong.portal.counter.models import Desk

from .test_information import DESK

GUIDE = {
    "code": "xj-YL", "name": "给政府写信", "organ": "受理中心", "phone": "12345", "lead": "来信到达时即加密", "next": ["先登记分类"],
    "promised_days": 5, "materials": [], "completion": [],
    "fields": [{"key": "subject", "label": "标题"}, {"key": "text", "label": "内容", "kind": "long", "limit": 2000}],
}  # fmt: skip
WRITTEN = "三组灌溉水渠淤堵"


@pytest.fixture
def mailbox(business):
    actions.take_mailbox({"guide": GUIDE}, {}, None)


def test_the_mailbox_opens_once_its_form_is_there(business, resident):
    assert resident.get("/counter/mailbox/").status_code == 404
    actions.take_mailbox({"guide": GUIDE}, {}, None)
    assert resident.get("/counter/mailbox/").url == "/counter/apply/xj-YL/"
    with pytest.raises(Refused):
        actions.take_mailbox({"guide": GUIDE | {"code": "xxgk-YL"}}, {}, None)
    assert list(Desk.objects.values_list("code", flat=True)) == ["xj-YL"]


def test_the_mailbox_is_no_desk_for_information_and_outlives_their_list(mailbox, resident):
    actions.take_desks({"desks": [DESK]}, {}, None)
    assert queries.mailbox() == "xj-YL" and [desk["code"] for desk in queries.desks()] == ["xxgk-YL130"]


def test_a_letter_leaves_sealed_and_its_answer_is_read_with_the_code(mailbox, business, resident):
    assert "来信到达时即加密" in resident.get("/counter/apply/xj-YL/").content.decode()
    data = {"a_subject": "水渠", "a_text": WRITTEN, "consent": "on", "once": forms.fresh()}
    answer = resident.post("/counter/apply/xj-YL/", data, follow=True)
    assert answer.status_code == 200 and "先登记分类" in answer.content.decode()
    number, code = answer.context["found"].number, answer.context["code"]
    row = Outgoing.objects.get()
    assert (row.contract, row.payload) == ("letter", {"item": "xj-YL", "receipt": number})
    files = {name: outbox.place(sm3).read_bytes() for name, sm3 in row.files}
    assert json.loads(unsealed(business.decryption, files[inside.NAME]))["answers"]["text"] == WRITTEN
    assert all(WRITTEN.encode() not in content for content in files.values())
    key = queries.status_key(number, rules.plain_code(code))
    told = {"kind": "letter", "state": "answered", "label": "已答复", "words": "见下", "item": "水渠", "answer": "已清淤，请查看。"}
    sealed = base64.b64encode(seals.encrypt_with(key, json.dumps(told).encode())).decode()
    actions.tell({"receipt": number, "status": sealed}, {}, None)
    page = resident.post("/counter/status/", {"number": number, "code": code}).content.decode()
    assert "已清淤" in page and "转给负责单位" in page and "部门办理" not in page


def test_the_form_leads_back_to_where_it_is_explained(mailbox, resident):
    actions.take_desks({"desks": [DESK]}, {}, None)
    assert 'href="/counter/information/"' in resident.get("/counter/apply/xxgk-YL130/").content.decode()
    for form in ("xj-YL", "xxgk-YL130"):
        assert f"/services/{form}/" not in resident.get(f"/counter/apply/{form}/").content.decode()
