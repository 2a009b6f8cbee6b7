"""Changing items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.forms.rules import fields_of, materials_of
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import rules
from .models import Examiner, Implementation, Item
from .rules import implementation as listed
from .rules import sheets as tables
from .rules.integrity import Sheets, Values


@action
def save(
    values: Mapping[str, object], organ: Organ, window: Organ, examiners: Sequence[tuple[Organ, str]], by: object, *,
    version: int | None = None,
) -> Item:  # fmt: skip
    """Create or change an item by its code; a published one stays published only with a whole guide.

    `version` is the one that the person saw: a stale one is refused, 0 means that the code must be new.
    """
    if no := rules.promise_objection(int(str(values["promised_days"])), int(str(values["statutory_days"]))):
        raise Refused(no)
    try:
        fields_of(values.get("fields", []))  # type: ignore[arg-type]
        materials_of(values.get("materials", []))  # type: ignore[arg-type]
    except ValueError as error:
        raise Refused(_("表单定义有误：%(error)s"), error=str(error)) from error
    if no := next(iter(rules.form_objections(values.get("fields", []), values.get("materials", []))), None):  # type: ignore[arg-type]
        raise Refused(no)
    rest = {k: v for k, v in values.items() if k != "code"}
    now = Item.objects.select_for_update().filter(code=values["code"]).values_list("version", flat=True).first() or 0
    if version is not None and version != now:
        used = Objection(_("编码已被使用"), field="code")
        raise Refused(used if version == 0 else Objection(_("您打开之后别人改过，请对照后再保存"), code="stale"))
    item, created = Item.objects.update_or_create(
        code=values["code"], defaults={**rest, "organ": organ, "window": window, "version": now + 1}
    )
    if item.published and (no := next(iter(rules.guide_objections(rest | {"name": item.name})), None)):
        raise Refused(no)
    Examiner.objects.filter(item=item).delete()
    Examiner.objects.bulk_create(Examiner(item=item, organ=o, task=task, order=n) for n, (o, task) in enumerate(examiners))
    record(by, "items.create" if created else "items.change", item)
    return item


@action
def publish(code: str, by: object) -> Item:
    """Show an item on the portal; refused while its guide lacks a key element."""
    item = Item.objects.select_for_update().get(code=code)
    if no := next(iter(rules.guide_objections({key: getattr(item, key) for key in rules.ELEMENTS})), None):
        raise Refused(no)
    item.published = True
    item.save(update_fields=["published"])
    record(by, "items.publish", item)
    return item


@action
def withdraw(code: str, by: object, reason: str) -> Item:
    """停止受理: the item leaves the portal; cases already handed in go on."""
    if not reason.strip():
        raise Refused(_("请写明停止受理的原因"), field="reason")
    item = Item.objects.select_for_update().get(code=code)
    item.published = False
    item.save(update_fields=["published"])
    record(by, "items.withdraw", item, {"reason": reason.strip()})
    return item


def spoken(no: Objection) -> Objection:
    """The objection as one sentence in the reader's language; labels and sentences inside it are translated too."""
    params = {key: gettext(value) if isinstance(value, str) else value for key, value in no.params.items()}
    if no.code == "line":
        params["what"] = str(params["what"]) % params
    return Objection(gettext(no.text) % params if params else gettext(no.text), field=no.field)


class RowsRefused(Refused):
    """A file was refused; nothing of it was taken in. `problems` are its rows with what is wrong."""

    def __init__(self, problems: Sequence[tables.Problem]) -> None:
        super().__init__(Objection(_("有%(count)d处错误，未导入任何内容"), {"count": len(problems)}, "file"))
        self.problems = problems


@dataclass(slots=True)
class Outcome:
    """What an import does, by 实施编码."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def rehearse(rows: Sequence[tables.Entry], organ: Organ, *, claimed: bool) -> tuple[Outcome, list[tables.Problem]]:
    """What taking these rows in would do, and what stands against it; changes nothing."""
    outcome, problems = Outcome(), tables.twice(rows)
    newest = _newest([row.values.get("task_code", "") for row in rows])
    for row in rows:
        before = newest.get(row.values.get("task_code", ""))
        values, sheets = tables.laid(row, _held(before), claimed=claimed)
        held = (before.values, before.sheets, before.claimed, before.organ_id) if before else ()
        if before and (values, sheets, claimed or before.claimed, organ.pk) == held:
            outcome.same.append(before.task_code)  # also while it is under review: nothing is written
            continue
        found = _objections(before, values, sheets, organ, claimed=claimed)
        problems += [tables.Problem(row.number, no) for no in found]
        (outcome.changed if before else outcome.new).append(values.get("task_code", ""))
    return outcome, sorted(problems, key=lambda problem: problem.row)


@action
def take_in(rows: Sequence[tables.Entry], organ: Organ, by: Person | None, *, claimed: bool = False) -> Outcome:
    """Take in a list as drafts: every row or none. `claimed`: the list comes from above, its fields are the upper list's."""
    held = Implementation.objects.select_for_update().filter(task_code__in=[row.values.get("task_code", "") for row in rows])
    list(held.order_by("pk"))  # locked in one order
    outcome, problems = rehearse(rows, organ, claimed=claimed)
    if problems:
        raise RowsRefused(problems)
    newest = _newest([row.values["task_code"] for row in rows])
    for row in rows:
        before = newest.get(row.values["task_code"])
        if before is None or before.task_code in outcome.changed:
            values, sheets = tables.laid(row, _held(before), claimed=claimed)
            _write(before, values, sheets, organ, by, claimed=claimed or bool(before and before.claimed))
    return outcome


