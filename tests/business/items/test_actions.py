import json

import pytest

from zhengtong.business.items import actions, demo, queries
from zhengtong.business.items.models import Examiner, Item
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.forms.rules import fields_of, materials_of
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused

ROWS = json.loads(demo.SHEET.read_text(encoding="utf-8"))


@pytest.fixture
def organs(db):
    codes = {row["organ"] for row in ROWS} | {"YL160"} | {code for row in ROWS for code, _task in row["examiners"]}
    return {code: Organ.objects.create(code=code, name=f"机关{code}", kind="department") for code in sorted(codes)}


def values(**changed):
    row = {k: v for k, v in ROWS[0].items() if k not in ("organ", "window", "examiners")}
    return row | changed


def test_the_demo_plants_whole_guides_and_a_second_run_changes_nothing(organs):
    assert len(demo.plant()) == len(ROWS) >= 8
    assert len(queries.guides()) == len(ROWS)
    entries = Entry.objects.count()
    assert demo.plant() == [] and Entry.objects.count() == entries


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_every_demo_form_is_a_form(row):
    assert fields_of(row["fields"]) and materials_of(row["materials"])


def test_a_guide_carries_what_page_and_form_need(organs):
    demo.plant()
    guide = queries.guides()[0]
    assert json.loads(json.dumps(guide, ensure_ascii=False)) == guide
    assert [e["organ"] for e in guide["examiners"]] == ["机关YL154", "机关YL149"]


def test_changing_an_item_replaces_its_departments_and_leaves_one_entry(organs):
    actions.save(values(), organs["YL160"], organs["YL160"], [(organs["YL154"], "核查")], by=None)
    actions.save(values(name="新名"), organs["YL160"], organs["YL160"], [(organs["YL149"], "核查")], by=None)
    assert Item.objects.get().name == "新名" and Examiner.objects.get().organ == organs["YL149"]
    assert list(Entry.objects.values_list("verb", flat=True)) == ["items.create", "items.change"]


@pytest.mark.parametrize(
    "changed",
    [{"promised_days": 30}, {"fields": []}, {"fields": [{"key": "name", "what": 1}]}, {"materials": [{"key": "inside", "label": "x"}]}],
)
def test_a_definition_that_is_not_in_order_is_refused_and_nothing_changes(organs, changed):
    with pytest.raises(Refused):
        actions.save(values(**changed), organs["YL160"], organs["YL160"], [], by=None)
    assert not Item.objects.exists() and not Entry.objects.exists()


def test_a_published_item_never_loses_a_key_element(organs):
    actions.save(values(), organs["YL160"], organs["YL160"], [], by=None)
    actions.publish("YL-0101", by=None)
    with pytest.raises(Refused, match="设定依据"):
        actions.save(values(basis=""), organs["YL160"], organs["YL160"], [], by=None)
    assert Item.objects.get().basis


def test_a_guide_with_a_gap_is_not_published(organs):
    actions.save(values(phone=""), organs["YL160"], organs["YL160"], [], by=None)
    with pytest.raises(Refused, match="咨询电话"):
        actions.publish("YL-0101", by=None)
    assert not Item.objects.get().published and not queries.published()
