"""四性检测 (DA/T 70-2018): at filing, at transfer and every year; each run is kept with what every check found on what evidence."""

from collections.abc import Mapping, Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Checked, Finding, Fonds, Item, Run
from zhengtong.office.archive.queries import checking, packages
from zhengtong.office.archive.rules import checks

MOST = 3000  # items in one run from a screen; a larger fonds is checked at the command line
TOLD = 50  # faults kept with a finding; how many there are is kept too


@action
def check_yearly(fonds: str, by: Person | None, limit: int | None = MOST) -> Run:
    """年度检测: everything that is filed in a fonds; what can't be automated waits on the run's page for the archivist."""
    found = Fonds.objects.filter(code=fonds).first()
    if found is None or (by is not None and not queries.fonds_kept(by).filter(pk=found.pk).exists()):
        raise Refused(_("没有这个全宗"), field="fonds")
    items = list(Item.objects.filter(fonds=found, state=rules.State.FILED.value).select_related("fonds", "klass", "organ"))
    if not items:
        raise Refused(_("这个全宗还没有归档文件"))
    if limit and len(items) > limit:
        raise Refused(_("这个全宗有%(count)d件，请由管理员在服务器上运行zhengtong office archive check"), count=len(items))
    return run(checks.Stage.YEARLY, items, by, fonds=found)


@action
def run(
    stage: str,
    items: Sequence[Item],
    by: Person | None,
    *,
    fonds: Fonds | None,
    answers: Mapping[str, checks.Answer] | None = None,
    looked: checking.Looked | None = None,
    failed: Mapping[str, str] | None = None,
    expected: int | None = None,
) -> Run:
    """Make every check of the stage and keep what it found. Part of filing, of a transfer and of the yearly check."""
    of = checking.batch(items, queries.parts_of(items), {} if looked is None else looked, stage, expected)
    made = Run.objects.create(stage=stage, fonds=fonds, at=clock.now(), by=by, count=len(items), bytes=of.bytes)
    Checked.objects.bulk_create(Checked(run=made, item=item) for item in items)
    rows = [_finding(made, number, outcome) for number, outcome in checking.outcomes(stage, of, failed).items()]
    rows += [_answered(made, number, answer, by) for number, answer in (answers or {}).items()]
    Finding.objects.bulk_create(rows)
    bad = [row.code for row in rows if row.result == checks.Result.BAD]
    chain = items[0].organ.code if items and items[0].organ else ""
    record(by, "archive.check", f"archive.run:{made.pk}", {"stage": stage, "items": len(items), "failed": bad}, organ=chain)
    return made


def _finding(made: Run, number: str, outcome: checks.Outcome) -> Finding:
    faults = [list(fault) for fault in outcome.faults]
    evidence = {"said": outcome.said, "params": dict(outcome.params), "faults": faults[:TOLD], "count": len(faults)}
    code = f"{checks.PREFIX[checks.Stage(made.stage)]}-{number}"
    return Finding(run=made, code=code, result=outcome.result.value, evidence=evidence, at=made.at)


def _answered(made: Run, number: str, answer: checks.Answer, by: Person | None) -> Finding:
    code = f"{checks.PREFIX[checks.Stage(made.stage)]}-{number}"
    return Finding(run=made, code=code, result=answer.result, evidence={"note": answer.note.strip()[:200]}, by=by, at=clock.now())


@action
def answer(run_: int, answers: Mapping[str, checks.Answer], by: Person) -> Run:
    """回答人工检测项: everything that is still asked, at once; an answer stands."""
    made = Run.objects.select_for_update(of=("self",)).filter(pk=run_, fonds__in=queries.fonds_kept(by)).first()
    if made is None:
        raise Refused(_("没有这次检测"))
    wanted = {check.number for check in checking.open_questions(made)}
    if not wanted:
        raise Refused(_("这次检测已全部回答"))
    if no := checks.answers_objection(made.stage, answers):
        raise packages.heard(no)
    rows = [_answered(made, number, given, by) for number, given in answers.items() if number in wanted]
    Finding.objects.bulk_create(rows)
    record(by, "archive.answer", f"archive.run:{made.pk}", {"answers": {row.code: row.result for row in rows}})
    return made


def objection(made: Run) -> Objection | None:
    """The first check of a run that does not hold, with its item and what is wrong; None when nothing stands against going on."""
    for one in checking.shown(made):
        if one.finding is None:
            return Objection(_("%(code)s还没有回答：%(what)s"), {"code": one.code, "what": one.check.what}, code="open")
        if one.finding.result == checks.Result.BAD:
            return _told(one)
    return None


def _told(one: checking.Shown) -> Objection:
    assert one.finding
    faults = one.finding.evidence.get("faults") or [["", one.finding.evidence.get("note", "")]]
    where = "；".join(" ".join(part for part in fault if part) for fault in faults[:3])
    return Objection(
        _("四性检测%(code)s“%(name)s”不合格：%(where)s"), {"code": one.code, "name": one.check.name, "where": where}, code=one.code
    )
