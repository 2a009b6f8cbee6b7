"""Rules that need to know how organs stand to each other are told so by the directory."""

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import FormerName, Organ, Relation
from zhengtong.office.documents import queries

pytestmark = pytest.mark.django_db


def rules(cast, organ, kind, title, to, cc=(), text="现就有关事项报告如下：\n一、抓好落实"):
    issuer = Organ.objects.get(code=organ)
    return {note.rule: note.message for note in queries.unsaved(cast.drafter, issuer, kind, f"{issuer.name}{title}", text, to, cc)}


def test_an_upward_document_is_not_copied_to_a_subordinate(cast):
    asked = (cast, "YL003", "request", "关于追加经费的请示", ["云州市人民政府"])
    assert "RT-01" in rules(*asked, ["云岭县石桥镇人民政府"]) and "RT-01" in rules(*asked, ["各乡镇人民政府"])
    assert "RT-01" not in rules(*asked, ["中国共产党云岭县委员会"])


def test_who_skips_a_level_copies_the_organ_that_is_passed_over(cast):
    asked = (cast, "YL132", "report", "关于教育经费的报告", ["云州市人民政府"])
    assert "云岭县人民政府" in rules(*asked)["RT-02"]
    assert "RT-02" not in rules(*asked, ["云岭县人民政府"])
    assert "RT-02" not in rules(cast, "YL132", "report", "关于教育经费的报告", ["云岭县人民政府"])


def test_the_organ_passed_over_may_stand_under_its_short_name(cast):
    Organ.objects.filter(code="YL003").update(short_name="县政府")
    assert "RT-02" not in rules(cast, "YL132", "report", "关于教育经费的报告", ["云州市人民政府"], ["县政府"])


def test_a_department_does_not_command_a_township_but_its_governments_office_may(cast):
    asked = ("notice", "关于报送材料的通知", ["云岭县石桥镇人民政府"])
    assert "RT-07" in rules(cast, "YL132", *asked)
    assert "RT-07" not in rules(cast, "YL130", *asked)
    assert "RT-07" not in rules(cast, "YL003", *asked)
    assert "RT-07" not in rules(cast, "YL132", *asked, text="经县人民政府同意，现就有关事项通知如下：\n一、抓好落实")


def test_who_is_led_twice_copies_the_other_superior(cast):
    party = Organ.objects.get(code="YL001")
    asked = (cast, "YL132", "report", "关于教育经费的报告", ["云岭县人民政府"])
    assert "RT-11" not in rules(*asked)
    Relation.objects.create(subject=party, object=Organ.objects.get(code="YL132"), kind="dual")
    assert party.name in rules(*asked)["RT-11"]
    assert "RT-11" not in rules(*asked, [party.name])


def test_a_report_does_not_go_to_an_equal_or_down(cast):
    assert "RT-03" in rules(cast, "YL132", "report", "关于教育经费的报告", ["云岭县财政局"])
    assert "RT-03" not in rules(cast, "YL132", "letter", "关于商请支持的函", ["云岭县财政局"])


def test_a_name_that_is_no_more_is_said_with_its_successor(cast):
    bureau = Organ.objects.get(code="YL139")
    FormerName.objects.create(organ=bureau, name="云岭县财税局", until=clock.today().replace(year=2019), successor=bureau)
    issuer = Organ.objects.get(code="YL003")
    told = queries.unsaved(cast.drafter, issuer, "notice", "云岭县人民政府关于报送预算的通知", "通知如下。", ["云岭县财税局"], [])
    assert [n.fix for n in told if n.text == "云岭县财税局"] == ["云岭县财政局"]


def test_a_receiver_that_the_directory_does_not_know_is_said(cast):
    found = rules(cast, "YL003", "notice", "关于报送预算的通知", ["云岭县不存在局"])
    known = rules(cast, "YL003", "notice", "关于报送预算的通知", ["云岭县财政局"])
    assert [rule for rule in found if rule not in known]
