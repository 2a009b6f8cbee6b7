import base64
import json

import pytest

from zhengtong.ferry import inside, outbox
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.forms.rules import Material
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.envelope import unsealed
from zhengtong.portal.counter import actions, queries, rules, uploads
from zhengtong.portal.counter.models import Attempt, Further, Submission

from .conftest import IDENTITY, ITEM, NAME, PDF

ANSWERS = {"name": NAME, "identity": IDENTITY, "phone": "13800000001", "business": "热食"}


def papers(*keys):
    return [uploads.seal([PDF, b"x"], "a.pdf", Material(key, key)).keep() for key in keys]


def told(number, code, **status):
    """The status as the business network sends it."""
    key = queries.status_key(number, code)
    sealed = seals.encrypt_with(key, json.dumps({"state": "received", "label": "已收件", "words": "在办", **status}).encode())
    actions.tell({"receipt": number, "status": base64.b64encode(sealed).decode()}, {}, None)


@pytest.fixture
def receipt(business):
    return actions.submit(ITEM, ANSWERS, papers("plan"), True, "t" * 32)


def test_what_leaves_is_the_whole_application_sealed_to_the_business_network(business, receipt):
    row = Outgoing.objects.get()
    assert (row.contract, row.payload) == ("application", {"item": "YL-1", "receipt": receipt.number})
    files = {name: outbox.place(sm3).read_bytes() for name, sm3 in row.files}
    hidden = json.loads(unsealed(business.decryption, files[inside.NAME]))
    assert hidden["answers"] == ANSWERS | {"note": ""} and hidden["attachments"] == {"plan": "a.pdf"}
    assert hidden["status_key"] == queries.status_key(receipt.number, receipt.code).hex()
    assert unsealed(business.decryption, files["plan"]) == PDF + b"x"
    entry = Entry.objects.get(verb="counter.submit")
    assert entry.actor_code == receipt.number and NAME not in str(entry.detail)


def test_the_same_form_twice_is_one_application_with_one_receipt(business, receipt):
    again = actions.submit(ITEM, ANSWERS, papers("plan"), True, "t" * 32)
    assert again == receipt
    assert Submission.objects.count() == Outgoing.objects.count() == 1
    assert not list(uploads.folder().glob("*.sealed"))


@pytest.mark.parametrize(
    ("answers", "keys", "consent", "says"),
    [
        (ANSWERS | {"identity": "530899196801155238"}, ("plan",), True, "末位校验"),
        (ANSWERS, (), True, "请上传“平面图”"),
        (ANSWERS, ("plan",), False, "同意"),
    ],
)
def test_what_is_not_in_order_is_refused_and_nothing_changes(business, answers, keys, consent, says):
    with pytest.raises(Refused, match=says):
        actions.submit(ITEM, answers, papers(*keys), consent, "t" * 32)
    assert not Submission.objects.exists() and not Outgoing.objects.exists() and not Entry.objects.exists()


def test_a_refused_application_leaves_no_gap_in_the_numbers(business, receipt):
    with pytest.raises(Refused):
        actions.submit(ITEM, ANSWERS, [], True, "u" * 32)
    assert actions.submit(ITEM, ANSWERS, papers("plan"), True, "v" * 32).number.endswith("-000002")


def test_the_status_opens_with_the_code_and_nothing_else(business, receipt):
    told(receipt.number, receipt.code, words="正在核对材料")
    found = queries.submission(receipt.number, receipt.code)
    assert queries.status(found, receipt.code)["words"] == "正在核对材料"
    assert queries.submission(receipt.number, "AAAAAAAA") is None and queries.submission("YL-0", receipt.code) is None
    with pytest.raises(seals.Broken):
        queries.status(found, "AAAAAAAA")
    assert "正在" not in base64.b64decode(found.status).decode(errors="replace")


def test_before_the_first_answer_the_application_is_on_its_way_and_a_refused_package_is_told(business, receipt):
    found = queries.submission(receipt.number, receipt.code)
    assert queries.status(found, receipt.code) | {"refused": ""} == {
        "state": "sent", "refused": "", "item": "小餐饮经营许可", "organ": "县行政审批局", "phone": "", "kind": "application",
    }  # fmt: skip
    Outgoing.objects.update(state="refused", reason="材料打不开", seq=1)
    assert queries.status(found, receipt.code)["refused"] == "材料打不开"


def test_a_status_for_an_unknown_number_is_refused(business):
    with pytest.raises(Refused, match="没有这个回执号"):
        actions.tell({"receipt": "YL-1", "status": "x"}, {}, None)
    assert not Entry.objects.exists()


def test_a_completion_is_taken_once_and_only_when_it_was_asked_for(business, receipt):
    told(receipt.number, receipt.code)
    with pytest.raises(Refused, match="不需要补正"):
        actions.complete(receipt.number, receipt.code, papers("health"))
    told(receipt.number, receipt.code, state="completing", may_complete=True)
    with pytest.raises(Refused, match="至少上传一份"):
        actions.complete(receipt.number, receipt.code, [])
    assert not Further.objects.exists()
    actions.complete(receipt.number, receipt.code, papers("health"))
    with pytest.raises(Refused, match="已经提交过"):
        actions.complete(receipt.number, receipt.code, papers("health"))
    row = Outgoing.objects.get(key=f"{receipt.number}/completion")
    hidden = json.loads(unsealed(business.decryption, outbox.place(dict(row.files)[inside.NAME]).read_bytes()))
    assert hidden["completes"] and hidden["status_key"] == queries.status_key(receipt.number, receipt.code).hex()


def test_a_rating_is_given_once_after_the_end(business, receipt):
    told(receipt.number, receipt.code)
    with pytest.raises(Refused, match="办结后"):
        actions.rate(receipt.number, receipt.code, 5, "")
    told(receipt.number, receipt.code, state="granted", may_rate=True)
    with pytest.raises(Refused, match="请选择"):
        actions.rate(receipt.number, receipt.code, 6, "")
    actions.rate(receipt.number, receipt.code, 5, "很好")
    with pytest.raises(Refused, match="已经评价"):
        actions.rate(receipt.number, receipt.code, 1, "")
    assert Further.objects.get().kind == rules.Kind.RATING
    assert "stars" not in Outgoing.objects.get(contract="rating").payload


def test_old_attempts_and_forgotten_uploads_are_removed(business, settings):
    actions.note_wrong_code("s")
    assert actions.forget() == 0
    import os
    from datetime import timedelta

    from zhengtong.foundation import clock

    Attempt.objects.update(at=clock.real_now() - timedelta(days=2))
    (old,) = papers("plan")
    os.utime(old.path, (0, 0))
    assert actions.forget() == 2
    assert not Attempt.objects.exists() and not old.path.exists()
