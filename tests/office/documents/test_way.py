"""A paper on its way: back, taken back, added, handed on, urged, stood in for, handed over; nothing dead stays in anybody's list."""

from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.queries import todo_count
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.rules import way
from zhengtong.office.documents.rules.steps import State

from .conftest import PIN

pytestmark = pytest.mark.django_db


def waiting(cast):
    return {part for part, person in cast.items() if todo_count(person)}


def refused(document, match, verb, *args):
    before = (
        list(document.slip.lines.order_by("pk").values()),
        Entry.objects.count(),
        document.__class__.objects.values().get(pk=document.pk),
    )
    with pytest.raises(Refused, match=match):
        verb(*args)
    after = (
        list(document.slip.lines.order_by("pk").values()),
        Entry.objects.count(),
        document.__class__.objects.values().get(pk=document.pk),
    )
    assert after == before


def test_the_table_of_ways_names_its_articles_and_every_verb_has_an_action():
    assert all(w.article and w.states for w in way.WAYS)
    assert {w.verb for w in way.WAYS} | {"follow", "unfollow"} == set(way.NAMES)
    assert all(callable(getattr(actions, verb)) for verb in way.NAMES)
    assert not [w for w in way.WAYS if State.ISSUED in w.states]


def test_back_to_an_earlier_stage_and_straight_back_to_who_returned_it(cast, walk):
    document = walk("signing")
    refused(document, "理由", actions.send_back, document.code, cast.head, "unit", " ")
    refused(document, "已办过", actions.send_back, document.code, cast.head, "recheck", "请改")
    assert actions.send_back(document.code, cast.head, "unit", "请处室再核").state == "unit"
    assert waiting(cast) == {"unit_head"}
    assert Notice.objects.filter(person=cast.unit_head, read_at=None).count() == 1
    assert actions.review_unit(document.code, cast.unit_head, "已核").state == "signing"
    assert waiting(cast) == {"head"} and not Notice.objects.filter(person=cast.unit_head, read_at=None).exists()
    assert actions.sign(document.code, cast.head, PIN).state == "recheck"


def test_back_to_the_signer_voids_the_signature_and_everything_is_rechecked(cast, walk):
    document = walk("numbering")
    back = actions.send_back(document.code, cast.registrar, "sign", "事实有误")
    assert (back.state, back.signed_by, back.signature) == ("signing", None, None)
    assert waiting(cast) == {"head"}
    assert actions.sign(document.code, cast.head, PIN).state == "recheck"
    assert actions.recheck(document.code, cast.reviewer).state == "numbering"


def test_what_nobody_has_opened_is_taken_back_and_leaves_nothing(cast, walk):
    document = walk("deputy")
    refused(document, "没有可以撤回", actions.take_back, document.code, cast.unit_head)
    assert actions.take_back(document.code, cast.reviewer).state == "office"
    assert waiting(cast) == {"reviewer"}
    actions.review_office(document.code, cast.reviewer)
    document.refresh_from_db()
    slips.see(queries.in_hand(cast.deputy, document), cast.deputy)
    refused(document, "没有可以撤回", actions.take_back, document.code, cast.reviewer)


def test_a_signature_taken_back_is_no_signature(cast, walk):
    document = walk("recheck")
    after = actions.take_back(document.code, cast.head)
    assert (after.state, after.signature) == ("signing", None) and waiting(cast) == {"head"}


@pytest.mark.parametrize("where", ["before", "beside", "after"])
def test_a_signer_is_added_and_the_paper_goes_on_after_him(cast, walk, where):
    document = walk("office")
    refused(document, "自己", actions.add_signer, document.code, cast.reviewer, cast.reviewer, where)
    actions.add_signer(document.code, cast.reviewer, cast.finance, where, "请核经费")
    if where != "before":
        actions.review_office(document.code, cast.reviewer)
    assert waiting(cast) == {"finance"}
    assert queries.for_person(cast.finance, document.code)
    refused(document, "理由", actions.advise, document.code, cast.finance, "disagree")
    refused(document, "不由您", actions.advise, document.code, cast.education, "agree")
    actions.advise(document.code, cast.finance, "agree", "无意见")
    if where == "before":
        actions.review_office(document.code, cast.reviewer)
    document.refresh_from_db()
    assert document.state == "deputy" and waiting(cast) == {"deputy"}


