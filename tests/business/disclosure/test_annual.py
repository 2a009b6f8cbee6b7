"""The annual report from the facts: counted, written, handed in, approved, on the editors' desk, corrected."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from tests.business.cases.conftest import PIN
from zhengtong.business.disclosure import actions, counting, reporting
from zhengtong.business.disclosure.models import AnnualReport, Contest, Desk, Request
from zhengtong.business.disclosure.rules import annual
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column, Site
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
WORDS = {"one": "总体平稳。", "five": "人手不足，已补充。", "six": "2025年没有收取信息处理费。"}


@pytest.fixture
def facts(register, at):
    """2024: one carried on. 2025: three new, two answered, one still open; one review upheld, one pending."""
    at(date(2024, 12, 30))
    old = register(came=date(2024, 12, 30))
    at(date(2025, 6, 2))
    made = [register(came=date(2025, 6, 2), **more) for more in ({}, {"applicant": "商业企业"}, {"applicant": "法律服务机构"})]
    for request, answer, day in (
        (old, "open", date(2025, 1, 8)),
        (made[0], "partly", date(2025, 7, 1)),
        (made[1], "absent", date(2026, 1, 4)),
    ):
        Request.objects.filter(pk=request.pk).update(counted_as=answer, counted_on=day)
    for number, result, decided in (("1", "upheld", date(2025, 10, 1)), ("2", "pending", None), ("3", "corrected", date(2026, 2, 1))):
        Contest.objects.create(
            request=made[0],
            number=number,
            path="review",
            body="县政府",
            docket=number,
            notified_on=date(2025, 8, 1),
            result=result,
            decided_on=decided,
        )
    at(date(2026, 1, 12))
    return made


@pytest.fixture
def site(cast):
    made = Site.objects.create(
        code="yunling", name="云岭县人民政府", domain="www.yunling.gov.cn", organ="YL130", operator="YL130",
        organiser="县政府办", contact="电话",
        identification_code="5308990001", icp="滇ICP备1号", police="滇公网安备1号", party_mark="x",
    )  # fmt: skip
    return Column.objects.create(
        site=made,
        path=reporting.COLUMN,
        name="信息公开年度报告",
        description="d",
        keywords="k",
        column_type="t",
        owner="YL130",
        period="yearly",
    )


@pytest.fixture
def report(cast, facts):
    return actions.begin_report(cast.organs["YL130"], 2025, cast.clerk)


def written(report, cast, **entered):
    return actions.write_report(report.pk, cast.clerk, entered, WORDS, version=report.version)


def approved(report, cast):
    written(report, cast, permits=12, charges=3.5)
    actions.hand_in_report(report.pk, cast.clerk)
    return actions.approve_report(report.pk, cast.accounts["head"], PIN)


def test_the_figures_come_from_the_facts(report):
    figures = counting.figures(report)

    def row(name):
        return {column: int(figures["3", name, column]) for column in annual.COLUMNS if figures["3", name, column]}

    assert row("R1") == {"person": 1, "business": 1, "legal": 1, "total": 3} and row("R2") == {"person": 1, "total": 1}
    assert row("R3") == {"person": 1, "total": 1} and row("R4") == {"person": 1, "total": 1} and row("R13") == {}
    assert row("R24") == {"person": 2, "total": 2} and row("R25") == {"business": 1, "legal": 1, "total": 2}
    assert [figures["4", "review", result] for result in annual.COLUMNS_4] == [1, 0, 0, 2, 3]
    assert report.chapters["one"].startswith("2025年，云岭县机关YL130新收政府信息公开申请3件，上年结转1件")


def test_what_is_entered_says_who_and_when_and_bad_numbers_change_nothing(report, cast):
    found = written(report, cast, permits=12, charges=3.5)
    assert found.entered["permits"]["value"] == 12 and found.entered["permits"]["by"] == cast.clerk.code
    assert counting.figures(found)["2", "charges", ""] == 3.5
    for bad in ({"permits": -1}, {"permits": 1.5}, {"charges": -0.1}):
        with pytest.raises(Refused) as no:
            written(found, cast, **bad)
        assert no.value.objection.field in bad
    with pytest.raises(Refused):
        actions.write_report(found.pk, cast.clerk, {}, WORDS, version=found.version - 1)
    found.refresh_from_db()
    assert found.entered["permits"]["value"] == 12


def test_nothing_is_handed_in_that_does_not_add_up(report, cast):
    with pytest.raises(Refused):
        actions.hand_in_report(report.pk, cast.clerk)
    written(report, cast)
    Request.objects.filter(counted_as="open").update(counted_as="", counted_on=None, received_on=date(2025, 12, 31))
    Request.objects.filter(counted_as="partly").update(counted_on=date(2024, 5, 1))  # answered before it came
    with pytest.raises(Refused, match="对不上"):
        actions.hand_in_report(report.pk, cast.clerk)
    report.refresh_from_db()
    assert report.state == AnnualReport.DRAFT


def test_only_another_person_with_his_pin_approves_and_it_goes_to_the_editors(report, cast, site):
    written(report, cast, permits=12)
    actions.hand_in_report(report.pk, cast.clerk)
    for account, pin in ((cast.accounts["clerk"], PIN), (cast.accounts["head"], "wrong")):
        with pytest.raises(Refused):
            actions.approve_report(report.pk, account, pin)
    assert not Article.objects.exists()
    found = actions.approve_report(report.pk, cast.accounts["head"], PIN)
    article = Article.objects.get()
    assert article.title == found.title == "云岭县机关YL1302025年政府信息公开工作年度报告" and not article.live
    assert article.column == site and '<th scope="row">' in article.body and "人手不足" in article.body
    assert Entry.objects.filter(verb="disclosure.approve_report").get().detail["digest"] == found.digest


def test_what_was_approved_stays_whatever_happens_and_is_corrected_by_a_further_edition(report, cast, site, facts):
    found = approved(report, cast)
    Request.objects.filter(pk=facts[2].pk).update(counted_as="repeat", counted_on=date(2025, 9, 1))
    assert counting.figures(found)["3", "R25", "total"] == 2
    with pytest.raises(Refused):
        written(found, cast)
    with pytest.raises(Refused) as no:
        actions.begin_report(cast.organs["YL130"], 2025, cast.clerk)
    assert no.value.objection.field == "reason"
    second = actions.begin_report(cast.organs["YL130"], 2025, cast.clerk, reason="漏计一件重复申请")
    assert second.edition == 2 and second.entered["permits"]["value"] == 12
    assert counting.figures(second)["3", "R25", "total"] == 1
    actions.hand_in_report(second.pk, cast.clerk)
    actions.approve_report(second.pk, cast.accounts["head"], PIN)
    assert [one.title[-4:] for one in Article.objects.order_by("pk")] == ["年度报告", "（更正）"]
    assert "漏计一件" in Article.objects.order_by("pk").last().body


def test_next_years_carried_over_must_be_what_this_one_carried_on(report, cast, site, facts, at):
    approved(report, cast)
    at(date(2027, 1, 5))
    Request.objects.filter(pk=facts[2].pk).update(counted_as="repeat", counted_on=date(2025, 9, 1))
    nearly = actions.begin_report(cast.organs["YL130"], 2026, cast.clerk)
    assert ("3", "R2", "legal") in [fault.place for fault in counting.faults(nearly)]


def test_the_whole_county_adds_its_organs_and_only_its_office_makes_it(report, cast, register, at):
    other = cast.organs["YL139"]
    with pytest.raises(Refused, match="主管部门"):
        actions.begin_report(cast.organs["YL130"], 2025, cast.clerk, whole=True)
    Desk.objects.update(leads=True)
    desk = Desk.objects.create(organ=other, unit="办公室", address="a", hours="h", phone="1", classes="c", review="r", court="c")
    Request.objects.filter(counted_as="partly").update(organ=other)
    own = actions.begin_report(desk.organ, 2025, cast.outsider)
    actions.write_report(own.pk, cast.outsider, {"permits": 5}, WORDS, version=own.version)
    written(report, cast, permits=12)
    whole = actions.begin_report(cast.organs["YL130"], 2025, cast.clerk, whole=True)
    actions.write_report(whole.pk, cast.clerk, {"permits": 1}, WORDS, version=whole.version)
    whole.refresh_from_db()
    figures = counting.figures(whole)
    assert figures["2", "permits", ""] == 18 and figures["3", "R1", "total"] == 3 and figures["3", "R4", "total"] == 1


def test_a_stranger_sees_nothing_and_changes_nothing(report, cast, enter):
    client = enter("outsider")
    for name, more in (("report", []), ("report_docx", []), ("report_requests", ["R1", "total"])):
        assert client.get(reverse(f"disclosure:{name}", args=[report.pk, *more])).status_code == 404
    for name in ("report", "hand_in_report", "return_report", "approve_report"):
        assert client.post(reverse(f"disclosure:{name}", args=[report.pk]), {"version": 1}).status_code == 404
    report.refresh_from_db()
    assert report.version == 1


def test_it_is_written_on_its_page_and_faults_stand_at_their_cells(report, cast, enter):
    client, address = enter("clerk"), reverse("disclosure:report", args=[report.pk])
    assert "处没有填好或对不上" in client.get(address).content.decode()
    values = dict.fromkeys(annual.TABLE_2, "") | WORDS | {"version": report.version}
    bad = client.post(address, values | {"permits": "-3"})
    assert bad.status_code == 422 and "总体平稳" in bad.content.decode()
    assert client.post(address, values | {"permits": "7"}).status_code == 302
    page = client.get(address).content.decode()
    assert "处没有填好" not in page and reverse("disclosure:report_requests", args=[report.pk, "R1", "total"]) in page
    behind = client.get(reverse("disclosure:report_requests", args=[report.pk, "R1", "business"])).content.decode()
    assert behind.count("<tr><td>") == 1
    assert client.get(reverse("disclosure:report_requests", args=[report.pk, "R99", "x"])).status_code == 200
    listed = client.get(reverse("disclosure:reports")).content.decode()
    assert report.title in listed and "2026-01-31" in listed


def test_it_is_begun_from_the_list_and_a_bad_year_is_said_at_its_field(cast, enter):
    client = enter("clerk")
    organ = cast.organs["YL130"].pk
    assert "只能编写" in client.post(reverse("disclosure:reports"), {"organ": organ, "year": 2030}).content.decode()
    assert client.post(reverse("disclosure:reports"), {"organ": organ, "year": 2025}).status_code == 302
    again = client.post(reverse("disclosure:reports"), {"organ": organ, "year": 2025})
    assert again.status_code == 422 and AnnualReport.objects.count() == 1


def test_the_docx_holds_chapters_and_tables_and_says_when_it_is_not_approved(report, cast):
    written(report, cast)
    report.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(reporting.docx(report))) as package:
        text = package.read("word/document.xml").decode()
    assert "未经审定" in text and text.count("<w:tbl>") == 6 and "结转下年度继续办理" in text and "人手不足" in text
