"""An organ's own templates of its slips: kept, refused at the row, published as versions, followed by new papers only."""

import itertools

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.audit.models import Entry as Logged
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.queries import todo_count
from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.slips.rules.patterns import Entry
from zhengtong.office.documents import actions
from zhengtong.office.documents.rules import steps

from .conftest import PIN

pytestmark = pytest.mark.django_db
ROWS = {entry.stage: entry for entry in steps.OUTGOING.entries}
LEGAL = Entry("advise", "合法性审核", "organ_head", days=2)


def rows(*stages):
    return tuple(ROWS[stage] if isinstance(stage, str) else stage for stage in stages)


SHORT = rows("draft", "consult", LEGAL, "office", "sign", "recheck", "number", "typeset", "dispatch")


@pytest.fixture
def publish(cast, government):
    def publish(entries, key=0, kind="outgoing", by=None):
        return slips.publish_pattern(government, kind, entries, by or cast.secretary, note="试行", key=key)

    return publish


def refused(match, verb, *args, **more):
    before = (list(Pattern.objects.order_by("pk").values()), Logged.objects.count())
    with pytest.raises(Refused, match=match):
        verb(*args, **more)
    assert (list(Pattern.objects.order_by("pk").values()), Logged.objects.count()) == before


def test_new_papers_go_by_the_new_version_and_those_on_their_way_stay_on_theirs(cast, walk, publish, government):
    old = walk("office")
    before = list(old.slip.lines.order_by("pk").values())
    assert (old.slip.version, old.slip.pattern, old.slip.kind) == (1, None, "outgoing")
    first = publish(SHORT)
    new = walk("draft")
    assert [line.stage for line in new.slip.lines.all()] == [e.stage for e in SHORT]
    assert (new.slip.version, new.slip.pattern) == (1, first)
    second = publish(SHORT[:2] + SHORT[3:])
    assert (second.version, queries.pattern_of("outgoing", government)) == (2, second)
    new.refresh_from_db()
    assert (new.slip.pattern, new.slip.lines.filter(stage="advise").count()) == (first, 1)
    assert list(old.slip.lines.order_by("pk").values()) == before


def test_a_paper_walks_the_organs_own_way_to_its_end(cast, walk, publish):
    publish(SHORT)
    code = walk("draft").code
    assert actions.submit(code, cast.drafter).state == "consult"
    assert actions.skip_consultation(code, cast.drafter, "不涉及其他部门").state == "office"
    assert todo_count(cast.director) == 1 and todo_count(cast.reviewer) == 0
    legal = queries.todo(cast.director).get()
    assert legal.label == "合法性审核" and legal.due > legal.opened_at.date()
    assert actions.advise(code, cast.director, "agree", "内容合法").state == "office"
    assert actions.review_office(code, cast.reviewer).state == "signing"
    assert actions.sign(code, cast.head, PIN).state == "recheck"
    actions.recheck(code, cast.reviewer)
    for verb in (actions.number, actions.typeset, actions.dispatch):
        state = verb(code, cast.registrar, PIN).state
    assert state == "issued"


def test_two_deputies_approve_side_by_side_and_the_signer_waits_for_both(cast, walk, publish, government):
    second = Person.objects.create(code="YLP09999", name="second")
    post = Post.objects.create(code="YL003-P99", organ=government, title="副县长")
    Holding.objects.create(person=second, post=post)
    named = Entry("deputy", "分管副县长", "", post=post.code, beside=True)
    with pytest.raises(Refused, match="没有办理"):
        publish(rows("draft", "consult", "office", "deputy", Entry("deputy", "分管副县长", "deputy_head", post=post.code, beside=True),
                     "sign", "recheck", "number", "typeset", "dispatch"))  # fmt: skip
    publish(rows("draft", "consult", "office", "deputy", named, "sign", "recheck", "number", "typeset", "dispatch"))
    code = walk("draft").code
    actions.submit(code, cast.drafter)
    actions.skip_consultation(code, cast.drafter, "不涉及")
    assert actions.review_office(code, cast.reviewer).state == "deputy"
    assert actions.approve_deputy(code, second).state == "deputy"
    assert todo_count(cast.head) == 0 and todo_count(second) == 0
    assert actions.approve_deputy(code, cast.deputy).state == "signing"


def test_whoever_holds_the_post_has_the_line_and_his_successor_after_him(cast, walk, publish):
    post = cast.director.main_post
    publish(
        rows("draft", "consult", Entry("advise", "主任把关", post=post.code), "office", "sign", "recheck", "number", "typeset", "dispatch")
    )
    code = walk("draft").code
    actions.submit(code, cast.drafter)
    actions.skip_consultation(code, cast.drafter, "不涉及")
    assert (todo_count(cast.director), queries.handlers(queries.todo(cast.director).get())) == (1, [cast.director])
    Holding.objects.filter(post=post).update(until="2020-01-01")
    Holding.objects.create(person=cast.archivist, post=post, main=False)
    assert (todo_count(cast.director), todo_count(cast.archivist)) == (0, 1)
    Post.objects.filter(pk=post.pk).update(until="2020-01-01")
    assert walk("draft").slip.lines.get(stage="advise").role == "secretary"  # an abolished post stops no paper


