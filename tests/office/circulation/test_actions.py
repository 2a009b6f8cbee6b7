"""A paper before its readers: everybody on the list and nobody else, whatever happens to the paper."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import actions, queries
from zhengtong.office.circulation.models import Circulation, Reading

pytestmark = pytest.mark.django_db
NAMES = ("dispatcher", "drafter", "archivist", "shiqiao")


@pytest.fixture
def circulate(county):
    def begin(*readers, paper="S2026-000001", **change):
        values = {"organ": county.organs["YL130"], "origin": "incoming", "title": "关于做好防汛工作的通知", "number": "云州政发〔2026〕3号"}
        return actions.circulate(paper, county.secretary, [r.code for r in readers], **{**values, **change})

    return begin


def refused(match, verb, *args, **kwargs):
    before = list(Reading.objects.values()), list(Circulation.objects.values()), Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == (list(Reading.objects.values()), list(Circulation.objects.values()), Entry.objects.count(), Notice.objects.count())


def test_a_paper_stands_in_the_lists_of_its_readers_until_they_confirm(county, circulate):
    begun = circulate(county.drafter, county.archivist)
    assert [r.circulation for r in queries.mine(county.drafter)] == [begun]
    actions.read(begun.pk, county.drafter, "已知悉")
    assert not queries.mine(county.drafter).exists()
    assert [r.remark for r in queries.mine(county.drafter, "read")] == ["已知悉"]
    assert queries.mine_count(county.archivist) == 1
    refused("已确认阅毕", actions.read, begun.pk, county.drafter)


def test_nobody_confirms_for_another(county, circulate):
    begun = circulate(county.drafter)
    refused("没有这份传阅件", actions.read, begun.pk, county.archivist)
    refused("没有这份传阅件", actions.read, 999, county.archivist)


def test_only_the_organs_own_keeper_lets_a_paper_circulate(county, circulate):
    refused("没有传阅文件的职责", actions.circulate, "S1", county.drafter, [county.archivist.code],
            organ=county.organs["YL130"], origin="incoming", title="通知")  # fmt: skip
    refused("没有传阅文件的职责", actions.circulate, "S1", county.party, [county.archivist.code],
            organ=county.organs["YL130"], origin="incoming", title="通知")  # fmt: skip
    begun = circulate(county.drafter)
    refused("没有这份传阅件", actions.add, begun.pk, county.party, [county.archivist.code])
    refused("没有这份传阅件", actions.urge, begun.pk, county.party)
    refused("请写明传阅给谁", circulate)


def test_who_is_taken_off_has_it_no_more_and_may_be_put_on_again(county, circulate):
    begun = circulate(county.drafter, county.archivist)
    row = queries.mine(county.drafter).get()
    refused("请写明理由", actions.remove, row.pk, county.secretary, " ")
    actions.remove(row.pk, county.secretary, "误送")
    assert not queries.mine(county.drafter).exists() and not queries.papers_of(county.drafter).exists()
    assert not Notice.objects.filter(person=county.drafter, read_at__isnull=True).exists()
    refused("已不在传阅名单", actions.remove, row.pk, county.secretary, "误送")
    refused("没有这份传阅件", actions.read, begun.pk, county.drafter)
    actions.add(begun.pk, county.secretary, [county.drafter.code, county.archivist.code])
    assert queries.mine_count(county.drafter) == 1 and queries.mine_count(county.archivist) == 1
    assert begun.readings.count() == 3


def test_a_recall_takes_it_from_every_list_and_keeps_what_was_read(county, circulate):
    begun = circulate(county.drafter, county.archivist)
    actions.read(begun.pk, county.drafter)
    assert actions.recall(begun.paper, county.secretary, "来文撤回") == 1
    assert not queries.mine(county.archivist).exists() and not queries.mine(county.drafter, "read").exists()
    assert not Notice.objects.filter(subject__startswith="reading:", read_at__isnull=True).exists()
    assert begun.readings.filter(read_at__isnull=False, removed_at__isnull=False).count() == 1
    refused("已收回", actions.urge, begun.pk, county.secretary)
    assert actions.recall(begun.paper, county.secretary, "来文撤回") == 0
    circulate(county.drafter)
    assert queries.mine_count(county.drafter) == 1 and queries.mine_count(county.archivist) == 0


def on(monkeypatch, day, hour=10):
    """Let it be that day."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def test_overdue_readers_are_urged_by_the_machine_every_second_working_day(county, circulate, monkeypatch):
    on(monkeypatch, date(2026, 9, 14))  # a Monday; due on Thursday the 17th
    begun = circulate(county.drafter, county.archivist)
    actions.read(begun.pk, county.archivist)
    assert actions.urge_overdue() == 0
    first = on(monkeypatch, date(2026, 9, 18))
    assert actions.urge_overdue() == 1 and actions.urge_overdue() == 0
    row = queries.mine(county.drafter).get()
    assert (row.urges, row.urged_at) == (1, first)
    for day, count in ((19, 0), (20, 0), (21, 1), (22, 0)):  # a Saturday; a Sunday that is worked; the second working day; one more
        on(monkeypatch, date(2026, 9, day))
        assert (day, actions.urge_overdue()) == (day, count)
    assert Entry.objects.filter(verb="circulation.urge", actor_kind="system").count() == 2
    assert [c.pk for c in queries.overdue(county.secretary)] == [begun.pk]


