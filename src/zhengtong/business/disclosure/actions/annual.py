"""The verbs of the annual report: begun, written, handed in, returned, approved and laid on the editors' desk, corrected."""

import json
from collections.abc import Mapping

from zhengtong.business.disclosure import counting, reporting
from zhengtong.business.disclosure.handling import desk_of, require
from zhengtong.business.disclosure.models import AnnualReport
from zhengtong.business.disclosure.rules import annual as rules
from zhengtong.business.disclosure.rules import steps
from zhengtong.business.sites.actions.laying import lay_draft
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.tree import sm3
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

FIRST = 2008  # the regulation has been in force since 1 May 2008


@action
def begin_report(organ: Organ, year: int, by: Person, *, whole: bool = False, reason: str = "") -> AnnualReport:
    """开始编写. Where an approved one stands this is a correction (更正): the next edition, with its reason."""
    require(by, steps.CLERK, organ)
    if whole and not desk_of(organ).leads:
        raise Refused(_("全县汇总的报告由政府信息公开工作主管部门编写"), field="whole")
    if not FIRST <= year <= clock.today().year:
        raise Refused(_("只能编写今年和以前年度的报告"), field="year")
    last = AnnualReport.objects.select_for_update().filter(organ=organ, whole=whole, year=year).order_by("-edition").first()
    if last and last.state != AnnualReport.APPROVED:
        raise Refused(_("这一年度的报告正在编写"), field="year")
    if last and not reason.strip():
        raise Refused(_("这一年度的报告已经审定；要更正请写明理由"), field="reason")
    made = AnnualReport(organ=organ, whole=whole, year=year, drafted_by=by)
    if last:
        made.edition, made.reason, made.entered, made.chapters = last.edition + 1, reason.strip(), last.entered, last.chapters
    else:
        organs = counting.organs_of(made)
        made.chapters = rules.first_words(made.of, year, counting.counted(organs, year, {}), counting.fees(organs, year))
    made.save()
    record(by, "disclosure.begin_report", made, {"year": year, "whole": whole, "edition": made.edition, "reason": reason}, organ=organ.code)
    return made


def _locked(pk: int, by: Person, role: str, *states: str, version: int | None = None) -> AnnualReport:
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("organ").filter(pk=pk).first()
    if found is None:
        raise Refused(_("没有这份报告"))
    require(by, role, found.organ)
    if found.state not in states:
        raise Refused(_("报告现在不能这样办理，请看最新情况"))
    if version is not None and version != found.version:
        raise Refused(_("别人刚改过这份报告，请看过最新内容再保存"))
    return found


def _save(report: AnnualReport) -> None:
    report.version += 1
    report.save()


@action
def write_report(pk: int, by: Person, entered: Mapping[str, float], chapters: Mapping[str, str], *, version: int) -> AnnualReport:
    """编写: the numbers that the house does not have, each with who entered it and when, and the text of the chapters."""
    report = _locked(pk, by, steps.CLERK, AnnualReport.DRAFT, version=version)
    changed = {}
    for code, row in rules.TABLE_2.items():
        value = entered.get(code, 0)
        if value < 0 or (row.counted and value != int(value)):
            raise Refused(_("请填写不小于0的整数") if row.counted else _("请填写不小于0的金额"), field=code)
        if value != report.entered.get(code, {}).get("value", 0):
            changed[code] = {"value": value, "by": by.code, "name": by.name, "at": clock.now().isoformat(timespec="minutes")}
    report.entered = {**report.entered, **changed}
    report.chapters = {key: chapters.get(key, "").strip() for key in rules.CHAPTERS}
    _save(report)
    told = {"entered": {code: one["value"] for code, one in changed.items()}, "chapters": sm3(_text(report.chapters))}
    record(by, "disclosure.write_report", report, told, organ=report.organ.code)
    return report


def _text(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()


@action
def hand_in_report(pk: int, by: Person) -> AnnualReport:
    """送审. What does not add up or is not written stops it."""
    report = _locked(pk, by, steps.CLERK, AnnualReport.DRAFT)
    _judge(report)
    report.state, report.returned = AnnualReport.WAITING, ""
    _save(report)
    record(by, "disclosure.hand_in_report", report, organ=report.organ.code)
    return report


def _judge(report: AnnualReport) -> None:
    if found := counting.faults(report):
        raise Refused(_("还有%(n)s处没有填好或对不上，请看标出的地方"), n=str(len(found)))


@action
def return_report(pk: int, by: Person, reason: str) -> AnnualReport:
    """退回, with the reason."""
    report = _locked(pk, by, steps.HEAD, AnnualReport.WAITING)
    if not reason.strip():
        raise Refused(_("请写明退回的理由"), field="reason")
    report.state, report.returned = AnnualReport.DRAFT, reason.strip()
    _save(report)
    record(by, "disclosure.return_report", report, {"reason": report.returned}, organ=report.organ.code)
    return report


@action
def approve_report(pk: int, account: Account, pin: str) -> AnnualReport:
    """审定: an official act. The figures are frozen with their digest, and the page goes to the editors as a draft for the site."""
    by = account.person
    if by is None:
        raise Refused(_("这份报告不由您审定"))
    report = _locked(pk, by, steps.HEAD, AnnualReport.WAITING)
    if report.drafted_by_id == by.pk:
        raise Refused(_("编写和审定不能是同一个人"))
    _judge(report)
    accounts.confirm(account, pin)
    report.frozen = rules.kept(counting.figures(report))
    report.digest = sm3(_text({"title": report.title, "chapters": report.chapters, "figures": report.frozen}))
    report.state, report.approved_by, report.approved_on = AnnualReport.APPROVED, by, clock.today()
    _save(report)
    told = {"digest": report.digest, "edition": report.edition}
    record(by, "disclosure.approve_report", report, told, organ=report.organ.code)
    title = f"{report.title}（更正）" if report.edition > 1 else report.title
    origin = f"annual:{report.organ.code}:{report.year}:{report.whole}:{report.edition}"
    lay_draft(reporting.COLUMN, title, reporting.page(report), report.of, origin)
    return report
