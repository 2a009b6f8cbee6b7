"""Receivers under a collective name that the organ's secretary keeps."""

import pytest
from django.urls import reverse

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document, Group

from .test_views import form

pytestmark = pytest.mark.django_db
NAME, MEMBERS = "县防火指挥部各成员单位", ["YL132", "YL139"]


def test_a_secretary_keeps_a_group_and_drafters_address_it(desk, cast):
    given = {"name": NAME, "members": "云岭县教育局、云岭县财政局"}
    assert desk("drafter").post(reverse("documents:groups"), given).status_code == 403
    assert desk("secretary").post(reverse("documents:groups"), given).status_code == 302
    assert "云岭县教育局、云岭县财政局" in desk("secretary").get(reverse("documents:groups")).content.decode()
    client = desk("drafter")
    client.post(reverse("documents:draft"), form(groups=[NAME]))
    document = Document.objects.get()
    assert [(r.organ.code, r.name) for r in document.recipients.all()] == [("YL132", NAME), ("YL139", NAME)]
    assert queries.paper(document).recipients == (NAME,)
    assert NAME not in desk("outsider").get(reverse("documents:draft")).content.decode()


def test_a_document_keeps_its_receivers_when_the_group_is_gone(desk, cast):
    group = actions.keep_group(cast.secretary, NAME, MEMBERS)
    client = desk("drafter")
    client.post(reverse("documents:draft"), form(groups=[NAME]))
    actions.drop_group(cast.secretary, group.pk)
    address = reverse("documents:edit", args=[Document.objects.get().code])
    initial = client.get(address).context["form"].initial
    assert initial["groups"] == [NAME] and initial["recipients"] == ""
    client.post(address, {**initial, "text": "改过的正文。"})
    assert [r.organ.code for r in Document.objects.get().recipients.all()] == MEMBERS


@pytest.mark.parametrize(
    ("name", "members", "why"),
    [("", MEMBERS, "统称"), ("各乡镇人民政府", MEMBERS, "已有"), ("云岭县财政局", MEMBERS, "已有"), (NAME, ["YL132"], "两个")],
)
def test_what_is_no_group_is_refused_and_nothing_changes(cast, name, members, why):
    with pytest.raises(Refused, match=why):
        actions.keep_group(cast.secretary, name, members)
    assert not Group.objects.exists() and not Entry.objects.filter(verb="documents.keep_group").exists()


def test_nobody_else_keeps_or_drops_it(cast):
    group = actions.keep_group(cast.secretary, NAME, MEMBERS)
    with pytest.raises(Refused):
        actions.keep_group(cast.drafter, NAME, ["YL132", "YL205"])
    with pytest.raises(Refused):
        actions.drop_group(cast.outside_secretary, group.pk)
    assert [o.code for o in Group.objects.get().members.all()] == MEMBERS


def test_the_rule_book_knows_how_the_groups_members_stand(cast, government):
    actions.keep_group(cast.secretary, NAME, MEMBERS)
    found = queries.unsaved(cast.drafter, government, "report", "云岭县人民政府关于经费的报告", "报告如下。", [NAME], [])
    assert "RT-03" in {note.rule for note in found}
