"""催办 by rule on the real database: once for a rule, a line and a day; leaders are spared; a paper left in peace stays so."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line, Urge, Urging
from zhengtong.office.documents import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(monkeypatch):
    """Let it be a day of September 2026; Monday is the 14th."""

    def on(day, month=9):
        moment = datetime(2026, month, day, 10, tzinfo=clock.ZONE)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    on(14)
    return on


def machine():
    return list(Entry.objects.filter(verb="slips.urge", actor_kind="system").order_by("pk").values_list("detail", flat=True))


def test_whoever_sits_on_a_paper_is_reminded_once_and_it_stands_on_the_slip(on, cast, walk):
    document = walk("unit", urgency="urgent")
    assert slips.urge_due() == 0, "not on the day it came"
    on(15)
    assert (slips.urge_due(), slips.urge_due()) == (1, 0)
    line = Line.objects.get(slip=document.slip, state="open")
    urge = line.urges.get()
    assert (urge.rule, urge.by, urge.told, urge.spared, line.urged) == ("waiting", None, "unit_head", False, 1)
    assert Notice.objects.get(person=cast.unit_head, text__contains="还没有办理").link == f"/documents/{document.code}/"
    assert machine() == [{"stage": "unit", "rule": "waiting", "told": "unit_head", "spared": False}]
    drawn = slip_queries.slips_of(document.code)[0].lines.all()
    assert [u.told for one in drawn for u in one.urgings] == ["unit_head"]


def test_the_database_holds_one_urging_by_a_rule_for_a_line_and_a_day(on, cast, walk):
    walk("unit", urgency="top")
    on(15)
    slips.urge_due()
    made = Urge.objects.get()
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
    for nobody in ({"rule": "", "by": None}, {"rule": "waiting", "by": cast.head}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Urge.objects.create(subject="x", told="x", at=clock.now(), day=clock.today(), **nobody)


def test_a_draft_that_nobody_was_sent_is_left_in_peace_and_a_returned_one_is_not(on, cast, walk):
    document = walk("draft")
    on(30)
    assert slips.urge_due() == 0
    actions.submit(document.code, cast.drafter)
    actions.return_(document.code, cast.unit_head, "请改")
    on(13, 10)
    assert slips.urge_due() == 1 and Notice.objects.filter(person=cast.drafter, text__contains="还没有办理").exists()


def test_the_rest_days_of_the_calendar_urge_nobody(on, cast, walk):
    walk("unit")
    for day in (26, 27):  # Mid-Autumn
        on(day)
        assert slips.urge_due() == 0
    on(28)
    assert slips.urge_due() == 1


def test_consulted_organs_are_reminded_each_by_itself(on, cast, walk):
    walk("half")  # education has answered
    on(17)
    assert slips.urge_due() == 1
    assert Urge.objects.get().told == "finance"


def test_a_county_leader_is_never_urged_but_his_secretary_sees_it(on, cast, walk):
    document = walk("signing")
    before = Notice.objects.filter(person=cast.head).count()
    on(17)
    assert (slips.urge_due(), slips.urge_due()) == (1, 0)
    line = Line.objects.get(slip=document.slip, state="open")
    assert (line.urged, line.urges.get().spared, line.urges.get().told) == (0, True, "secretary")
    assert Notice.objects.filter(person=cast.head).count() == before
    told = Notice.objects.get(person=cast.secretary)
    assert "head" in told.sentence and document.title in told.sentence
    from .conftest import PIN

    actions.sign(document.code, cast.head, PIN)
    told.refresh_from_db()
    assert told.read_at, "what waited for him is done"


def test_a_deputy_for_an_absence_is_reminded_with_him(on, cast, walk):
    slips.entrust(cast.unit_head, cast.reviewer, date(2026, 9, 14), date(2026, 9, 30), "外出", cast.unit_head)
    walk("unit")
    on(17)
    slips.urge_due()
    assert Urge.objects.get().told == "unit_head、reviewer"


def test_a_person_urges_once_and_the_slip_says_who(on, cast, walk):
    document = walk("unit")
    on(17)
    actions.urge(document.code, cast.drafter, "请今天办")
    urge = Urge.objects.get()
    assert (urge.by, urge.rule, urge.told, urge.note) == (cast.drafter, "", "unit_head", "请今天办")
    assert slips.urge_due() == 0, "nobody is reminded twice a day"


def test_the_secretary_sets_other_days_for_his_organ_and_takes_the_countys_again(on, cast, walk, government):
    slips.arrange_urging(government, {"waiting": (5, 0)}, cast.secretary)
    assert Urging.objects.get().days == 5
    walk("unit")
    walk("unit", urgency="urgent")
    on(17)
    assert slips.urge_due() == 0
    on(21)
    assert slips.urge_due() == 1
    slips.arrange_urging(government, {}, cast.secretary)
    assert not Urging.objects.exists()
    now = Entry.objects.filter(verb="slips.arrange_urging").last().detail
    assert now["was"]["waiting"] == [5, 0] and now["now"]["waiting"] == [3, 1]


@pytest.mark.parametrize(("part", "given", "match"), [("drafter", {"due": (1, 1)}, "秘书"), ("secretary", {"due": (1, 99)}, "0至60")])
def test_who_may_not_and_what_may_not_be_set_changes_nothing(cast, government, part, given, match):
    before = Entry.objects.count()
    with pytest.raises(Refused, match=match):
        slips.arrange_urging(government, given, cast[part])
    assert Entry.objects.count() == before and not Urging.objects.exists()


def test_one_paper_is_left_in_peace_by_the_secretary_alone(on, cast, walk):
    document = walk("unit")
    with pytest.raises(Refused, match="秘书"):
        slips.switch_urging(document.slip, cast.drafter, on=False)
    slips.switch_urging(document.slip, cast.secretary, on=False)
    on(17)
    assert slips.urge_due() == 0
    slips.switch_urging(document.slip, cast.secretary, on=True)
    assert slips.urge_due() == 1
    assert [e.detail for e in Entry.objects.filter(verb="slips.switch_urging")] == [{"on": False}, {"on": True}]


def test_the_screens_of_the_secretary_set_and_switch(on, cast, walk, desk, government):
    document, secretary = walk("unit"), desk("secretary")
    page = secretary.get("/slips/urging/").content.decode()
    assert "云岭县人民政府" in page and "天数为本县约定" in page and "中国共产党" not in page
    given = {f"YL003-{code}_{kind}": n for code, n in (("overdue", 3), ("due", 1), ("waiting", 4)) for kind in ("days", "urgent")}
    assert secretary.post("/slips/urging/", {"organ": "YL003", **given, "YL003-due_days": "x"}).status_code == 422
    assert secretary.post("/slips/urging/", {"organ": "YL001", **given}).status_code == 404
    assert secretary.post("/slips/urging/", {"organ": "YL003", **given}).status_code == 302
    assert slip_queries.numbers_of("YL003") == {"overdue": (3, 3), "due": (1, 1), "waiting": (4, 4)}
    assert secretary.post("/slips/urging/", {"organ": "YL003", "do": "county"}).status_code == 302 and not Urging.objects.exists()
    assert "本件不自动催办" in secretary.get(f"/documents/{document.code}/").content.decode()
    assert secretary.post(f"/slips/urging/{document.slip.pk}/", {"on": "0"}).url == f"/documents/{document.code}/"
    assert "恢复自动催办" in secretary.get(f"/documents/{document.code}/").content.decode()
    assert desk("drafter").get("/slips/urging/").status_code == 403
    assert desk("outside_secretary").post(f"/slips/urging/{document.slip.pk}/", {"on": "1"}).status_code == 404


def test_another_matters_slip_has_its_own_climb_and_is_not_urged_here(on, cast, walk):
    document = walk("unit")
    type(document.slip).objects.update(kind="")
    on(30)
    assert slips.urge_due() == 0


def test_a_thousand_lines_are_looked_at_in_the_same_few_queries(on, cast, walk):
    walk("unit")
    on(15)
    with CaptureQueriesContext(connection) as alone:
        assert slips.urge_due() == 0
    on(14)
    for _ in range(3):
        walk("unit")
    on(15)
    with CaptureQueriesContext(connection) as more:
        assert slips.urge_due() == 0
    assert len(more) == len(alone)


def test_the_secretary_of_the_office_keeps_the_governments_papers(cast, government):
    assert slip_queries.secretaries(government) == [cast.secretary]
    assert slip_queries.keeps(cast.secretary, "YL003") and not slip_queries.keeps(cast.outside_secretary, "YL003")
    assert slip_queries.county_leaders() == {cast.head.pk, cast.deputy.pk}
