"""The same way by the screens: forms, buttons, refusals that keep what was written."""

import pytest
from django.urls import reverse

from zhengtong.office.documents import actions
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.views import ACTS

from .conftest import BODY, PIN

pytestmark = pytest.mark.django_db


def form(**changes):
    return {
        "organ": "YL003", "kind": "notice", "title": "云岭县人民政府关于做好防火工作的通知", "text": BODY, "urgency": "urgent",
        "groups": ["各乡镇人民政府"], "publication": "proactive", **changes,
    }  # fmt: skip


def do(client, code, verb, **data):
    return client.post(reverse("documents:act", args=[code, verb]), data)


def test_story_one_by_the_screens(desk, cast, network_keys):
    drafter, reviewer, registrar = desk("drafter"), desk("reviewer"), desk("registrar")
    answer = drafter.post(reverse("documents:draft"), form())
    document = Document.objects.get()
    code = document.code
    assert answer["Location"] == reverse("documents:page", args=[code])
    assert [r.organ.code for r in document.recipients.all()] == ["YL205", "YL206"] and document.urgency == "urgent"
    head = desk("head")
    steps = (
        (drafter, "submit", {"opinion": "请审核"}),
        (desk("unit_head"), "review_unit", {"opinion": "同意"}),
        (drafter, "consult", {"organs": "云岭县教育局、云岭县财政局"}),
        (desk("education"), "answer_consultation", {"answer": "agree"}),
        (desk("finance"), "answer_consultation", {"answer": "agree"}),
        (reviewer, "return_", {"reason": "请补充值班安排"}),
        (drafter, "submit", {}),
        (reviewer, "review_office", {}),
        (desk("deputy"), "approve_deputy", {}),
        (head, "sign", {"pin": PIN, "seen": document.content_digest}),
        (reviewer, "recheck", {}),
        (registrar, "number", {"pin": PIN}),
        (registrar, "typeset", {"pin": PIN}),
        (registrar, "dispatch", {"pin": PIN}),
        (drafter, "propose_release", {}),
        (desk("discloser"), "review_release", {}),
        (desk("director"), "release", {"pin": PIN}),
    )
    for client, verb, data in steps:
        page = client.get(reverse("documents:page", args=[code]))
        assert f'action="{reverse("documents:act", args=[code, verb])}"' in page.content.decode(), f"{verb} has its button"
        answer = do(client, code, verb, **data)
        assert answer.status_code == 302, (verb, answer.content.decode()[:2000])
    document.refresh_from_db()
    assert document.state == "issued" and document.number.startswith("云政发〔")
    assert document.releases.get().state == "released"
    pdf = drafter.get(reverse("documents:pdf", args=[code]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert head.get(reverse("documents:picture", args=[code, 1])).content.startswith(b"\x89PNG")


def test_the_sealed_page_is_offered_to_those_who_may_see_the_document_once_it_is_printed(desk, walk):
    document = walk("printing")
    page, address = (reverse(f"documents:{name}", args=[document.code]) for name in ("page", "ofd"))
    assert desk("drafter").get(address).status_code == 404
    assert address not in desk("drafter").get(page).content.decode()
    do(desk("registrar"), document.code, "typeset", pin=PIN)
    assert f'href="{address}"' in desk("drafter").get(page).content.decode()
    answer = desk("drafter").get(address)
    assert answer["Content-Type"] == "application/ofd" and "attachment" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert desk("outsider").get(address).status_code == 404


def test_home_shows_what_waits_for_me_and_nothing_else(desk, walk):
    document = walk("signing")
    assert document.title in desk("head").get("/").content.decode()
    for part in ("deputy", "registrar", "outsider", "shiqiao"):
        assert document.title not in desk(part).get("/").content.decode().split("我最近办过的")[0], part


def test_a_document_that_does_not_concern_me_does_not_exist(desk, walk):
    document = walk("signing")
    for name in ("page", "traces", "pdf", "edit"):
        assert desk("outsider").get(reverse(f"documents:{name}", args=[document.code])).status_code == 404
    assert do(desk("outsider"), document.code, "sign", pin=PIN).status_code == 404


def test_errors_stand_at_their_fields_and_the_input_is_kept(desk):
    answer = desk("drafter").post(reverse("documents:draft"), form(title="关于防火", publication="withheld", recipients="云岭县养蜂局"))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Document.objects.exists()
    assert "机构名录中没有“云岭县养蜂局”" in page and "关于防火" in page and "逐户登记" in page


def test_every_rule_that_objects_is_shown_at_once(desk):
    page = desk("drafter").post(reverse("documents:draft"), form(title="关于防火", publication="withheld")).content.decode()
    assert "标题应以文种“通知”结尾" in page and "不予公开须说明理由" in page


def test_a_stale_form_keeps_what_was_written(desk, cast, walk):
    document = walk("unit")
    address = reverse("documents:edit", args=[document.code])
    opened = desk("unit_head").get(address).context["form"].initial
    from dataclasses import replace

    actions.save(document.code, cast.unit_head, replace(actions.content_of(document), text=BODY + "\n先保存的"), version=1)
    answer = desk("unit_head").post(address, {**opened, "text": "我写的新段落", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已保存了新的一版" in page and "我写的新段落" in page
    document.refresh_from_db()
    assert "先保存的" in document.text and "我写的" not in document.text


def test_acting_after_somebody_else_is_told_so(desk, walk):
    document = walk("office")
    reviewer = desk("reviewer")
    assert do(reviewer, document.code, "review_office").status_code == 302
    again = do(reviewer, document.code, "review_office", opinion="我的意见")
    page = again.content.decode()
    assert again.status_code == 422 and "别人先办了这一步" in page and "不能审核通过" in page and "我的意见" in page


def test_a_return_without_reason_comes_back_with_its_error(desk, walk):
    document = walk("office")
    answer = do(desk("reviewer"), document.code, "return_", reason="")
    assert answer.status_code == 422 and "data-zt-open" in answer.content.decode()
    document.refresh_from_db()
    assert document.state == "office"


def test_a_wrong_pin_is_told_in_the_dialog_and_counted(desk, cast, walk):
    document = walk("signing")
    answer = do(desk("head"), document.code, "sign", pin="nonsense-1", opinion="同意印发")
    page = answer.content.decode()
    assert answer.status_code == 422 and "密钥口令不正确" in page and "同意印发" in page
    assert cast.head.account.keys.get().failures == 1
    document.refresh_from_db()
    assert document.state == "signing" and document.signature is None


def test_editing_a_signed_document_warns_and_sends_it_back(desk, walk):
    document = walk("numbering")
    registrar = desk("registrar")
    address = reverse("documents:edit", args=[document.code])
    page = registrar.get(address)
    assert "签发失效" in page.content.decode()
    answer = registrar.post(address, {**page.context["form"].initial, "text": BODY.replace("逐户登记", "逐户逐人登记")}, follow=True)
    assert "已送回签发人" in answer.content.decode()
    document.refresh_from_db()
    assert document.state == "signing"


def test_the_preview_shows_the_page_without_storing_anything(desk):
    answer = desk("drafter").post(reverse("documents:preview"), form())
    assert answer.status_code == 200 and "data:image/png;base64," in answer.content.decode()
    assert not Document.objects.exists()


def test_the_marked_up_draft_names_the_hand(desk, cast, walk):
    document = walk("unit")
    from dataclasses import replace

    actions.save(document.code, cast.unit_head, replace(actions.content_of(document), text=BODY.replace("专人", "干部")), version=1)
    page = desk("drafter").get(reverse("documents:traces", args=[document.code])).content.decode()
    assert "<del>专人</del><ins>干部</ins>" in page and "unit_head" in page


def test_acts_change_nothing_by_get_and_unknown_verbs_do_not_exist(desk, walk):
    document = walk("unit")
    client = desk("unit_head")
    assert client.get(reverse("documents:act", args=[document.code, "review_unit"])).status_code == 405
    assert do(client, document.code, "burn").status_code == 404


def test_every_verb_of_the_table_has_its_act_and_its_action():
    from zhengtong.office.documents.rules import steps

    for verb in {s.verb for s in steps.STEPS} - {"save"}:
        assert verb in ACTS and callable(getattr(actions, verb))


def test_the_register_finds_by_word_and_keeps_to_mine(desk, walk):
    document = walk("issued")
    found = desk("drafter").get(reverse("documents:register"), {"words": "防火 云政发", "state": "issued"}).content.decode()
    assert document.title in found
    assert document.title not in desk("drafter").get(reverse("documents:register"), {"words": "饮水"}).content.decode()
    assert document.title not in desk("outsider").get(reverse("documents:register")).content.decode()