def test_a_county_leader_who_has_not_read_is_left_to_the_secretary(county, circulate, monkeypatch):
    head = Person.objects.create(code="YLP00901", name="县长")
    post = Post.objects.create(code="YL003-P901", organ=county.organs["YL003"], title="县长")
    Holding.objects.create(person=head, post=post, main=True)
    Grant.objects.create(post=post, role="principal_head", at=clock.now(), granted_by="test")
    Organ.objects.filter(code="YL003").update(level="county")
    on(monkeypatch, date(2026, 9, 14))
    circulate(head)
    on(monkeypatch, date(2026, 9, 18))
    assert actions.urge_overdue() == 1 and actions.urge_overdue() == 0
    assert queries.mine(head).get().urges == 0
    assert Notice.objects.filter(person=head, text__contains="尽快阅").count() == 0
    assert "县长" in Notice.objects.get(person=county.secretary, text__contains="领导同志").sentence


def test_the_limit_is_three_working_days_and_one_when_urgent(county, circulate):
    plain, urgent = circulate(county.drafter), circulate(county.drafter, paper="S2026-000002", urgency="urgent")
    assert plain.due > urgent.due > clock.today()


def test_a_name_is_found_in_the_organ_and_below_it(county):
    organ = county.organs["YL130"]
    assert queries.named("drafter、archivist", organ) == [county.drafter.code, county.archivist.code]
    with pytest.raises(Refused, match="没有“无此人”"):
        queries.named("无此人", organ)


def test_pages_show_who_has_read_and_take_the_confirmation(county, circulate, enter, pdf):
    begun = circulate(county.drafter, county.archivist, sheets=[(pdf, "通知.pdf")])
    reader = enter(county.drafter)
    assert "关于做好防汛工作的通知" in reader.get("/circulation/").content.decode()
    shown = reader.get(f"/circulation/{begun.pk}/").content.decode()
    assert f"/circulation/{begun.pk}/files/0/1.png" in shown and "确认阅毕" in shown
    assert reader.get(f"/circulation/{begun.pk}/files/0/1.png").content.startswith(b"\x89PNG")
    assert b"".join(reader.get(f"/circulation/{begun.pk}/files/0/").streaming_content).startswith(b"%PDF")
    assert "已确认阅毕" in reader.post(f"/circulation/{begun.pk}/read/", {"remark": "阅"}, follow=True).content.decode()
    keeper = enter(county.secretary)
    assert "1／2" in keeper.get("/circulation/kept/").content.decode()
    assert "已催阅1人" in keeper.post(f"/circulation/{begun.pk}/urge/", follow=True).content.decode()
    keeper.post(f"/circulation/{begun.pk}/add/", {"others": "dispatcher"})
    assert queries.mine_count(county.dispatcher) == 1
    row = queries.mine(county.archivist).get()
    keeper.post(f"/circulation/{begun.pk}/remove/{row.pk}/", {"reason": "不需再阅"})
    assert queries.mine_count(county.archivist) == 0
    assert enter(county.party).get(f"/circulation/{begun.pk}/").status_code == 404


MOVES = st.tuples(st.sampled_from(["circulate", "add", "remove", "read", "recall", "urge"]), st.integers(0, 2), st.integers(0, 1))


class TestNoDeadEntries(TestCase):
    """Over random acts: who has the paper in his list is exactly who is asked to read a paper that still circulates."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(MOVES, max_size=14))
    def test_lists_hold_what_the_acts_left(self, moves):
        from zhengtong.foundation.accounts.models import Grant
        from zhengtong.foundation.orgs.models import Holding, Person, Post

        organ = Organ.objects.create(code="YL130", name="云岭县人民政府办公室", kind="department")
        people = [Person.objects.create(code=f"P{n}", name=f"p{n}") for n in range(4)]
        post = Post.objects.create(code="P", organ=organ, title="秘书")
        Holding.objects.create(person=people[3], post=post, main=True)
        Grant.objects.create(post=post, role="secretary", at=clock.now(), granted_by="test")
        keeper, want = people[3], {"A": None, "B": None}  # paper -> reader -> read, None while it does not circulate
        for verb, who, which in moves:
            paper, person = "AB"[which], people[who]
            found = Circulation.objects.filter(paper=paper).first()
            try:
                if verb == "circulate":
                    actions.circulate(paper, keeper, [person.code], organ=organ, origin="incoming", title=paper)
                    want[paper] = {who: False, **(want[paper] or {})}
                elif verb == "recall":
                    actions.recall(paper, keeper, "收回")
                    want[paper] = None
                elif found is None:
                    continue
                elif verb == "add":
                    actions.add(found.pk, keeper, [person.code])
                    want[paper].setdefault(who, False)
                elif verb == "remove":
                    row = found.readings.filter(person=person, removed_at__isnull=True).first()
                    if row:
                        actions.remove(row.pk, keeper, "撤出")
                        want[paper].pop(who)
                elif verb == "read":
                    actions.read(found.pk, person)
                    want[paper][who] = True
                else:
                    actions.urge(found.pk, keeper)
            except Refused:
                assert want[paper] is None or verb == "read"
        for n, person in enumerate(people[:3]):
            unread = {p for p, readers in want.items() if readers and readers.get(n) is False}
            assert {r.circulation.paper for r in queries.mine(person)} == unread
            told = set(Notice.objects.filter(person=person, read_at__isnull=True).values_list("link", flat=True))
            assert told == {f"/circulation/{c.pk}/" for c in Circulation.objects.filter(paper__in=unread)}
