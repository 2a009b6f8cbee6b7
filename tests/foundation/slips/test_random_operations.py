"""Over any run of operations: whoever has an entry in his list is really due, and nobody else has one."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.slips import actions, queries
from zhengtong.foundation.slips.models import Line, Urge
from zhengtong.foundation.slips.rules import (
    SETTLED,
    LineState,
    Row,
    StageRow,
    Template,
    added,
    completed,
    objection,
    patterns,
    returned,
    settle,
    stopped,
    withdrawn,
)  # fmt: skip

from .test_actions import bureau  # noqa: F401


class Paper(RuleBasedStateMachine):
    """A slip under whatever people do to it."""

    @initialize(sizes=st.lists(st.integers(1, 3), min_size=1, max_size=5))
    def begin(self, sizes):
        self.key, rows = 0, []
        for order, size in enumerate(sizes, start=1):
            for _ in range(size):
                self.key += 1
                rows.append(Row(self.key, order, f"s{order}"))
        self.rows = settle(rows)

    def stored(self, plan):
        """New rows get their keys, and a freshly opened row has been seen by nobody."""
        before, kept = {r.key: r for r in self.rows}, []
        for r in plan:
            if r.key < 0:
                self.key += 1
                r = Row(self.key, r.order, r.stage, r.state)
            elif r.state == LineState.OPEN and before[r.key].state != LineState.OPEN:
                r = Row(r.key, r.order, r.stage, r.state)
            kept.append(r)
        self.rows = tuple(kept)

    def allowed(self, verb, **more):
        return [r.key for r in self.rows if not objection(verb, self.rows, r.key, **more)]

    def do(self, data, keys, plan):
        if keys:
            self.stored(plan(data.draw(st.sampled_from(keys))))

    @rule(data=st.data())
    def complete(self, data):
        self.do(data, self.allowed("complete"), lambda key: completed(self.rows, key))

    @rule(data=st.data())
    def look(self, data):
        open_ = [r.key for r in self.rows if r.state == LineState.OPEN]
        if open_:
            key = data.draw(st.sampled_from(open_))
            self.rows = tuple(Row(r.key, r.order, r.stage, r.state, r.seen or r.key == key) for r in self.rows)

    @rule(data=st.data(), straight=st.booleans(), stage=st.sampled_from(["s1", "s2", "s3", "advise"]))
    def send_back(self, data, straight, stage):
        if len(self.rows) < 60:
            keys = self.allowed("return", stage=stage)
            self.do(data, keys, lambda key: returned(self.rows, key, stage, straight=straight))

    @rule(data=st.data())
    def take_back(self, data):
        self.do(data, self.allowed("withdraw"), lambda key: withdrawn(self.rows, key))

    @rule(data=st.data(), where=st.sampled_from(["before", "after", "beside"]))
    def add(self, data, where):
        if len(self.rows) < 60:
            self.do(data, self.allowed("add", where=where), lambda key: added(self.rows, key, "advise", where))

    @invariant()
    def exactly_the_first_unsettled_place_is_open(self):
        left = [r for r in self.rows if r.state not in SETTLED]
        place = min((r.order for r in left), default=0)
        assert {r.key for r in self.rows if r.state == LineState.OPEN} == {r.key for r in left if r.order == place}

    @invariant()
    def nobody_beyond_the_open_place_has_seen_or_done_anything(self):
        place = min((r.order for r in self.rows if r.state not in SETTLED), default=10**9)
        assert not [r for r in self.rows if r.order > place and r.state in (LineState.OPEN, LineState.DONE, LineState.RETURNED)]

    @invariant()
    def it_can_be_brought_to_its_end(self):
        rows, steps = self.rows, 0
        while open_ := [r.key for r in rows if r.state == LineState.OPEN]:
            rows, steps = completed(rows, open_[0]), steps + 1
            assert steps <= len(self.rows)
        assert all(r.state in SETTLED for r in rows)
        assert all(r.state in SETTLED for r in stopped(self.rows))


TestRandomOperations = Paper.TestCase
TestRandomOperations.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_on_the_real_database_no_list_ever_holds_a_dead_entry(bureau, seed, monkeypatch):  # noqa: F811
    monkeypatch.setitem(patterns.KINDS, "trial", patterns.Kind("trial", "试行", (), (), ()))
    at = [datetime(2026, 9, 14, 9, tzinfo=clock.ZONE)]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    people = {name: bureau[name] for name in ("writer", "first", "second", "chief")}
    rows = [StageRow(f"s{n}", f"第{n}步", "", "", person=p.code, beside=n == 3) for n, p in enumerate(people.values(), start=1)]
    slip = actions.begin(Template("trial", 1, tuple(rows), "trial"), f"T2026-{seed}", "试行", bureau["writer"], organ="YL900")
    chance = random.Random(seed)
    for _ in range(40):
        lines = [x.row() for x in slip.lines.all()]
        at[0] += timedelta(hours=chance.choice([1, 20, 70]))
        actions.urge_due()  # the machine reminds between all that people do
        verb = chance.choice(["complete", "complete", "return", "withdraw", "add", "delegate"])
        stage, where = chance.choice(["s1", "s2"]), chance.choice(["before", "after", "beside"])
        can = [x for x in slip.lines.all() if not objection(verb, lines, x.pk, stage=stage, where=where)]
        if not can or (verb in ("add", "return") and len(lines) > 30):
            continue
        line, other = chance.choice(can), chance.choice(list(people.values()))
        match verb:
            case "complete":
                actions.complete(line, line.person)
            case "return":
                actions.return_to(line, line.person, stage, "请改", straight=chance.random() < 0.5)
            case "withdraw":
                actions.withdraw(line, line.done_by)
            case "add":
                actions.add_line(line, line.person, StageRow("advise", "加签", person=other.code), where)
            case "delegate" if other != line.person:
                actions.delegate(line, line.person, other)
        left = slip.lines.exclude(state__in=[s.value for s in SETTLED])
        place = min(left.values_list("order", flat=True), default=0)
        listed = {x.pk for p in people.values() for x in queries.todo(p)}
        assert listed == set(left.filter(order=place).values_list("pk", flat=True))
        assert not Line.objects.filter(state="open").exclude(pk__in=listed).exists()
        unread = Notice.objects.filter(read_at__isnull=True, subject__startswith="slips.line:")
        assert {(n.person, n.subject) for n in unread} <= {(x.person, actions.line_name(x)) for x in Line.objects.filter(state="open")}
    urged = list(Urge.objects.values_list("line", "day"))
    assert urged and len(set(urged)) == len(urged), "at most once a day"
    assert Entry.objects.filter(verb="slips.urge", actor_kind="system").count() == len(urged)
