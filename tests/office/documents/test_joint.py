"""A joint document the whole way: named, signed by every head, sealed by every keeper, kept by every organ (第十七条)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Holding, Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.search import queries as search
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Absence
from zhengtong.office.archive import queries as archive
from zhengtong.office.archive.queries import records
from zhengtong.office.dispatch.models import Receipt
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.actions.signing import verify
from zhengtong.office.documents.models import Document, Issuer
from zhengtong.office.documents.queries import joint as issuers
from zhengtong.office.incoming import actions as incoming
from zhengtong.office.incoming.rules.elements import Elements
from zhengtong.office.stamps.models import Use

from .conftest import BODY, JOINT, PIN
from .test_actions import last, refused

pytestmark = pytest.mark.django_db


def waiting(cast):
    return {part for part, person in cast.items() if slips.todo_count(person)}


def signatures(document):
    return [organ.code for organ, *_rest in issuers.signed(Document.objects.get(pk=document.pk))]


def test_the_whole_way(allied, joint):
    document = joint("issued")
    code = document.code
    assert document.number == f"云政发〔{document.number_year}〕1号", "the number is the lead organ's alone"
    assert signatures(document) == ["YL003", "YL005", "YL006"]
    verify(document)
    assert {note.rule for note in queries.notes(document)} <= {"LV-11"}, "only the sample's own heading"

    copies = {r.organ.code: r.cc for r in Receipt.objects.filter(dispatch__document=code)}
    assert copies == {"YL205": False, "YL206": False, "YL005": True, "YL006": True}, "co-issuers keep a copy"
    uses = {use.stamp.organ.code: use.by for use in Use.objects.filter(paper=code)}
    assert uses == {"YL003": allied.registrar, "YL005": allied.court_registrar, "YL006": allied.procuratorate_registrar}
    assert Entry.objects.filter(verb="stamps.use").count() == 3

    item = archive.of_document(code)
    told = records.described({part.role: part for part in archive.parts(item)}["metadata"])
    names = "云岭县人民政府、云岭县人民法院、云岭县人民检察院"
    assert (item.maker, told.values["责任者"], told.values["稿本"]) == (names, names, "正本")
    assert "本件为原件；复制件存云岭县人民法院、云岭县人民检察院" in told.values["附注"]
    shown = archive.signed(item)
    assert all(one.good for one in shown)
    assert [(one.act, one.by) for one in shown if one.file == "签发内容.json"] == [
        ("签发", "head"), ("联合签发", "president"), ("联合签发", "procurator"),
    ]  # fmt: skip
    assert sum(one.act == "用印" for one in shown) == 3 and sum(one.act == "电子印章" and one.file.endswith(".ofd") for one in shown) == 3
    assert {event.action for event in told.events} >= {"签发", "联合签发", "联合用印"} and not archive.faults(item)

    for word in ("人民检察院", "人民政府"):
        assert document.pk in {hit.key for hit in search.find(allied.court_secretary, word)}
    assert actions.content_of(document).issuers == ("YL005", "YL006") and queries.verified(document)
    files_its_copy(allied, Receipt.objects.get(organ__code="YL005"), names)


def files_its_copy(allied, copy, names):
    """The co-issuer files what it got as a copy, and says who keeps the original (第二十七条)."""
    paper = incoming.register_copy(copy.pk, Elements("", ""), allied.court_registrar)
    assert paper.sender == names
    incoming.check(paper.code, allied.court_registrar, "reading")
    incoming.propose(paper.code, allied.court_secretary, "送院长阅知", readers=[allied.president.code])
    incoming.close(paper.code, allied.court_secretary, "已阅")
    item = archive.of_document(paper.code)
    told = records.described({part.role: part for part in archive.parts(item)}["metadata"]).values
    assert (item.maker, told["稿本"]) == (names, "副本") and "联合行文，原件存云岭县人民政府" in told["附注"]


def test_the_heads_sign_side_by_side_and_the_last_day_is_the_documents(allied, joint, monkeypatch):
    document = joint("cosign")
    assert waiting(allied) == {"president", "procurator"}, "each has its own line"
    for person in (allied.head, allied.court_registrar, allied.registrar, allied.education):
        refused(document, "不由您办理", actions.cosign, document.code, person, PIN)
    refused(document, "联合签发中的文件不能编号", actions.number, document.code, allied.registrar, PIN)
    refused(document, "口令不正确", actions.cosign, document.code, allied.president, "Wrong-2026")
    refused(document, "看过最新的版面", lambda: actions.cosign(document.code, allied.president, PIN, seen="0" * 64))
    assert actions.cosign(document.code, allied.procurator, PIN, "同意").state == "cosign"
    document.refresh_from_db()
    refused(document, "没有有效签发", lambda: verify(Document.objects.get(pk=document.pk)))
    assert issuers.day(document) is None and queries.paper(document).date is None, "no day before all have signed"
    first = clock.today()
    later = datetime.combine(first, clock.now().time(), clock.ZONE) + timedelta(days=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert actions.cosign(document.code, allied.president, PIN).state == "recheck"
    document.refresh_from_db()
    assert (issuers.day(document), queries.paper(document).date) == (first + timedelta(days=3),) * 2
    assert [signing["date"] for signing in issuers.signings(document)] == [str(first), str(later.date()), str(first)]
    assert {own["digest"] for _o, _b, _a, own in issuers.signed(document)} == {document.content_digest}
    assert {own["public_key"] for _o, _b, _a, own in issuers.signed(document)}.__len__() == 3
    assert last("documents.cosign").detail["opinion"] == "同意", "a bare signature counts as consent"


def test_a_signature_that_is_not_the_co_issuers_own_stops_the_document(allied, joint):
    document = joint("recheck")
    one = document.issuers.first()
    key = seals.generate()
    exact = bytes.fromhex(document.content_digest)
    forged = {**one.signature, "signature": seals.sign(key, exact).hex()}
    Issuer.objects.filter(pk=one.pk).update(signature=forged)
    refused(document, "签发无效", actions.recheck, document.code, allied.reviewer, "", "另行说明")
    Issuer.objects.filter(pk=one.pk).update(signature={**one.signature, "digest": "0" * 64})
    refused(document, "签发无效", actions.recheck, document.code, allied.reviewer, "", "另行说明")


def test_a_later_change_voids_every_signature_and_all_sign_again(allied, joint):
    document = joint("numbering")
    content = replace(actions.content_of(document), text=BODY + "\n特此通知。")
    actions.save(document.code, allied.registrar, content, version=document.version)
    document.refresh_from_db()
    assert (document.state, signatures(document)) == ("signing", []) and waiting(allied) == {"head"}
    assert last("documents.save").detail["voided"] == f"{allied.head.code}、{allied.president.code}、{allied.procurator.code}"
    told = Notice.objects.filter(text__contains="您的签发已失效")
    assert {notice.person for notice in told} == {allied.president, allied.procurator}
    assert not document.slip.lines.filter(stage="cosign", state__in=["open", "waiting"]).exists(), "nothing dead waits"
    for by, verb in ((allied.head, actions.sign), (allied.president, actions.cosign), (allied.procurator, actions.cosign)):
        after = verb(document.code, by, PIN)
    assert after.state == "recheck" and signatures(document) == ["YL003", "YL005", "YL006"]
    actions.recheck(document.code, allied.reviewer, "", "另行说明")
    assert actions.number(document.code, allied.registrar, PIN).state == "printing"


def test_the_digest_covers_the_issuers(allied, joint):
    document = joint("recheck")
    one = document.content_digest
    content = replace(actions.content_of(document), issuers=("YL006", "YL005"))
    actions.save(document.code, allied.reviewer, content, version=document.version)
    document.refresh_from_db()
    assert document.content_digest != one and document.state == "signing" and signatures(document) == []
    alone = replace(content, issuers=(), joint_mark="")
    actions.save(document.code, allied.head, alone, version=document.version)
    document.refresh_from_db()
    assert "joint" not in document.content() and queries.verified(document), "what one organ signs reads as it always did"
    assert actions.sign(document.code, allied.head, PIN).state == "recheck" and waiting(allied) == {"reviewer"}


def test_a_co_issuers_head_returns_it_with_his_reason_and_the_lead_organs_head_signs_anew(allied, joint):
    document = joint("half")
    refused(document, "理由", actions.return_, document.code, allied.president, "  ")
    actions.return_(document.code, allied.president, "请写明联席会议召集人")
    document.refresh_from_db()
    assert (document.state, signatures(document), waiting(allied)) == ("returned", [], {"drafter"})
    assert {n.person for n in Notice.objects.filter(text__contains="您的签发已失效")} == {allied.procurator}
    content = replace(actions.content_of(document), text=BODY + "\n召集人由分管副县长担任。")
    actions.save(document.code, allied.drafter, content, version=document.version)
    assert actions.submit(document.code, allied.drafter).state == "signing" and waiting(allied) == {"head"}
    actions.sign(document.code, allied.head, PIN)
    assert waiting(allied) == {"president", "procurator"}
    actions.cosign(document.code, allied.president, PIN)
    assert actions.cosign(document.code, allied.procurator, PIN).state == "recheck"


def test_what_is_taken_back_leaves_nothing_and_after_a_co_issuer_signed_the_lead_takes_nothing_back(allied, joint):
    document = joint("cosign")
    assert actions.take_back(document.code, allied.head).state == "signing"
    document.refresh_from_db()
    assert waiting(allied) == {"head"} and signatures(document) == []
    actions.sign(document.code, allied.head, PIN)
    assert waiting(allied) == {"president", "procurator"}, "asked once, not twice"
    actions.cosign(document.code, allied.procurator, PIN)
    document.refresh_from_db()
    refused(document, "没有可以撤回", actions.take_back, document.code, allied.head)
    assert actions.take_back(document.code, allied.procurator).state == "cosign"
    assert signatures(document) == ["YL003"] and waiting(allied) == {"president", "procurator"}


def test_back_to_the_lead_organs_head_voids_all_and_the_tables_hold(allied, joint):
    document = joint("cosign")
    refused(document, "不能加签", actions.add_signer, document.code, allied.president, allied.drafter, "before")
    refused(document, "不能转办", actions.forward, document.code, allied.president, allied.head, "请代签")
    refused(document, "不能退到前面环节", actions.send_back, document.code, allied.president, "office", "请改")
    actions.urge(document.code, allied.drafter, "请于今日内签")
    assert {n.person for n in Notice.objects.filter(text__contains="催办")} == {allied.president, allied.procurator}
    actions.cosign(document.code, allied.procurator, PIN)
    actions.cosign(document.code, allied.president, PIN)
    actions.send_back(document.code, allied.reviewer, "sign", "事实有误")
    document.refresh_from_db()
    assert (document.state, signatures(document), waiting(allied)) == ("signing", [], {"head"})


def test_nobody_signs_in_a_co_issuers_heads_place(allied, joint):
    document = joint("cosign")
    today = clock.today()
    Absence.objects.create(
        person=allied.president, deputy=allied.court_registrar, since=today, until=today, reason="出差", given_at=clock.now()
    )
    assert "court_registrar" not in waiting(allied)
    refused(document, "不由您办理", actions.cosign, document.code, allied.court_registrar, PIN)


def test_drafting_is_refused_at_the_field(allied, joint, content, government):
    with pytest.raises(Refused, match="不同级") as no:
        joint("draft", issuers=("YL139",))
    assert no.value.objection.field == "issuers"
    with pytest.raises(Refused, match="各自职权范围") as no:
        joint("draft", issuers=("YL001",))
    assert no.value.objection.field == "joint_shared"
    assert not Document.objects.exists()
    document = joint("draft", issuers=("YL001",), joint_shared=True)
    refused(document, "没有可以签发的主要负责人", actions.submit, document.code, allied.drafter)
    Holding.objects.filter(person=allied.president).update(until=date(2020, 1, 1))
    document = joint("draft")
    refused(document, "云岭县人民法院没有可以签发的主要负责人", actions.submit, document.code, allied.drafter)
    Holding.objects.filter(person=allied.president).update(until=None)
    Holding.objects.filter(person=allied.court_registrar).update(until=date(2020, 1, 1))
    refused(document, "云岭县人民法院没有印章保管人", actions.submit, document.code, allied.drafter)


def test_every_keeper_sets_his_own_organs_seal_and_no_other(allied, joint):
    document = joint("sealing")
    assert waiting(allied) == {"court_registrar", "procuratorate_registrar"} and queries.final(document) is None
    for person in (allied.registrar, allied.president, allied.director):
        refused(document, "不由您办理", actions.coseal, document.code, person, PIN)
    refused(document, "不能分发", actions.dispatch, document.code, allied.registrar, PIN)
    before = read(document.ofd.sm3)
    actions.coseal(document.code, allied.court_registrar, PIN)
    document.refresh_from_db()
    assert document.state == "sealing" and read(document.ofd.sm3) != before
    assert "SEAL-01" not in {note.rule for note in queries.notes(document)}, "a seal that is still to come is not wanting"
    refused(document, "不由您办理", actions.coseal, document.code, allied.court_registrar, PIN)
    assert [i.sealed_by for i in document.issuers.all()] == [allied.court_registrar, None]
    assert actions.coseal(document.code, allied.procuratorate_registrar, PIN).state == "dispatching"
    document.refresh_from_db()
    assert queries.final(document) == document.pdf and waiting(allied) == {"registrar"}


def test_the_database_keeps_signature_and_seal_whole(allied, joint):
    document = joint("recheck")
    for row in ({"signature": None}, {"sealed_at": clock.now()}, {"organ": Organ.objects.get(code="YL006")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Issuer.objects.filter(pk=document.issuers.first().pk).update(**row)


def test_an_upward_document_names_every_organs_signer_in_their_order(allied, joint):
    title = JOINT.removesuffix("通知") + "请示"
    document = joint("recheck", kind="request", title=title, recipients=(actions.To("YZ003", "云州市人民政府"),))
    assert queries.paper(document).signers == ("head", "president", "procurator")
    document.kind = "notice"
    assert queries.paper(document).signers == ()
