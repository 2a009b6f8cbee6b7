"""An organ's own templates: a draft, published as versions, out and in as BPMN files. What was published never changes (条例第七条)."""

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.db.models import Max

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import sm3
from zhengtong.foundation.slips import queries
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.rules import bpmn, patterns


@action
def keep_pattern(organ: Organ, kind: str, entries: Sequence[patterns.Entry], by: Person, *, note: str = "", key: int = 0) -> Pattern:
    """Keep the draft of a template; it may still break rules. `key` is the draft that the person had before him."""
    draft = _keep(organ, kind, entries, by, note, key)
    told = {"rows": len(draft.entries), "note": draft.note}
    record(by, "slips.keep_pattern", _name(organ, kind), told, organ=organ.code)
    return draft


@action
def publish_pattern(organ: Organ, kind: str, entries: Sequence[patterns.Entry], by: Person, *, note: str = "", key: int = 0) -> Pattern:
    """启用: papers begun from now on go by these rows; those on their way stay on their version."""
    draft = _keep(organ, kind, entries, by, note, key)
    if settings.CLASSIFIED:
        raise Refused(_("涉密网络不设机关模板：按知悉范围指名办理"))
    if found := queries.pattern_objections(patterns.KINDS[kind], organ, draft.rows):
        raise Refused(found[0][1])
    before = queries.pattern_of(kind, organ)
    if before and before.entries == draft.entries:
        raise Refused(_("与现行版本没有不同"))
    last = Pattern.objects.filter(organ=organ, kind=kind).aggregate(last=Max("version"))["last"] or 0
    draft.version, draft.published_by, draft.published_at = last + 1, by, clock.now()
    draft.save(update_fields=["version", "published_by", "published_at"])
    told = {"version": draft.version, "rows": draft.entries, "was": before.version if before else 0, "note": draft.note}
    record(by, "slips.publish_pattern", _name(organ, kind), told, organ=organ.code)
    return draft


@action
def drop_pattern(organ: Organ, kind: str, by: Person) -> None:
    """Throw the draft away; what is in force stays in force."""
    _secretary(organ, kind, by)
    draft = Pattern.objects.select_for_update().filter(organ=organ, kind=kind, version=None).first()
    if draft is None:
        raise Refused(_("没有草稿"))
    record(by, "slips.drop_pattern", _name(organ, kind), organ=organ.code)
    draft.delete()


@action
def export_pattern(organ: Organ, kind: str, version: int, by: Person | None) -> bytes:
    """导出: a published version as a file for other tools; 0 is the county's own. The system itself may, at the command line."""
    if by:
        _secretary(organ, kind, by)
    found = queries.sheet(kind, organ, version)
    if found is None:
        raise Refused(_("没有这一版模板"))
    data = bpmn.write(found)
    record(by, "slips.export_pattern", _name(organ, kind), {"version": version, "sm3": sm3(data)}, organ=organ.code)
    return data


@action
def import_pattern(organ: Organ, kind: str, data: bytes, by: Person, *, name: str = "", key: int = 0) -> Pattern:
    """导入: the rows of a file become the draft; `key` is the draft that the person had before him, which they replace."""
    _secretary(organ, kind, by)
    sheet = bpmn.read(data, patterns.KINDS[kind])
    draft = _keep(organ, kind, sheet.entries, by, sheet.note, key)
    told = {"rows": len(draft.entries), "file": name, "sm3": sm3(data), "from": sheet.organ, "version": sheet.version}
    record(by, "slips.import_pattern", _name(organ, kind), told, organ=organ.code)
    return draft


def _keep(organ: Organ, kind: str, entries: Sequence[patterns.Entry], by: Person, note: str, key: int) -> Pattern:
    """The draft with these rows, for the verbs of templates; `key` is the draft that the person had before him."""
    _secretary(organ, kind, by)
    Organ.objects.select_for_update().get(pk=organ.pk)  # two secretaries publish one after the other
    draft = Pattern.objects.select_for_update().filter(organ=organ, kind=kind, version=None).first()
    if (draft.key if draft else 0) != key:
        raise Refused(Objection(_("您打开之后，模板已被改动，请看过最新的再改"), code="stale"))
    draft = draft or Pattern(organ=organ, kind=kind, key=0)
    draft.entries, draft.note = [asdict(entry) for entry in entries], patterns.plain(note)
    draft.key, draft.changed_by, draft.changed_at = draft.key + 1, by, clock.now()
    draft.save()
    return draft


def _secretary(organ: Organ, kind: str, by: Person) -> None:
    """Only who keeps this organ's papers in order touches its templates."""
    if kind not in patterns.KINDS or organ.pk not in {kept.pk for kept in queries.organs_kept(by)}:
        raise Refused(_("只有本机关秘书可以调整办理单模板"))


def _name(organ: Organ, kind: str) -> str:
    """How an audit entry names an organ's template of a kind of paper."""
    return f"slips.pattern:{organ.code}/{kind}"
