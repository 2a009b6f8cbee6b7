"""Groups of receivers that an organ keeps for its drafters, by its secretaries."""

from collections.abc import Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Group

from .phrases import kept_by


@action
def keep_group(by: Person, name: str, members: Sequence[str]) -> Group:
    """Write a group down under its collective name; the same name replaces it. Documents addressed by it stay as they are."""
    organ, name = kept_by(by), name.strip()
    if not name:
        raise Refused(_("请写明统称"), field="name")
    if name in orgs.groups() or orgs.organ_named(name):
        raise Refused(_("“%(name)s”在机构名录中已有，请换一个统称"), field="name", name=name)
    rows = Organ.objects.filter(code__in=members)
    if len(rows) < 2:
        raise Refused(_("一类机关至少有两个"), field="members")
    found, _new = Group.objects.update_or_create(organ=organ, name=name, defaults={"by": by, "at": clock.now()})
    found.members.set(rows)
    record(by, "documents.keep_group", found, {"name": name, "members": sorted(row.code for row in rows)}, organ=organ.code)
    return found


@action
def drop_group(by: Person, key: int) -> None:
    """Take a group of one's own organ away; documents addressed by it stay as they are."""
    organ = kept_by(by)
    found = Group.objects.filter(pk=key, organ=organ).first()
    if found is None:
        raise Refused(_("没有这个分组"))
    record(by, "documents.drop_group", found, {"name": found.name}, organ=organ.code)
    found.delete()
