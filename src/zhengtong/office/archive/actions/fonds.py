"""Registering a fonds, its classes, and the plan by which classes are proposed."""

from collections.abc import Sequence

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.archive import queries, rules
from zhengtong.office.archive.models import Class, Fonds, Member, Plan
from zhengtong.office.archive.rules import retention


@action
def open_fonds(code: str, name: str, organs: Sequence[str], by: Person | None) -> Fonds:
    """登记全宗: give the organs whose records belong together their fonds number. None: planted with the demo county."""
    if no := rules.fonds_objection(code, name):
        raise Refused(no)
    members = [orgs.organ(one) for one in organs]
    if by is not None:
        mine = set(queries.kept_by(by).values_list("pk", flat=True))
        if not members or not {organ.pk for organ in members} <= mine:
            raise Refused(_("只能登记自己保管的机关"))
    known = Fonds.objects.filter(code=code).first()
    if known and known.members.exists():  # one without members came with imported packages and waits for its organ
        raise Refused(_("全宗号%(code)s已在使用"), field="code", code=code)
    if Member.objects.filter(organ__in=members).exists():
        raise Refused(_("这个机关已有全宗"), field="organ")
    fonds = known or Fonds.objects.create(code=code, name=name.strip())
    Member.objects.bulk_create(Member(fonds=fonds, organ=organ) for organ in members)
    record(by, "archive.open_fonds", fonds, {"organs": [organ.code for organ in members]})
    return fonds


@action
def add_class(fonds: str, code: str, name: str, by: Person | None) -> Class:
    """增设类目 (机构或问题). Items filed before keep their numbers."""
    found = Fonds.objects.filter(code=fonds).first()
    if found is None or (by is not None and not queries.fonds_kept(by).filter(pk=found.pk).exists()):
        raise Refused(_("没有这个全宗"), field="fonds")
    if no := rules.class_objection(code, name):
        raise Refused(no)
    if found.classes.filter(code=code).exists():
        raise Refused(_("类目代码%(code)s已在使用"), field="code", code=code)
    klass = Class.objects.create(fonds=found, code=code, name=name.strip())
    record(by, "archive.add_class", found, {"class": code, "name": klass.name})
    return klass


@action
def add_plan(fonds: str, klass: str, by_what: str, value: str, source: str, by: Person | None) -> Plan:
    """增设归类规则 (分类方案): what fits it is proposed for this class; the archivist still decides."""
    found = Class.objects.select_related("fonds").filter(fonds__code=fonds, code=klass).first()
    if found is None or (by is not None and not queries.fonds_kept(by).filter(pk=found.fonds_id).exists()):
        raise Refused(_("没有这个类目"), field="klass")
    if no := retention.plan_objection(by_what, value):
        raise Refused(no)
    if found.plan.filter(by=by_what, value=value.strip()).exists():
        raise Refused(_("已有这条归类规则"), field="value")
    row = found.plan.create(by=by_what, value=value.strip(), source=source.strip())
    record(by, "archive.add_plan", found.fonds, {"class": klass, "by": by_what, "value": row.value, "source": row.source})
    return row


@action
def drop_plan(pk: int, by: Person) -> None:
    """撤销归类规则. What was filed by it stays where it is."""
    row = Plan.objects.select_related("klass__fonds").filter(pk=pk, klass__fonds__in=queries.fonds_kept(by)).first()
    if row is None:
        raise Refused(_("没有这条归类规则"))
    told = {"class": row.klass.code, "by": row.by, "value": row.value}
    fonds = row.klass.fonds
    row.delete()
    record(by, "archive.drop_plan", fonds, told)
