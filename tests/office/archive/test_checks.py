"""Checks at filing, every year and at transfer: kept with their evidence, and what fails stands in the way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.models import Checked, Finding, Item, Moved, Run, Transfer
from zhengtong.office.archive.queries import checking, moving
from zhengtong.office.archive.rules import checks
from zhengtong.office.archive.rules.checks import Answer, Stage
from zhengtong.papers.archive import carrier
from zhengtong.papers.archive.verify import verify_folder

from .conftest import confirm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_keys")]


@pytest.fixture
def filed(county, prefile, receive, fonds):
    prefile(1)
    receive(2)
    return confirm([Choice("D2026-000001", klass="BGS"), Choice("S2026-000002", klass="BGS")], county.archivist)


def spoil(item, role):
    path = place(item.parts.get(role=role).file.sm3)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 spoilt")


def facts():
    rows = (Item, Run, Finding, Checked, Transfer, Moved)
    return [list(model.objects.order_by("pk").values()) for model in rows], Entry.objects.count()


def refused(match, verb, *args):
    before = facts()
    with pytest.raises(Refused, match=match):
        verb(*args)
    assert facts() == before


def test_filing_keeps_a_run_with_every_check_and_its_evidence(county, filed):
    run = Run.objects.get()
    assert (run.stage, run.count, run.by, str(run.fonds)) == ("filing", 2, county.archivist, "Z003 云岭县人民政府")
    shown = checking.shown(run)
    assert [one.code for one in shown] == [checks.code(check, Stage.FILING) for check in checks.of_stage(Stage.FILING)]
    assert {one.finding.result for one in shown} == {"good"} and checking.standing(run) == "good"
    first, asked = shown[0], next(one for one in shown if one.code == "GD-4-1")
    assert first.said == "查12个文件" and first.finding.by is None
    assert asked.finding.by == county.archivist
    assert run.bytes == sum(part.file.size for item in filed for part in item.parts.all())
    assert checking.runs_of(filed[0]) == [run]


def test_nothing_is_filed_before_the_questions_are_answered(county, prefile, fonds):
    prefile()
    choice = [Choice("D2026-000001", klass="BGS")]
    refused("请回答GD-2-9", actions.confirm, choice, county.archivist, {})
    no = {**checks.affirmed(Stage.FILING), "4-1": Answer("bad", "许可到期")}
    refused("GD-4-1“系统环境中安装杀毒软件”不合格：许可到期", actions.confirm, choice, county.archivist, no)


def test_a_document_that_is_filed_already_is_told_at_filing_and_does_not_block(county, filed, receive):
    receive(3, original="云州政发〔2026〕2号", document="S2026-000003")
    (item,) = confirm([Choice("S2026-000003", klass="YWL")], county.archivist)
    finding = Finding.objects.get(run=checking.runs_of(item)[0], code="GD-1-8")
    assert finding.result == "warn" and finding.evidence["faults"] == [["云政收〔2026〕3号", str(filed[0])]]


def test_the_yearly_check_finds_what_was_spoilt_and_names_item_and_part(county, filed):
    assert checking.due(county.archivist)[0].due
    spoil(filed[1], "signed")
    run = actions.check_yearly("Z003", county.archivist)
    bad = {one.code: one.finding.evidence["faults"] for one in checking.shown(run) if one.finding and one.finding.result == "bad"}
    assert bad["CQ-1-1"][0] == [str(filed[1]), "签发内容.json"] and "CQ-2-2" in bad
    assert checking.standing(run) == "bad" and not checking.due(county.archivist)[0].due
    assert Entry.objects.filter(verb="archive.check").last().detail["failed"] == sorted(bad, key=list(bad).index)


def test_what_the_archivist_is_asked_is_answered_once_and_by_him(county, filed):
    run = actions.check_yearly("Z003", county.archivist)
    assert checking.standing(run) == "open"
    open_ = {check.number for check in checking.open_questions(run)}
    assert open_ == {"3-5", "4-1", "4-7", "4-8", "4-9"}
    refused("没有这次检测", actions.answer, run.pk, checks.affirmed(Stage.YEARLY), county.partys_archivist)
    refused("请回答", actions.answer, run.pk, {}, county.archivist)
    actions.answer(run.pk, {**checks.affirmed(Stage.YEARLY), "4-9": Answer("none", "没有离线载体")}, county.archivist)
    assert checking.standing(run) == "good" and Finding.objects.get(code="CQ-4-9").evidence == {"note": "没有离线载体"}
    refused("已全部回答", actions.answer, run.pk, checks.affirmed(Stage.YEARLY), county.archivist)


def test_the_yearly_check_is_for_a_fonds_of_ones_own_that_holds_something(county, filed):
    refused("没有这个全宗", actions.check_yearly, "Z003", county.partys_archivist)
    refused("还没有归档文件", actions.check_yearly, "Z001", county.partys_archivist)
    refused("请由管理员在服务器上运行", actions.check_yearly, "Z003", county.archivist, 1)


def test_it_is_due_again_after_a_year(county, filed, monkeypatch):
    actions.check_yearly("Z003", county.archivist)
    assert not checking.due(county.archivist)[0].due
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=checks.EVERY_YEAR + 1))
    assert checking.due(county.archivist)[0].due


def test_runs_and_findings_are_only_ever_added(filed):
    for model, change in ((Run, {"count": 9}), (Finding, {"result": "none"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.last()._meta.model.objects.all()._raw_delete("default")


# -- transfer ------------------------------------------------------------------------------------------------------


@pytest.fixture
def prepared(county, filed):
    return actions.prepare("Z003", "云岭县档案馆", [str(item) for item in filed], county.archivist)


def test_a_transfer_goes_from_the_choice_to_the_archives_receipt(county, prepared, filed, tmp_path):
    code, by = prepared.code, county.archivist
    refused("不能移交", actions.hand_over, code, by)
    checked = actions.check_transfer(code, by)
    assert checking.standing(checked.run) == "open"
    refused(r"YJ-3-5还没有回答", actions.hand_over, code, by)
    actions.answer(checked.run.pk, {**checks.affirmed(Stage.TRANSFER), "4-6": Answer("none", "用移动硬盘")}, by)
    assert checking.standing(checked.run) == "good"
    refused("还没有移交，不能写出", actions.copy_out, checked, tmp_path)
    handed = actions.hand_over(code, by)
    folder = actions.copy_out(handed, tmp_path)
    assert verify_folder(folder).good and len(list(carrier.read(folder))) == 2
    assert {path.name for path in folder.iterdir()} == {"说明文件.TXT", "文件目录.XML", "电子档案", "其他"}
    refused("不能早于移交", actions.accept, code, by, clock.today() - timedelta(days=1), "馆员")
    refused("请写接收人", actions.accept, code, by, clock.today(), " ")
    assert actions.accept(code, by, clock.today(), "县档案馆 周砚").state == "accepted"
    refused("不能撤销移交", actions.drop, code, by, "x")


def test_a_failing_check_stands_in_the_way_with_its_reason(county, prepared, filed):
    spoil(filed[1], "signed")
    run = actions.check_transfer(prepared.code, county.archivist).run
    assert checking.standing(run) == "bad"
    actions.answer(run.pk, checks.affirmed(Stage.TRANSFER), county.archivist)
    refused(r"YJ-1-1“固化信息有效性”不合格：.*签发内容.json", actions.hand_over, prepared.code, county.archivist)


def test_a_carrier_that_changed_after_the_check_is_not_handed_over(county, prepared):
    run = actions.check_transfer(prepared.code, county.archivist).run
    actions.answer(run.pk, checks.affirmed(Stage.TRANSFER), county.archivist)
    (moving.folder(prepared) / "多余.txt").write_text("x")
    refused("在检测之后有变动", actions.hand_over, prepared.code, county.archivist)
    actions.check_transfer(prepared.code, county.archivist)
    refused("还没有回答", actions.hand_over, prepared.code, county.archivist)  # a new run asks anew


def test_an_item_is_in_one_transfer_until_that_is_dropped(county, prepared, filed):
    numbers = [str(filed[0])]
    refused("已在移交", actions.prepare, "Z003", "云岭县档案馆", numbers, county.archivist)
    refused("请写明理由", actions.drop, prepared.code, county.archivist, "")
    assert actions.drop(prepared.code, county.archivist, "改为明年移交").state == "dropped"
    assert actions.prepare("Z003", "云岭县档案馆", numbers, county.archivist).code != prepared.code


def test_only_the_fonds_own_archivist_moves_what_is_filed(county, filed, prefile):
    numbers = [str(item) for item in filed]
    refused("没有这个全宗", actions.prepare, "Z003", "云岭县档案馆", numbers, county.partys_archivist)
    refused("请写接收单位", actions.prepare, "Z003", "", numbers, county.archivist)
    refused("只能移交本全宗已归档的", actions.prepare, "Z003", "云岭县档案馆", [*numbers, "Z003-WS·2026-Y-0009"], county.archivist)
    refused("只能移交本全宗已归档的", actions.prepare, "Z003", "云岭县档案馆", [], county.archivist)
    made = actions.prepare("Z003", "云岭县档案馆", numbers, county.archivist)
    refused("没有这次移交", actions.check_transfer, made.code, county.partys_archivist)


def test_the_classified_network_prepares_no_transfer(county, filed, settings):
    settings.CLASSIFIED = True
    refused("刻录光盘", actions.prepare, "Z003", "云岭县档案馆", [str(filed[0])], county.archivist)
