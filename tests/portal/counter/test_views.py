import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhengtong.foundation.seals.keys import trusted
from zhengtong.portal.counter import forms, uploads
from zhengtong.portal.counter.models import Attempt, Further, Submission

from .conftest import PDF
from .test_actions import told

APPLY, STATUS = "/counter/apply/YL-1/", "/counter/status/"


def pdf(name="图.pdf", content=PDF + b"x"):
    return SimpleUploadedFile(name, content)


def test_the_form_is_the_items_own_and_no_cache_may_keep_it(business, resident):
    page = resident.get(APPLY)
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    for label in ("姓名", "身份证号", "经营品种", "平面图", "健康证明", "我已阅读并同意"):
        assert label in text


def test_a_wrong_form_says_so_at_the_field_and_keeps_answers_and_uploads(business, resident, filled):
    page = resident.post(APPLY, filled(a_identity="123", m_plan=pdf()))
    text = page.content.decode()
    assert page.status_code == 422 and "身份证号应为18位" in text and 'value="123"' in text and "龘靐齉爩" in text
    assert "已收到“图.pdf”" in text
    (reference,) = [value for _name, value in page.context["form"].kept_fields()]
    good = resident.post(APPLY, filled(k_plan=reference), follow=True)
    assert good.status_code == 200 and Submission.objects.count() == 1
    assert not list(uploads.folder().glob("*.sealed"))


def test_a_reference_of_our_own_making_brings_no_file(business, resident, filled):
    page = resident.post(APPLY, filled(k_plan="forged"))
    assert page.status_code == 422 and "请上传“平面图”" in page.content.decode()
    assert not Submission.objects.exists()


def test_a_refused_upload_is_told_at_its_field(business, resident, filled):
    page = resident.post(APPLY, filled(m_plan=pdf(content=b"MZ" + b"\0" * 9000)))
    assert "不是可接收的类型" in page.context["form"].errors["m_plan"][0]
    assert len(page.context["form"].errors["m_plan"]) == 1


def test_the_receipt_shows_number_code_and_picture_and_reloading_hands_nothing_in(business, handed_in, resident):
    assert handed_in.page.redirect_chain == [("/counter/receipt/", 302)]
    again = resident.get("/counter/receipt/")
    assert again.context["code"] == handed_in.code and "data:image/svg+xml" in again.content.decode()
    assert Submission.objects.count() == 1
    assert Client().get("/counter/receipt/").status_code == 410


def test_pressing_twice_is_one_submission_and_the_same_receipt(business, resident, filled):
    once = forms.fresh()
    first = resident.post(APPLY, filled(once=once, m_plan=pdf()), follow=True)
    second = resident.post(APPLY, filled(once=once, m_plan=pdf()), follow=True)
    assert first.context["code"] == second.context["code"] and Submission.objects.count() == 1


def test_a_form_open_too_long_is_renewed_and_keeps_everything(business, resident, filled):
    page = resident.post(APPLY, filled(once="old", m_plan=pdf()))
    assert page.status_code == 422 and "打开得太久" in page.content.decode()
    assert not Submission.objects.exists()
    form = page.context["form"]
    done = resident.post(APPLY, filled(once=form["once"].value(), **dict(form.kept_fields())), follow=True)
    assert done.status_code == 200 and Submission.objects.count() == 1


def test_a_post_without_the_forms_own_token_is_refused(business, filled):
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(APPLY, filled(m_plan=pdf())).status_code == 403
    assert not Submission.objects.exists() and not list(uploads.folder().glob("*"))


def test_an_unknown_item_and_a_portal_without_keys_have_pages_of_their_own(business, resident, settings):
    assert resident.get("/counter/apply/none/").status_code == 404
    (settings.KEYS / "trusted" / "business.json").unlink()
    assert trusted("business") is None
    assert resident.get(APPLY).status_code == 503


def test_number_and_code_show_where_it_stands(business, handed_in, resident):
    page = resident.post(STATUS, {"number": handed_in.number.lower(), "code": f" {handed_in.code.lower()} "})
    assert "正在送往承办机关" in page.content.decode()
    code = handed_in.code.replace("-", "")
    told(
        handed_in.number,
        code,
        state="refused",
        label="不予批准",
        words="未获批准",
        reason="场所不合格",
        remedy="60日内申请复议",
        may_rate=True,
    )
    text = resident.post(STATUS, {"number": handed_in.number, "code": handed_in.code}).content.decode()
    for said in ("不予批准", "场所不合格", "60日内申请复议", "评价这次办事"):
        assert said in text


def test_wrong_codes_are_slowed_by_source_and_the_number_stays_open_to_others(business, handed_in):
    guesser, owner = Client(REMOTE_ADDR="10.0.0.9"), Client(REMOTE_ADDR="10.0.0.7")
    for _try in range(5):
        page = guesser.post(STATUS, {"number": handed_in.number, "code": "AAAA-AAAA"})
        assert page.status_code == 422 and "编号或查询码不正确" in page.content.decode()
    waits = guesser.post(STATUS, {"number": handed_in.number, "code": handed_in.code})
    assert waits.status_code == 429 and "请60分钟后再试" in waits.content.decode()
    assert owner.post(STATUS, {"number": handed_in.number, "code": handed_in.code}).status_code == 200
    assert "10.0.0.9" not in str(list(Attempt.objects.values()))


def test_a_completion_that_was_asked_for_is_handed_in_from_the_status_page(business, handed_in, resident):
    opener = {"number": handed_in.number, "code": handed_in.code}
    told(handed_in.number, handed_in.code.replace("-", ""), state="completing", notice="缺健康证明", may_complete=True)
    assert "缺健康证明" in resident.post(STATUS, opener).content.decode()
    empty = resident.post("/counter/complete/YL-1/", opener)
    assert empty.status_code == 422 and "至少上传一份" in empty.content.decode()
    done = resident.post("/counter/complete/YL-1/", {**opener, "m_health": pdf()})
    assert done.status_code == 200 and "不需要再做什么" in done.content.decode()
    assert Further.objects.get().kind == "completion" and not list(uploads.folder().glob("*.sealed"))


def test_a_wrong_code_completes_and_rates_nothing(business, handed_in, resident):
    told(handed_in.number, handed_in.code.replace("-", ""), state="granted", may_rate=True)
    wrong = {"number": handed_in.number, "code": "AAAAAAAA", "stars": "5"}
    assert resident.post("/counter/rate/", wrong).status_code == 422
    assert resident.post("/counter/complete/YL-1/", {**wrong, "m_health": pdf()}).status_code == 422
    assert not Further.objects.exists()


def test_a_rating_is_given_from_the_status_page(business, handed_in, resident):
    opener = {"number": handed_in.number, "code": handed_in.code}
    told(handed_in.number, handed_in.code.replace("-", ""), state="granted", may_rate=True)
    assert "请选择一个评价等级" in resident.post("/counter/rate/", opener).content.decode()
    assert "谢谢" in resident.post("/counter/rate/", {**opener, "stars": "4", "words": "好"}).content.decode()


@pytest.mark.parametrize("address", ["/counter/complete/YL-1/", "/counter/rate/"])
def test_what_changes_something_is_a_post(business, resident, address):
    assert resident.get(address).status_code == 405
