"""The writing desk: nothing typed is lost, nobody writes over another without knowing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document, Phrase, Sitting

from .conftest import BODY
from .test_views import form

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_offered_and_gone_once_saved(desk, cast):
    drafter = desk("drafter")
    kept = drafter.post(reverse("documents:keep_new"), form(title="半截题目", text="半截正文")).json()
    assert kept["others"] == []
    assert "还留着" in drafter.get(reverse("documents:draft")).content.decode()
    page = drafter.get(reverse("documents:draft"), {"kept": "1"})
    assert page.context["form"]["title"].value() == "半截题目" and page.context["form"]["groups"].value() == ["各乡镇人民政府"]
    assert not Document.objects.exists()
    drafter.post(reverse("documents:draft"), form())
    assert not Sitting.objects.exists() and Document.objects.get().text == BODY


def test_it_can_be_thrown_away_by_its_own_writer_only(desk, cast):
    desk("drafter").post(reverse("documents:keep_new"), form())
    desk("outsider").post(reverse("documents:throw_away_new"))
    assert Sitting.objects.filter(person=cast.drafter).exists()
    assert desk("outsider").get(reverse("documents:draft"), {"kept": "1"}).context["form"]["title"].value() is None
    desk("drafter").post(reverse("documents:throw_away_new"))
    assert not Sitting.objects.exists()


def test_two_at_one_draft_are_told_and_who_left_is_not_named(desk, cast, walk):
    document = walk("unit")
    desk("unit_head").get(reverse("documents:edit", args=[document.code]))
    assert [s.person for s in queries.others(cast.drafter, document)] == [cast.unit_head]
    assert queries.others(cast.unit_head, document) == []
    Sitting.objects.update(seen_at=clock.now() - timedelta(minutes=5))
    assert queries.others(cast.drafter, document) == []


def test_nobody_keeps_typing_into_what_is_not_his_to_mend(desk, walk):
    document = walk("unit")
    for part in ("outsider", "head", "drafter"):
        assert desk(part).post(reverse("documents:keep", args=[document.code]), form()).status_code == 404
    assert not Sitting.objects.exists()


def test_told_of_the_newer_version_one_may_save_over_it(desk, cast, walk):
    document = walk("unit")
    address = reverse("documents:edit", args=[document.code])
    client = desk("unit_head")
    given = {**client.get(address).context["form"].initial, "text": "我写的"}
    actions.save(document.code, cast.unit_head, replace(actions.content_of(document), text="别人写的"), version=1)
    again = client.post(address, given)
    assert again.status_code == 422 and "我写的" in again.content.decode()
    assert Document.objects.get().text == "别人写的"
    client.post(address, {**given, "version": again.context["form"].data["version"]})
    assert Document.objects.get().text == "我写的"
    assert [r.text for r in Document.objects.get().revisions.all()] == [BODY, "别人写的", "我写的"]


def test_similar_earlier_documents_show_their_recipients_and_a_likely_double(desk, walk):
    walk("issued")
    asked = form(title="云岭县人民政府关于做好今冬明春防火工作的通知")
    page = desk("drafter").post(reverse("documents:similar"), asked).content.decode()
    assert "可能重复发文" in page and "主送：各乡镇人民政府" in page
    assert "今冬明春" not in desk("outsider").post(reverse("documents:similar"), asked).content.decode()
    assert "<li>" not in desk("drafter").post(reverse("documents:similar"), form(title="关于饮水安全的通知")).content.decode()


def test_a_secretary_keeps_phrases_for_the_drafters_of_his_organ(desk, cast):
    given = {"name": "结尾", "kind": "notice", "text": "请认真贯彻执行。"}
    assert desk("drafter").post(reverse("documents:phrases"), given).status_code == 403
    assert desk("secretary").post(reverse("documents:phrases"), given).status_code == 302
    assert "请认真贯彻执行。" in desk("drafter").get(reverse("documents:draft")).content.decode()
    assert "请认真贯彻执行。" not in desk("outsider").get(reverse("documents:draft")).content.decode()
    phrase = Phrase.objects.get()
    desk("outside_secretary").post(reverse("documents:drop_phrase", args=[phrase.pk]))
    assert Phrase.objects.exists()
    desk("secretary").post(reverse("documents:drop_phrase", args=[phrase.pk]))
    assert not Phrase.objects.exists()