@pytest.mark.parametrize(
    ("entries", "match"),
    [
        (rows("draft", "unit", "consult", "deputy", "sign", "recheck", "number", "typeset", "dispatch"), "办公室审核.*第二十条"),
        (rows("draft", "unit", "consult", "office", "number", "sign", "recheck", "typeset", "dispatch"), "第二十五条"),
        (rows("draft", "unit", "consult", "office", "sign", LEGAL, "recheck", "number", "typeset", "dispatch"), "不再征求意见.*第二十二条"),
        (rows("draft", "unit", "office", "sign", "recheck", "number", "typeset", "dispatch"), "确定会签.*第十九条"),
        (
            rows(
                "draft",
                "consult",
                Entry("advise", "某", "", post="YL102-P015"),
                "office",
                "sign",
                "recheck",
                "number",
                "typeset",
                "dispatch",
            ),
            "没有这个职位",
        ),
    ],
)
def test_a_template_against_the_rules_is_not_published(cast, publish, entries, match):
    refused(match, publish, entries)


def test_only_the_organs_own_secretary_keeps_its_templates(cast, government):
    for by in (cast.outside_secretary, cast.drafter, cast.head):
        refused("秘书", slips.publish_pattern, government, "outgoing", SHORT, by)
        refused("秘书", slips.keep_pattern, government, "outgoing", SHORT, by)
    refused("秘书", slips.publish_pattern, government, "unknown", SHORT, cast.secretary)
    assert [o.code for o in queries.organs_kept(cast.secretary)] == ["YL003", "YL130"]
    assert [o.code for o in queries.organs_kept(cast.outside_secretary)] == ["YL001", "YL102"]


def test_a_draft_may_be_unfinished_and_is_not_overwritten_unseen(cast, government, publish):
    half = rows("draft", "sign")
    draft = slips.keep_pattern(government, "outgoing", half, cast.secretary)
    assert queries.entries_for("outgoing", government) == steps.OUTGOING.entries
    refused("改动", slips.keep_pattern, government, "outgoing", SHORT, cast.secretary, key=0)
    refused("改动", publish, SHORT, key=0)
    assert publish(SHORT, key=draft.key).version == 1
    refused("没有不同", publish, SHORT)
    refused("没有草稿", slips.drop_pattern, government, "outgoing", cast.secretary)
    slips.keep_pattern(government, "outgoing", half, cast.secretary)
    slips.drop_pattern(government, "outgoing", cast.secretary)
    assert Pattern.objects.filter(version=None).count() == 0


def test_each_publication_is_in_the_log_with_its_rows(cast, publish):
    publish(SHORT)
    entry = Logged.objects.get(verb="slips.publish_pattern")
    assert (entry.chain, entry.detail["version"], entry.detail["was"]) == ("YL003", 1, 0)
    assert [row["stage"] for row in entry.detail["rows"]] == [e.stage for e in SHORT]


def test_the_database_itself_keeps_a_published_version(cast, publish):
    made = publish(SHORT)
    for change in (lambda: Pattern.objects.filter(pk=made.pk).update(note="x"), lambda: Pattern.objects.filter(pk=made.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Pattern.objects.get().note == "试行"


def test_the_classified_network_has_no_templates_of_its_own(cast, publish, settings):
    settings.CLASSIFIED = True
    refused("涉密网络", publish, SHORT)


STAGES = [e.stage for e in steps.OUTGOING.entries] + ["advise", "advise", "deputy"]


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.booleans()), max_size=14) | st.permutations([(s, False) for s in STAGES]))
def test_every_lawful_order_is_known_to_the_rule_books_steps(drawn):
    entries = [Entry(s, "某", steps.OUTGOING.stage(s).roles[0], beside=b) for s, b in drawn]
    walkable(entries)


@given(st.data())
def test_every_variation_of_the_countys_order_that_passes_can_be_walked(data):
    kept = [e for e in steps.OUTGOING.entries if steps.OUTGOING.stage(e.stage).must or data.draw(st.booleans())]
    entries = list(kept)
    for _n in range(data.draw(st.integers(0, 4))):
        stage = data.draw(st.sampled_from(["advise", "deputy"]))
        at, beside = data.draw(st.integers(0, len(entries))), data.draw(st.booleans())
        entries.insert(at, Entry(stage, "某", steps.OUTGOING.stage(stage).roles[0], beside=beside))
    walkable(entries)


def walkable(entries):
    """Where the rule book has nothing against the order, each stage's state leads to the next by a row of STEPS."""
    if patterns.objections(steps.OUTGOING, entries):
        return
    states = [steps.STAGES[e.stage] for e in entries if e.stage != "advise"]
    known = {(s.source, s.target) for s in steps.STEPS}
    assert all(pair in known for pair in itertools.pairwise(states)), states


def test_the_countys_own_rows_keep_its_rules():
    for kind in patterns.KINDS.values():
        assert patterns.objections(kind, kind.entries) == []
        assert all(stage.article for stage in kind.stages) and all(order.article and order.said for order in kind.orders)
        assert {order.first for order in kind.orders} | {order.then for order in kind.orders} <= {stage.code for stage in kind.stages}
    assert set(patterns.KINDS) == {"outgoing", "incoming", "release"}


def test_other_organs_stay_with_the_countys_template(cast, publish, content):
    publish(SHORT)
    office = Organ.objects.get(code="YL130")
    document = actions.draft(content, cast.drafter, organ=office)
    assert document.slip.pattern is None and document.slip.lines.count() == 10