@action
def draft(values: Mapping[str, str], sheets: Sheets, organ: Organ, by: Person | None, *, seen: str = "") -> Implementation:
    """Write a row's draft; a published version gets a successor. `seen` is the version that the person had before him."""
    code = values.get("task_code", "")
    before = Implementation.objects.select_for_update().filter(task_code=code).order_by("-version").first()
    if seen != (f"{before.version}.{before.revision}" if before else ""):
        used = Objection(_("实施编码已被使用"), field="task_code")
        raise Refused(used if not seen else Objection(_("您打开之后别人改过，请对照后再保存"), code="stale"))
    if found := _objections(before, values, sheets, organ, claimed=False):
        raise Refused(spoken(found[0]))
    return _write(before, values, sheets, organ, by, claimed=bool(before and before.claimed))


@action
def submit(code: str, by: Person | None) -> Implementation:
    """提交审核: only a whole row, and what it lacks is named."""
    row = _open(code, "submit")
    if found := listed.gaps(row.values, row.sheets):
        raise Refused(spoken(found[0]))
    row.state, row.returned_because = listed.State.SUBMITTED.value, ""
    row.save(update_fields=["state", "returned_because"])
    record(by, "items.submit", row, {"version": row.version})
    return row


@action
def approve(code: str, effective: date, by: Person | None) -> Implementation:
    """审核公布 by a second person: the version takes effect on its day, by the clock; running cases keep the one before."""
    row = _open(code, "approve")
    if by is not None and row.prepared_by_id == by.pk:
        raise Refused(_("编制人不能审核自己编制的版本，请由另一人审核"))
    last = Implementation.objects.filter(task_code=code, state=listed.State.PUBLISHED).order_by("-effective_from").first()
    if no := listed.effective_objection(effective, clock.today(), last.effective_from if last else None):
        raise Refused(no)
    row.state, row.effective_from, row.reviewed_by = listed.State.PUBLISHED.value, effective, by
    row.save(update_fields=["state", "effective_from", "reviewed_by"])
    record(by, "items.approve", row, {"version": row.version, "effective_from": effective.isoformat()})
    return row


@action
def send_back(code: str, reason: str, by: Person | None) -> Implementation:
    """退回修改, with what is to be mended."""
    row = _open(code, "return")
    if not reason.strip():
        raise Refused(_("请写明退回的原因"), field="reason")
    row.state, row.returned_because = listed.State.DRAFT.value, reason.strip()[:200]
    row.save(update_fields=["state", "returned_because"])
    record(by, "items.send_back", row, {"version": row.version, "reason": row.returned_because})
    return row


def _open(code: str, verb: str) -> Implementation:
    """The version that this verb moves, locked."""
    row = Implementation.objects.select_for_update().filter(task_code=code).order_by("-version").first()
    if row is None or not listed.step(verb, row.state):
        raise Refused(_("这一版现在不能这样处理，请刷新后再看"))
    return row


def _newest(codes: Sequence[str]) -> dict[str, Implementation]:
    """The newest version of each, by 实施编码."""
    found = Implementation.objects.select_related("organ").filter(task_code__in=codes).order_by("version")
    return {row.task_code: row for row in found}


def _held(before: Implementation | None) -> tuple[Values, Sheets]:
    return (before.values, before.sheets) if before else ({}, {})


def _objections(
    before: Implementation | None, values: Values, sheets: Sheets, organ: Organ, *, claimed: bool
) -> list[Objection]:  # fmt: skip
    """All that stands against writing this over what is there."""
    found = [] if values.get("task_code") else [Objection(_("请填写实施编码"), field="task_code")]
    found += [] if values.get("task_name") else [Objection(_("请填写事项名称"), field="task_name")]
    found += listed.objections(values, sheets)
    local = values.get("local_task_code")
    if local and not Item.objects.filter(code=local).exists():
        found.append(Objection(_("没有编码为%(code)s的事项"), {"code": local}, "local_task_code"))
    if before is None:
        return found
    if before.organ_id != organ.pk:
        found.append(Objection(_("这个实施编码由%(organ)s维护"), {"organ": before.organ.name}, "task_code"))
    if before.state == listed.State.SUBMITTED:
        found.append(Objection(_("这一版正在审核，审核完才能再改"), field="task_code"))
    return found + (listed.claim_objections(before.values, values) if before.claimed and not claimed else [])


def _write(
    before: Implementation | None, values: Values, sheets: Sheets, organ: Organ, by: Person | None, *, claimed: bool
) -> Implementation:  # fmt: skip
    row = before
    if row is None or row.state == listed.State.PUBLISHED:
        number = row.version + 1 if row else 1
        row = Implementation(task_code=values["task_code"], version=number, revision=0, state=listed.State.DRAFT.value)
    row.revision += 1
    row.organ, row.prepared_by, row.claimed, row.name = organ, by, claimed, values["task_name"]
    row.item = Item.objects.filter(code=values.get("local_task_code", "")).first()
    row.values, row.sheets = dict(values), {key: [dict(line) for line in lines] for key, lines in sheets.items()}
    row.save()
    record(by, "items.draft", row, {"version": row.version, "claimed": claimed})
    return row
