"""The way of a document through its verbs. Every refusal also proves that nothing changed."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.archive import queries as archive
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document, Revision

from .conftest import BODY, PIN

pytestmark = pytest.mark.django_db


def facts(document):
    """Everything that a refused verb must leave as it was."""
    row = Document.objects.filter(pk=document.pk).values().get()
    lines = list(Line.objects.filter(slip=document.slip).order_by("pk").values())
    return row, lines, Revision.objects.count(), list(Entry.objects.values_list("hash", flat=True))


def refused(document, match, verb, *args, **kwargs):
    before = facts(document)
    with pytest.raises(Refused, match=match) as caught:
        verb(*args, **kwargs)
    assert facts(document) == before, "a refusal changes nothing"
    return caught.value


def last(verb):
    return Entry.objects.filter(verb=verb).last()


def test_the_whole_way_of_a_public_notice(cast, walk, government):
    document = walk("issued")
    assert document.number == f"云政发〔{document.number_year}〕1号"
    assert document.state == "issued" and document.signed_by == cast.head
    assert document.pdf.kind == "pdf"
    assert document.slip.ended_at and not slips.open_lines(document.code)
    item = archive.of_document(document.code)
    verbs = [step["verb"] for step in json.loads(read(item.parts.get(role="log").file.sm3))]
    assert verbs[:3] == ["documents.draft", "documents.submit", "documents.review_unit"] and "documents.sign" in verbs
    assert {r.organ.code for r in document.recipients.all()} == {"YL205", "YL206"}
    assert item.state == "prefiled" and not archive.faults(item)


def test_it_waits_for_exactly_the_right_people(cast, walk):
    document = walk("unit")
    assert slips.todo_count(cast.unit_head) == 1 and slips.todo_count(cast.head) == 0
    actions.review_unit(document.code, cast.unit_head)
    actions.consult(document.code, cast.drafter, ["YL132", "YL139"])
    assert slips.todo_count(cast.education) == slips.todo_count(cast.finance) == 1
    actions.answer_consultation(document.code, cast.finance, "agree")
    assert slips.todo_count(cast.finance) == 0 and slips.todo_count(cast.reviewer) == 0, "the office waits for both"
    actions.answer_consultation(document.code, cast.education, "agree")
    assert [line.stage for line in slips.todo(cast.reviewer)] == ["office"]


def test_the_list_says_who_sent_it_and_what_changed_since(cast, walk, django_assert_num_queries):
    document = walk("office")
    actions.return_(document.code, cast.reviewer, "请补充")
    actions.save(document.code, cast.drafter, replace(actions.content_of(document), text=BODY + "\n三、值班安排"), version=1)
    actions.submit(document.code, cast.drafter)
    with CaptureQueriesContext(connection) as alone:
        queries.todo(cast.reviewer)
    walk("office")
    with django_assert_num_queries(len(alone)):
        first, second = queries.todo(cast.reviewer)
    assert {(each.sender, each.news.edits if each.news else ()) for each in (first, second)} == {
        ("drafter", (("drafter", 1),)),
        ("finance", ()),
    }


def test_nobody_acts_out_of_turn(cast, walk):
    document = walk("signing")
    for person in (cast.drafter, cast.deputy, cast.registrar, cast.outsider):
        refused(document, "不由您办理", actions.sign, document.code, person, PIN)
    refused(document, "待签发的文件不能编号", actions.number, document.code, cast.registrar, PIN)
    refused(document, "待签发的文件不能分发", actions.dispatch, document.code, cast.registrar, PIN)


def test_the_unit_head_changes_a_paragraph_and_the_trace_names_him(cast, walk):
    document = walk("unit")
    content = actions.content_of(document)
    actions.save(document.code, cast.unit_head, replace(content, text=BODY.replace("明确专人包片", "明确领导干部包片")), version=1)
    document.refresh_from_db()
    trace = queries.changes(document)[0]
    assert trace.revision.by == cast.unit_head
    assert [(m.sign, m.text) for m in trace.lines[0] if m.sign] == [("-", "专人"), ("+", "领导干部")]
    assert document.version == 2 and document.state == "unit"


def test_a_stale_form_is_told_so(cast, walk):
    document = walk("unit")
    content = actions.content_of(document)
    actions.save(document.code, cast.unit_head, replace(content, text=BODY + "\n甲"), version=1)
    no = refused(document, "unit_head已保存了新的一版", actions.save, document.code, cast.unit_head, replace(content, text="乙"), version=1)
    assert no.objection.code == "stale"


def test_saving_the_same_again_leaves_no_revision(cast, walk):
    document = walk("draft")
    before = facts(document)
    actions.save(document.code, cast.drafter, actions.content_of(document), version=1)
    assert facts(document) == before


def test_a_return_needs_its_reason_and_comes_straight_back(cast, walk):
    document = walk("office")
    refused(document, "理由", actions.return_, document.code, cast.reviewer, "  ")
    actions.return_(document.code, cast.reviewer, "请补充值班安排")
    document.refresh_from_db()
    assert document.state == "returned" and [line.slip.paper for line in slips.todo(cast.drafter)] == [document.code]
    actions.save(document.code, cast.drafter, replace(actions.content_of(document), text=BODY + "\n三、值班安排"), version=1)
    actions.submit(document.code, cast.drafter)
    document.refresh_from_db()
    assert document.state == "office", "who returned it has it again"


def test_a_disagreement_blocks_signing_until_it_is_settled(cast, walk):
    document = walk("half")
    refused(document, "不同意须写明理由", actions.answer_consultation, document.code, cast.finance, "disagree")
    actions.answer_consultation(document.code, cast.finance, "disagree", "经费未落实")
    actions.review_office(document.code, cast.reviewer)
    actions.approve_deputy(document.code, cast.deputy)
    refused(document, "云岭县财政局不同意", actions.sign, document.code, cast.head, PIN)
    actions.return_(document.code, cast.head, "请协调")
    actions.submit(document.code, cast.drafter)
    refused(document, "云岭县财政局不同意", actions.sign, document.code, cast.head, PIN)


def test_the_leader_in_charge_settles_a_disagreement(cast, walk):
    document = walk("half")
    actions.answer_consultation(document.code, cast.finance, "disagree", "经费未落实")
    actions.review_office(document.code, cast.reviewer)
    asked = document.consultations.get(answer="disagree")
    refused(document, "协调结果", actions.settle_disagreement, document.code, cast.deputy, asked.pk, "")
    actions.settle_disagreement(document.code, cast.deputy, asked.pk, "经协商，经费由预备费列支")
    actions.approve_deputy(document.code, cast.deputy)
    assert actions.sign(document.code, cast.head, PIN).state == "recheck"


def test_the_signature_is_bound_to_the_exact_content(cast, walk):
    document = walk("recheck")
    assert document.signature["digest"] == document.content_digest
    Document.objects.filter(pk=document.pk).update(body=[{"id": "b1", "kind": "para", "level": 0, "text": "偷换的内容"}])
    refused(document, "签发无效", actions.recheck, document.code, cast.reviewer)


def test_a_forged_signature_is_found(cast, walk):
    document = walk("recheck")
    Document.objects.filter(pk=document.pk).update(signature={**document.signature, "public_key": cast.director.account.keys.get().public})
    refused(document, "签发无效", actions.recheck, document.code, cast.reviewer)


def test_a_change_after_signing_voids_the_signature_and_goes_back_to_the_signer(cast, walk):
    document = walk("numbering")
    content = replace(actions.content_of(document), text=BODY.replace("逐户登记", "逐户逐人登记"))
    after = actions.save(document.code, cast.registrar, content, version=document.version)
    assert after.state == "signing" and after.signed_by is None and after.signature is None
    assert last("documents.void") and last("documents.save").detail["voided"] == cast.head.code
    assert [line.person for line in slips.open_lines(document.code)] == [cast.head]
    refused(document, "不能编号", actions.number, document.code, cast.registrar, PIN)
    actions.sign(document.code, cast.head, PIN, "同意修改")
    actions.recheck(document.code, cast.reviewer)
    assert actions.number(document.code, cast.registrar, PIN).number.endswith("〕1号")


def test_the_signer_signs_only_what_he_saw(cast, walk):
    document = walk("signing")
    no = refused(document, "看过最新的版面", actions.sign, document.code, cast.head, PIN, seen="0" * 64)
    assert no.objection.code == "stale"
    actions.sign(document.code, cast.head, PIN, seen=document.content_digest)


def test_a_wrong_pin_signs_nothing(cast, walk):
    document = walk("signing")
    before = facts(document)
    with pytest.raises(Refused, match="口令不正确"):
        actions.sign(document.code, cast.head, "wrong-Pin-1")
    assert facts(document) == before


def test_numbers_run_without_gap_and_only_after_signing(cast, walk):
    first, second = walk("printing"), walk("numbering")
    assert first.number_serial == 1
    assert actions.number(second.code, cast.registrar, PIN).number_serial == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=walk("signing").pk).update(number="云政发〔2026〕9号")


def test_what_was_sent_can_be_taken_back_until_it_was_seen(cast, walk):
    from zhengtong.foundation.slips.actions import see

    document = walk("unit")
    actions.withdraw(document.code, cast.drafter)
    document.refresh_from_db()
    assert document.state == "draft" and slips.todo_count(cast.unit_head) == 0
    actions.submit(document.code, cast.drafter)
    see(slips.line_for(cast.unit_head, document.code), cast.unit_head)
    refused(document, "已经看过", actions.withdraw, document.code, cast.drafter)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "关于防火"}, "title"),
        ({"kind": "bulletin"}, "kind"),
        ({"publication": "withheld"}, "publication_reason"),
        ({"secrecy": "机密", "secrecy_period": "5年", "secrecy_basis": "第3条", "publication": "withheld"}, "secrecy"),
        ({"urgency": "now"}, "urgency"),
    ],
)
def test_a_draft_that_breaks_a_rule_is_refused_at_its_field(cast, content, government, changes, field):
    entries = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        actions.draft(replace(content, **changes), cast.drafter, organ=government)
    assert caught.value.objection.field == field
    assert not Document.objects.exists() and Entry.objects.count() == entries


def test_routing_is_asked_when_the_draft_is_handed_in(cast, walk):
    document = walk("draft", recipients=())
    no = refused(document, "主送机关", actions.submit, document.code, cast.drafter)
    assert no.objection.field == "recipients"


def test_who_may_draft_in_whose_name(cast, content, government):
    with pytest.raises(Refused, match="本机关"):
        actions.draft(content, cast.outsider, organ=government)
    with pytest.raises(Refused, match="拟稿"):
        actions.draft(content, cast.registrar, organ=government)
    assert not Document.objects.exists()


def test_the_database_of_the_open_network_refuses_every_secrecy_level(cast, walk):
    document = walk("draft")
    for columns in (
        "secrecy = '秘密', profile = 'classified', publication = 'withheld', publication_reason = 'x'",
        "profile = 'classified'",
    ):
        with pytest.raises(Exception, match="不处理涉密文件"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE documents_document SET {columns} WHERE id = %s", [document.pk])
    document.refresh_from_db()
    assert document.secrecy == "" and document.profile == "open"


# -- who sees what --


def test_only_those_concerned_see_a_document(cast, walk):
    document = walk("countersign")
    sees = {part for part, person in cast.items() if queries.visible(person).filter(pk=document.pk).exists()}
    assert sees == {"drafter", "unit_head", "education", "finance", "secretary"}


def test_another_organ_system_sees_nothing(cast, walk):
    document = walk("issued")
    for person in (cast.outsider, cast.outside_secretary):
        assert not queries.visible(person).exists()
        assert slips.todo_count(person) == 0
        with pytest.raises(Document.DoesNotExist):
            queries.for_person(person, document.code)


def test_no_button_promises_what_the_action_refuses(cast, walk):
    from zhengtong.office.documents.rules import steps

    document = walk("office")
    assert [s.verb for s in queries.verbs(cast.reviewer, document)] == ["review_office", "return_", "save"]
    for part, person in cast.items():
        if part != "reviewer":
            assert queries.verbs(person, document) == [], part
    assert {s.verb for s in steps.verbs("office")} == {"review_office", "return_", "save"}


# -- release --


def test_a_release_takes_three_and_sends_one_package(cast, walk, network_keys):
    from zhengtong.ferry.models import Outgoing

    document = walk("issued")
    actions.propose_release(document.code, cast.drafter)
    refused(document, "不由您办理", actions.release, document.code, cast.director, PIN)
    actions.review_release(document.code, cast.discloser, "不涉密")
    assert not Outgoing.objects.exists(), "nothing leaves before the head approves"
    released = actions.release(document.code, cast.director, PIN)
    assert released.state == "released" and released.digest == document.content_digest
    assert Outgoing.objects.get().contract.startswith("public_document")
    assert last("documents.release").actor_code == cast.director.code


def test_a_refused_release_is_told_and_can_be_proposed_again(cast, walk):
    document = walk("issued")
    actions.propose_release(document.code, cast.drafter)
    refused(document, "理由", actions.refuse_release, document.code, cast.discloser, "")
    actions.refuse_release(document.code, cast.discloser, "附件含个人信息")
    assert slips.todo_count(cast.director) == 0
    actions.propose_release(document.code, cast.drafter, "已删去个人信息")


def test_an_attempt_to_release_what_may_not_leave_is_refused_and_audited(cast, walk):
    document = walk("issued", publication="withheld", publication_reason="内部管理信息")
    with pytest.raises(Refused, match="主动公开"):
        actions.propose_release(document.code, cast.drafter)
    entry = last("documents.release_refused")
    assert entry.actor_code == cast.drafter.code and "主动公开" in entry.detail["reason"]
    assert not document.releases.exists()
