"""An organ's own templates: kept as a draft, published as a version. What was published never changes (条例第七条：秘书部门负责)."""

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.db.models import Max

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.rules import patterns


@action
def keep_pattern(
    organ: Organ, kind: str, entries: Sequence[patterns.Entry], by: Person, *, note: str = "", key: int = 0, source: str = ""
) -> Pattern:
    """Keep the draft of a template; it may still break rules. `key` is the draft that the person had before him."""
    draft = _keep(organ, kind, entries, by, note, key)
    record(by, "slips.keep_pattern", _name(draft), {"rows": len(draft.entries), "note": draft.note, "source": source}, organ=organ.code)
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
    record(by, "slips.publish_pattern", _name(draft), told, organ=organ.code)
    return draft


@action
def drop_pattern(organ: Organ, kind: str, by: Person) -> None:
    """Throw the draft away; what is in force stays in force."""
    _secretary(organ, kind, by)
    draft = Pattern.objects.select_for_update().filter(organ=organ, kind=kind, version=None).first()
    if draft is None:
        raise Refused(_("没有草稿"))
    record(by, "slips.drop_pattern", _name(draft), organ=organ.code)
    draft.delete()


def _keep(organ: Organ, kind: str, entries: Sequence[patterns.Entry], by: Person, note: str, key: int) -> Pattern:
    _secretary(organ, kind, by)
    Organ.objects.select_for_update().get(pk=organ.pk)  # two secretaries publish one after the other
    draft = Pattern.objects.select_for_update().filter(organ=organ, kind=kind, version=None).first()
    if (draft.key if draft else 0) != key:
        raise Refused(Objection(_("您打开之后，模板已被改动，请看过最新的再改"), code="stale"))
    draft = draft or Pattern(organ=organ, kind=kind, key=0)
    draft.entries, draft.note = [asdict(entry) for entry in entries], note.strip()
    draft.key, draft.changed_by, draft.changed_at = draft.key + 1, by, clock.now()
    draft.save()
    return draft


def _secretary(organ: Organ, kind: str, by: Person) -> None:
    if kind not in patterns.KINDS or organ.pk not in {kept.pk for kept in queries.organs_kept(by)}:
        raise Refused(_("只有本机关秘书可以调整办理单模板"))


def _name(draft: Pattern) -> str:
    return f"slips.pattern:{draft.organ.code}/{draft.kind}"
