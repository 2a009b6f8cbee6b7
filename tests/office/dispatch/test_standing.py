"""撤销 and 废止 (第三十三条): void from the beginning, or from the day of repeal, told on the old document."""

from datetime import date, timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Refused
from zhengtong.office.dispatch import actions, queries
from zhengtong.office.dispatch.models import Effect
from zhengtong.office.dispatch.rules.standing import EFFECTS, Kind, Standing, effect_objection, standing, valid
from zhengtong.office.dispatch.rules.standing import Effect as Row

DAY = date(2026, 6, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_a_repealed_document_was_in_force_until_its_repeal():
    repealed = [Row(Kind.REPEAL, DAY)]
    assert [valid(repealed, day) for day in (BEFORE, DAY, AFTER)] == [True, False, False]
    assert standing(repealed, BEFORE) is Standing.IN_FORCE and standing(repealed, DAY) is Standing.REPEALED
    assert standing([Row(Kind.SUPERSEDE, DAY)], AFTER) is Standing.REPEALED


def test_an_annulled_document_never_was_in_force():
    annulled = [Row(Kind.ANNUL, DAY)]
    assert not any(valid(annulled, day) for day in (date(2020, 1, 1), BEFORE, DAY, AFTER))
    assert standing([Row(Kind.REPEAL, DAY), *annulled], BEFORE) is Standing.VOID


def test_an_amended_document_stays_in_force():
    assert standing([Row(Kind.AMEND, DAY)], AFTER) is Standing.AMENDED and valid([Row(Kind.AMEND, DAY)], AFTER)
    assert standing([], DAY) is Standing.IN_FORCE
    assert all(row.article == "第三十三条" for row in EFFECTS.values())


@pytest.mark.parametrize(("same", "relation", "issuer", "allowed"), [
    (True, Direction.NONE, OrganKind.DEPARTMENT, True), (False, Direction.UP, OrganKind.GOVERNMENT, True),
    (False, Direction.PEER, OrganKind.CONGRESS, True), (False, Direction.PEER, OrganKind.GOVERNMENT, False),
    (False, Direction.DOWN, OrganKind.TOWNSHIP, False),
])  # fmt: skip
def test_only_the_issuer_its_superior_or_the_organ_of_state_power_ends_a_document(same, relation, issuer, allowed):
    assert (effect_objection("annul", DAY, DAY, same, relation, issuer, False) is None) is allowed


def test_a_document_ends_neither_itself_nor_before_it_began():
    assert effect_objection("repeal", BEFORE, DAY, True, Direction.NONE, OrganKind.GOVERNMENT, False).field == "since"
    assert effect_objection("annul", BEFORE, DAY, True, Direction.NONE, OrganKind.GOVERNMENT, False) is None
    assert effect_objection("repeal", DAY, DAY, True, Direction.NONE, OrganKind.GOVERNMENT, True).field == "number"
    assert effect_objection("失效", DAY, DAY, True, Direction.NONE, OrganKind.GOVERNMENT, False).field == "kind"


def refused(match, verb, *args, **kwargs):
    before = Effect.objects.count(), Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == (Effect.objects.count(), Entry.objects.count(), Notice.objects.count())


@pytest.mark.django_db
def test_a_repeal_stands_on_the_old_document_and_its_receivers_are_told(county, sent, enter):
    old, new = sent(), sent("D2026-000002")
    Notice.objects.all().delete()
    later = clock.today() + timedelta(days=30)
    actions.affect(new.pk, county.dispatcher, old.number, "repeal", later)
    old = queries.standing_of(old.document)
    assert old.standing == "in_force"  # not before its day
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"shiqiao", "liuhe", "party"}
    page = enter(county.shiqiao).get(f"/received/{old.receipts.get(organ__code='YL205').pk}/").content.decode()
    assert f"已由云政发〔2026〕2号废止，自{later}起失效" in page and "之前按它办的事仍然有效" in page
    refused("已登记过", actions.affect, new.pk, county.dispatcher, old.number, "annul")


@pytest.mark.django_db
def test_an_annulment_is_seen_in_lists_and_counts_from_the_beginning(county, sent, enter):
    old, new = sent(), sent("D2026-000002")
    effect = actions.affect(new.pk, county.dispatcher, old.number, "annul", clock.today() + timedelta(days=9))
    assert effect.since == old.sent_at.astimezone(clock.ZONE).date()
    assert queries.standing_of(old.document).standing == "void"
    assert "已撤销" in enter(county.shiqiao).get("/received/").content.decode()
    client = enter(county.dispatcher)
    assert "已撤销" in client.get("/dispatch/").content.decode()
    assert "自始无效" in client.get(f"/dispatch/{old.pk}/").content.decode()
    assert old.number in client.get(f"/dispatch/{new.pk}/").content.decode()


@pytest.mark.django_db
def test_nobody_ends_another_organs_document(county, sent, pdf):
    ours = sent()
    courts = sent("D2026-000003", number="云法发〔2026〕1号", sender="YL005", by=county.court, cc=[])
    refused("没有找到", actions.affect, courts.pk, county.court, ours.number, "repeal")
    refused("没有找到", actions.affect, ours.pk, county.dispatcher, "云政发〔1999〕9号", "repeal")
    refused("没有这份文件", actions.affect, ours.pk, county.court, ours.number, "repeal")
    refused("没有这份文件", actions.affect, ours.pk, county.secretary, ours.number, "repeal")
    refused("不能废止它自己", actions.affect, ours.pk, county.dispatcher, ours.number, "repeal")