def test_beside_the_signer_nobody_is_added(cast, walk):
    document = walk("signing")
    refused(document, "签发之前", actions.add_signer, document.code, cast.head, cast.deputy, "beside")
    actions.add_signer(document.code, cast.head, cast.deputy, "before")
    refused(document, "不由您", actions.sign, document.code, cast.head, PIN)
    actions.advise(document.code, cast.deputy, "agree")
    assert actions.sign(document.code, cast.head, PIN).state == "recheck"


def test_handed_on_only_to_who_holds_the_duty(cast, walk):
    document = walk("office")
    refused(document, "职责", actions.forward, document.code, cast.reviewer, cast.drafter, "出差")
    Grant.objects.create(post=cast.director.main_post, role="office_reviewer", at=clock.now(), granted_by="test")
    actions.forward(document.code, cast.reviewer, cast.director, "出差")
    assert waiting(cast) == {"director"}
    assert actions.review_office(document.code, cast.director).state == "deputy"


def test_urged_by_who_waits_and_supervised_by_the_secretary(cast, walk):
    document = walk("office")
    refused(document, "可以催办", actions.urge, document.code, cast.outsider)
    actions.urge(document.code, cast.drafter, "请尽快")
    assert queries.in_hand(cast.reviewer, document).urged == 1 and Notice.objects.filter(person=cast.reviewer).count() == 1
    refused(document, "秘书可以督办", actions.supervise, document.code, cast.drafter, clock.today())
    refused(document, "早于今天", actions.supervise, document.code, cast.secretary, clock.today() - timedelta(days=1))
    actions.supervise(document.code, cast.secretary, clock.today(), "今天办结")
    assert queries.in_hand(cast.reviewer, document).due == clock.today()


def test_a_deputy_takes_the_turns_of_an_absent_person_but_never_signs(cast, walk):
    document = walk("office")
    today = clock.today()
    with pytest.raises(Refused, match="本人或本机关秘书"):
        slips.entrust(cast.reviewer, cast.drafter, today, today, "出差", cast.outsider)
    absence = slips.entrust(cast.reviewer, cast.unit_head, today, today + timedelta(days=3), "出差", cast.reviewer)
    slips.entrust(cast.head, cast.secretary, today, today, "开会", cast.head)
    assert waiting(cast) == {"reviewer", "unit_head"}
    assert actions.review_office(document.code, cast.unit_head, "同意").state == "deputy"
    line = document.slip.lines.get(stage="office", state="done")
    assert (line.done_by, line.done_for) == (cast.unit_head, cast.reviewer)
    assert Entry.objects.filter(verb="documents.review_office").latest("pk").detail["for"] == cast.reviewer.code
    actions.approve_deputy(document.code, cast.deputy)
    assert waiting(cast) == {"head"}
    slips.end_absence(absence.pk, cast.reviewer)
    assert not todo_count(cast.unit_head)


def test_all_work_of_somebody_who_leaves_is_handed_over_in_one_act(cast, walk, content, government):
    actions.draft(content, cast.drafter, organ=government)
    document = walk("consult")
    refused(document, "秘书可以移交", actions.hand_over, cast.drafter, cast.unit_head, cast.drafter, "调离")
    before = Entry.objects.count()
    assert actions.hand_over(cast.drafter, cast.director, cast.secretary, "调离") == 3
    assert Entry.objects.count() == before + 1 and waiting(cast) == {"director"}


def test_the_lists_and_their_counts_come_from_the_same_query(cast, walk):
    document = walk("office")
    actions.follow(document.code, cast.secretary)
    counts = {part: {each.name: n for each, n in queries.counts(cast[part])} for part in ("drafter", "reviewer", "unit_head", "secretary")}
    assert counts["drafter"] == {"todo": 0, "running": 1, "done": 1, "followed": 0, "overdue": 0}
    assert counts["reviewer"]["todo"] == 1 and counts["unit_head"]["done"] == 1 and counts["secretary"]["followed"] == 1
    assert "unfollow" in queries.ways(cast.secretary, document)
    actions.unfollow(document.code, cast.secretary)
    assert {e.name: n for e, n in queries.counts(cast.secretary)}["followed"] == 0
