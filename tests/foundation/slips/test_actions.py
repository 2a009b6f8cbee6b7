"""The verbs of a slip on the real database. Every refusal also proves that nothing changed."""

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions, queries
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import StageRow, Template

pytestmark = pytest.mark.django_db
ROLES = ("auditor", "system_admin", "security_admin")  # known in every network that has people


@pytest.fixture
def bureau(db):
    """One organ with two units; a person for each role and unit."""
    organ = Organ.objects.create(code="YL900", name="云岭县档案局", kind="department")
    units = [Unit.objects.create(code=f"YL900-{n:02d}", organ=organ, name=f"{n}科") for n in (1, 2)]

    def person(number, role, unit=None):
        made = Person.objects.create(code=f"YLP9{number:04d}", name=f"人{number}")
        post = Post.objects.create(code=f"YL900-P{number:03d}", organ=organ, unit=unit, title="科员")
        Holding.objects.create(person=made, post=post)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        return made

    return {
        "writer": person(1, "auditor", units[0]),
        "first": person(2, "system_admin", units[0]),
        "second": person(3, "system_admin", units[1]),
        "chief": person(4, "security_admin"),
        "units": units,
    }


@pytest.fixture
def slip(bureau):
    """Write, then two units side by side, then the chief."""
    rows = (
        StageRow("write", "拟稿", "auditor", "YL900", person=bureau["writer"].code),
        StageRow("check", "一科核", "system_admin", "YL900", unit="YL900-01"),
        StageRow("check", "二科核", "system_admin", "YL900", unit="YL900-02", beside=True),
        StageRow("decide", "决定", "security_admin", "YL900"),
    )
    return actions.begin(Template("trial", 1, rows), "T2026-1", "试行", bureau["writer"], organ="YL900")


def facts(slip):
    return list(slip.lines.order_by("pk").values()), list(Entry.objects.values_list("hash", flat=True))


def refused(slip, match, verb, *args, **kwargs):
    before = facts(slip)
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert facts(slip) == before


def line(slip, label):
    return slip.lines.filter(label=label).latest("pk")


def waiting(bureau):
    return {who for who in ("writer", "first", "second", "chief") if queries.todo_count(bureau[who])}


def test_a_line_waits_for_its_role_in_its_unit(bureau, slip):
    assert waiting(bureau) == {"writer"}
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done")
    assert waiting(bureau) == {"first", "second"}
    refused(slip, "不由您办理", actions.complete, line(slip, "一科核"), bureau["second"])
    actions.complete(line(slip, "二科核"), bureau["second"])
    assert waiting(bureau) == {"first"}
    actions.complete(line(slip, "一科核"), bureau["first"], "disagree", "不妥")
    assert waiting(bureau) == {"chief"}
    actions.complete(line(slip, "决定"), bureau["chief"])
    slip.refresh_from_db()
    assert slip.ended_at and waiting(bureau) == set()


def test_each_act_leaves_one_entry_in_the_organs_chain(bureau, slip):
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done", "请核")
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.chain, entry.target) == ("slips.complete", "YL900", "slips.slip:T2026-1/trial")
    assert entry.detail["opinion"] == "请核" and Entry.objects.count() == 2


def test_the_same_line_is_not_done_twice_nor_with_a_stale_key(bureau, slip):
    first = line(slip, "拟稿")
    refused(slip, "已有变动", actions.complete, first, bureau["writer"], key=first.key + 7)
    actions.complete(first, bureau["writer"], "done", key=first.key)
    refused(slip, "不在办理中", actions.complete, first, bureau["writer"], "done")
    refused(slip, "意见类别", actions.complete, line(slip, "一科核"), bureau["first"], "perhaps")


def test_a_return_comes_back_to_the_very_person(bureau, slip):
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done")
    refused(slip, "理由", actions.return_to, line(slip, "一科核"), bureau["first"], "write", " ")
    refused(slip, "前面已办过", actions.return_to, line(slip, "一科核"), bureau["first"], "decide", "请改")
    actions.return_to(line(slip, "一科核"), bureau["first"], "write", "请改")
    assert waiting(bureau) == {"writer"} and queries.todo(bureau["writer"]).get().person == bureau["writer"]
    assert set(slip.lines.values_list("state", flat=True)) == {"done", "returned", "void", "open", "waiting"}
    actions.complete(queries.todo(bureau["writer"]).get(), bureau["writer"], "done")
    assert waiting(bureau) == {"first", "second"}


def test_withdrawing_before_anybody_looked(bureau, slip):
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done")
    refused(slip, "自己办理", actions.withdraw, line(slip, "拟稿"), bureau["first"])
    actions.withdraw(line(slip, "拟稿"), bureau["writer"])
    assert waiting(bureau) == {"writer"}
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done")
    actions.see(line(slip, "二科核"), bureau["chief"])
    assert line(slip, "二科核").seen_at is None, "only the handler's look counts"
    actions.see(line(slip, "二科核"), bureau["second"])
    refused(slip, "已经看过", actions.withdraw, line(slip, "拟稿"), bureau["writer"])


def test_adding_delegating_urging_and_stopping(bureau, slip):
    new = actions.add_line(line(slip, "拟稿"), bureau["writer"], StageRow("advise", "加签", "security_admin", "YL900"), "before")
    assert new.state == "open" and waiting(bureau) == {"chief"}
    actions.delegate(new, bureau["chief"], bureau["second"], "代为把关")
    assert waiting(bureau) == {"second"}
    assert actions.urge(new, bureau["writer"], "请尽快").urged == 1
    refused(slip, "不在办理中", actions.urge, line(slip, "决定"), bureau["writer"])
    actions.stop(slip, bureau["writer"], "事项撤销")
    slip.refresh_from_db()
    assert slip.ended_at and not Line.objects.filter(state__in=["open", "waiting"]).exists()


def test_a_person_who_left_the_post_has_nothing_waiting(bureau, slip):
    actions.complete(line(slip, "拟稿"), bureau["writer"], "done")
    Holding.objects.filter(person=bureau["first"]).update(until=clock.today().replace(year=2020))
    assert waiting(bureau) == {"second"}
