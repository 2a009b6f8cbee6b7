"""Traces replay to exactly the clean text: the pure functions over many histories, the actions over some, the tables for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.foundation.audit.models import Entry
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Document, Revision, Step
from zhengtong.office.documents.rules import body, traces

START = datetime(2026, 1, 5, tzinfo=UTC)
TEXTS = st.lists(st.text("甲乙丙丁一、（）1.|\\。 ", max_size=12), max_size=8).map("\n".join)
EDITS = st.lists(
    st.tuples(TEXTS, st.text("关于防火的通知", max_size=8), st.sampled_from("张李王赵"), st.sampled_from(["", "urgent"])),
    min_size=1,
    max_size=8,
)


class History:
    """A document edited by hand after hand, by the pure functions alone."""

    def __init__(self):
        self.sheets, self.steps, self.blocks, self.top = [traces.Sheet()], [], [], 0

    def edit(self, text, title, hand, urgency):
        self.blocks = body.parse(text, self.blocks, self.top)
        self.top = max([self.top, *(int(b["id"][1:]) for b in self.blocks)])
        now = traces.Sheet({"urgency": urgency}, title, tuple((b["id"], b["text"]) for b in self.blocks))
        version = len(self.sheets)
        made = [traces.Step(op, hand, START + timedelta(hours=version), version) for op in traces.steps(self.sheets[-1], now)]
        self.steps += made
        self.sheets.append(now)


def told(edits):
    history = History()
    for edit in edits:
        history.edit(*edit)
    return history


@settings(max_examples=400, deadline=None)
@given(EDITS)
def test_replaying_the_steps_gives_every_version_exactly(edits):
    history = told(edits)
    for version, sheet in enumerate(history.sheets):
        assert traces.replay(s.op for s in history.steps if s.version <= version) == sheet
    assert all(sheet == history.sheets[version] for version, sheet in traces.versions(history.steps))
    assert [version for version, _sheet in traces.versions(history.steps)] == sorted({s.version for s in history.steps})
    assert len({b["id"] for b in history.blocks}) == len(history.blocks)


@settings(max_examples=300, deadline=None)
@given(EDITS, st.integers(0, 4))
def test_the_marked_up_draft_accepted_is_the_clean_text_and_rejected_is_the_base(edits, base):
    history = told(edits)
    base = min(base, len(history.sheets) - 1)
    draft, last, first = traces.marked(history.steps, base), history.sheets[-1], history.sheets[base]
    assert traces.clean(draft) == (last.title, tuple(text for _key, text in last.blocks))
    unmarked = ["".join(p.text for p in block.pieces if not p.put) for block in (draft.title, *draft.blocks) if not block.put]
    assert unmarked == [first.title, *(text for _key, text in first.blocks)]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_comes_back_from_its_blocks(text):
    blocks = body.parse(text)
    assert [b["text"] for b in body.parse(body.text(blocks))] == [b["text"] for b in blocks] == body.units(text)


def test_what_one_wrote_and_another_struck_keeps_both_hands():
    history = told([("甲乙", "", "张", ""), ("甲新词乙", "", "李", ""), ("甲乙", "", "王", "")])
    written = [(p.text, p.put.hand, p.cut.hand) for p in traces.marked(history.steps).blocks[0].pieces if p.put]
    assert written == [("新词", "李", "王")]


def test_a_step_that_does_not_fit_is_found():
    history = told([("甲乙", "题", "张", ""), ("甲丙", "题", "李", "")])
    bent = [s.op | {"cut": "丁"} if s.op["do"] == "edit" and s.op["cut"] else s.op for s in history.steps]
    with pytest.raises(traces.Broken):
        traces.replay(bent)


def test_a_table_is_a_block_of_its_own():
    blocks = body.parse("见下表。\n|甲|乙\\|丙|\n|1|\n\n|丁|\n一、做法")
    assert [(b["kind"], b["level"]) for b in blocks] == [("para", 0), ("table", 0), ("table", 0), ("heading", 1)]
    assert body.rows(blocks[1]["text"]) == (("甲", "乙|丙"), ("1", ""))
    assert type(body.printed(body.text(blocks))[1]).__name__ == "Table"


def scribble(draw, text):
    """A text as a hand leaves it: lines struck, written, mended in any order."""
    lines = text.split("\n")
    for _time in range(draw.randint(1, 4)):
        at = draw.randrange(len(lines))
        lines[at : at + draw.randint(0, 1)] = [
            draw.choice(["二、新的一段", "|甲|乙|", lines[at][::-1], lines[at] + "补充", "（一）甲。乙"])
        ]
    return "\n".join(lines)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_actions_of_several_people_keep_steps_that_replay_to_the_stored_text(cast, content, government, seed):
    draw = Random(seed)
    document = actions.draft(content, cast.drafter, organ=government)
    stages = (
        (cast.drafter, lambda code: actions.submit(code, cast.drafter)),
        (cast.unit_head, lambda code: actions.review_unit(code, cast.unit_head)),
        (cast.drafter, lambda code: actions.skip_consultation(code, cast.drafter, "不涉及")),
        (cast.reviewer, lambda code: actions.review_office(code, cast.reviewer, reserve="随意涂改的试验文稿")),
    )
    hands = set()
    for hand, on in stages:
        for _time in range(draw.randint(0, 3) if document.state != "consult" else 0):
            text = scribble(draw, document.text)
            document = actions.save(document.code, hand, replace(content, text=text), version=document.version)
            hands |= {hand.name} if document.version > 1 else set()
        on(document.code)
        document.refresh_from_db()
    assert queries.verified(document)
    assert set(traces.hands(queries.steps(document))) <= hands
    assert [s.seq for s in document.steps.all()] == list(range(1, document.steps.count() + 1))


@pytest.mark.django_db
def test_hands_of_several_people_stand_in_the_draft_and_its_digest_in_the_audit(cast, walk, content):
    document = walk("unit")
    actions.save(document.code, cast.unit_head, replace(content, text=content.text.replace("专人", "干部")), version=1)
    document.refresh_from_db()
    assert traces.hands(queries.steps(document)) == ["unit_head"] and queries.verified(document)
    entry = Entry.objects.filter(verb="documents.save").last()
    assert entry.detail["traces"] == document.steps.last().digest
    rows = queries.beside(document, 1, 2)
    assert [("".join(m.text for m in row.left), "".join(m.text for m in row.right)) for row in rows if row.changed] == [
        ("（一）落实包片。各乡镇要明确专人包片。", "（一）落实包片。各乡镇要明确干部包片。")
    ]
    assert [(m.version, m.hand) for m in queries.timeline(queries.steps(document))] == [(1, "drafter"), (2, "unit_head")]


@pytest.mark.django_db
@pytest.mark.parametrize("table", [Step, Revision])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_trace(walk, table, verb):
    document = walk("draft")
    rows, before = table.objects.filter(document=document), list(table.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(version=9) if verb == "update" else rows._raw_delete(rows.db)
    assert list(table.objects.values()) == before


@pytest.mark.django_db
def test_a_text_changed_past_the_actions_is_found(walk):
    document = walk("draft")
    assert queries.verified(document)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET title = 'X' WHERE id = %s", [document.pk])
    assert not queries.verified(Document.objects.get())
