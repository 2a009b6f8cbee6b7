"""A request for information goes the way of an application: sealed before it touches the disk, followed by number and code."""

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhengtong.ferry import inside, outbox
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import seals
from zhengtong.foundation.seals.envelope import unsealed
from zhengtong.portal.counter import actions, forms, queries, rules
from zhengtong.portal.counter.models import Desk, Submission

from .conftest import PDF

DESK = {
    "code": "xxgk-YL130", "name": "向县政府办申请公开政府信息", "organ": "县政府办", "unit": "政务公开科",
    "place": "云湖大道131号", "hours": "工作日",
    "phone": "0000-1", "fax": "", "email": "", "classes": "按机构职能分类", "promised_days": 20,
    "fields": [{"key": "name", "label": "姓名或单位名称"}, {"key": "description", "label": "要哪些信息", "kind": "long", "limit": 2000}],
    "materials": [{"key": "proof", "label": "身份证明"}],
    "completion": [{"key": "supplement", "label": "补正内容", "kind": "long", "limit": 2000}],
}  # fmt: skip
WANTED = "农村公路养护资金分配方案"


@pytest.fixture
def desk(business):
    actions.take_desks({"desks": [DESK]}, {}, None)


@pytest.fixture
def handed_in(desk, resident):
    data = {"a_name": "龘靐齉爩", "a_description": WANTED, "consent": "on", "once": forms.fresh()}
    answer = resident.post("/counter/apply/xxgk-YL130/", data | {"m_proof": SimpleUploadedFile("证.pdf", PDF + b"x" * 99)}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.context["found"].number, answer.context["code"]


def tell(number, code, **status):
    key = queries.status_key(number, rules.plain_code(code))
    plain = json.dumps({"kind": "information", "state": "received", "label": "待核对", "words": "在核对", **status}).encode()
    actions.tell({"receipt": number, "status": base64.b64encode(seals.encrypt_with(key, plain)).decode()}, {}, None)


def test_the_newest_list_of_desks_is_the_whole_list(desk, resident):
    page = resident.get("/counter/information/").content.decode()
    assert "政务公开科" in page and "/counter/apply/xxgk-YL130/" in page
    actions.take_desks({"desks": [DESK | {"code": "xxgk-YL139", "organ": "县财政局"}]}, {}, None)
    assert list(Desk.objects.values_list("code", flat=True)) == ["xxgk-YL139"]
    assert resident.get("/counter/apply/xxgk-YL130/").status_code == 404


def test_what_leaves_is_sealed_under_its_own_contract(business, handed_in):
    number, _code = handed_in
    row = Outgoing.objects.get()
    assert (row.contract, row.payload) == ("information_request", {"item": "xxgk-YL130", "receipt": number})
    files = {name: outbox.place(sm3).read_bytes() for name, sm3 in row.files}
    assert json.loads(unsealed(business.decryption, files[inside.NAME]))["answers"]["description"] == WANTED
    assert all(WANTED.encode() not in content for content in files.values())


def test_the_status_shows_the_way_of_a_request_and_gives_out_the_letters(handed_in, resident):
    number, code = handed_in
    opened = {"number": number, "code": code}
    assert "已加密封存" in resident.post("/counter/status/", opened).content.decode()
    letter = base64.b64encode(b"%PDF-letter").decode()
    tell(number, code, state="closed", label="已办结：予以公开", item="申请", papers=[{"name": "答复书.pdf", "data": letter}])
    page = resident.post("/counter/status/", opened).content.decode()
    assert "查找审查" in page and "答复书.pdf" in page and "部门办理" not in page
    given = resident.post("/counter/letter/0/", opened)
    assert given.content == b"%PDF-letter" and "attachment" in given["Content-Disposition"]
    assert resident.post("/counter/letter/1/", opened).status_code == 404
    assert resident.post("/counter/letter/0/", {"number": number, "code": "22222222"}).status_code == 422
    assert letter not in Submission.objects.get().status


def test_a_completion_is_words(handed_in, resident):
    number, code = handed_in
    tell(number, code, state="completing", label="待补正", item="申请", notice="请写明文号", may_complete=True)
    empty = resident.post("/counter/complete/xxgk-YL130/", {"number": number, "code": code, "a_supplement": ""})
    assert empty.status_code == 422 and Outgoing.objects.count() == 1
    done = resident.post("/counter/complete/xxgk-YL130/", {"number": number, "code": code, "a_supplement": "云政发〔2025〕3号"})
    assert done.status_code == 200 and Outgoing.objects.filter(contract="information_request").count() == 2
