"""The verbs on rooms: open one from a template, close and reopen it, choose its review, let a column gather."""

from django.db import IntegrityError, transaction

from zhengtong.business.sites import queries, rules
from zhengtong.business.sites.models import Column, Gathering, Site
from zhengtong.business.sites.queries import coverage
from zhengtong.business.sites.rules import review, rooms
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import person_of, require


def _require_cluster(by: object) -> Site:
    """The county's site; refused to everybody but its publishers."""
    person = person_of(by)
    if person is None or not accounts.holds(person, rules.Role.PUBLISHER.value):
        raise Refused(rules.ROLE_NEEDED[rules.Role.PUBLISHER])
    head = queries.sites_for(person, rules.Role.PUBLISHER).filter(main__isnull=True).first()
    if head is None:
        raise Refused(_("只有县政府门户网站的主办、承办单位可以管理子站"))
    return head


@action
def open_room(organ_code: str, template: str, path: str, by: object) -> Site:
    """开通子站: a room that holds what the standard asks from its first minute; contacts come from the directory."""
    head = Site.objects.select_for_update().get(pk=_require_cluster(by).pk)
    organ = orgs.organ(organ_code)
    taken = {first.split("/")[0] for first in Column.objects.values_list("path", flat=True)} | set(
        head.rooms.values_list("path", flat=True)
    )
    no = rooms.template_objection(template, organ.kind) or rooms.room_path_objection(path, taken, rules.RESERVED)
    if no:
        raise Refused(no)
    if head.rooms.filter(organ=organ.code).exists():
        raise Refused(_("%(organ)s已有子站"), organ=organ.name)
    plan = rooms.TEMPLATES[template]
    room = Site.objects.create(
        code=organ.code, name=organ.name, main=head, path=path, template=template, review=plan.review, opened_on=clock.today(),
        organ=organ.code, organiser=organ.name, contact=_contact(organ),
    )  # fmt: skip
    Column.objects.bulk_create(
        Column(
            site=room, path=f"{path}/{row.path}", name=row.name, description=f"{organ.name}{row.name}：{row.description}"[:120],
            keywords=f"{(organ.short_name or organ.name)[:20]}，{row.name}", column_type=row.type, kind=row.kind, content=row.content,
            owner=organ.code, period=row.period, declared_days=row.days, order=order, on_home=row.on_home,
        )
        for order, row in enumerate(plan.columns)
    )  # fmt: skip
    head.has_news()
    record(by, "sites.open_room", room, {"name": room.name, "path": room.root, "template": template, "columns": len(plan.columns)})
    return room


def _contact(organ: Organ) -> str:
    """How to reach the organ, as the directory has it."""
    return " ".join(f"{name}{value}" for name, value in (("电话", organ.phone), ("地址", organ.address)) if value)


@action
def open_missing(by: object) -> list[Site]:
    """Open a room for every organ of the county that should have one and has none, under its code."""
    _require_cluster(by)
    return [open_room(organ.code, rooms.template_for(organ.kind), organ.code.lower(), by) for organ in coverage.without_room()]


def _room(pk: int, by: object, state: rooms.SiteState) -> Site:
    head = _require_cluster(by)
    room = Site.objects.select_for_update(of=("self",)).filter(pk=pk, main=head).first()
    if room is None or room.state != state.value:
        raise Refused(_("没有这样的子站"))
    return room


@action
def close_room(pk: int, reason: str, by: object) -> Site:
    """关停子站: its pages leave the site with the next release; columns and articles stay."""
    room = _room(pk, by, rooms.SiteState.OPEN)
    if not reason.strip():
        raise Refused(_("请写明关停的原因"), field="reason")
    room.state, room.closed_because = rooms.SiteState.CLOSED.value, reason.strip()
    room.save(update_fields=["state", "closed_because"])
    room.has_news()
    record(by, "sites.close_room", room, {"name": room.name, "reason": reason.strip()})
    return room


@action
def reopen_room(pk: int, by: object) -> Site:
    """恢复子站."""
    room = _room(pk, by, rooms.SiteState.CLOSED)
    room.state, room.closed_because = rooms.SiteState.OPEN.value, ""
    room.save(update_fields=["state", "closed_because"])
    room.has_news()
    record(by, "sites.reopen_room", room, {"name": room.name})
    return room


@action
def choose_review(pk: int, scheme: str, by: object) -> Site:
    """How many steps a text of this site or room passes before it goes out."""
    head = _require_cluster(by)
    if scheme not in review.SCHEMES:
        raise Refused(_("没有这种审核方式"), field="review")
    site = Site.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if site is None or site.head.pk != head.pk:
        raise Refused(_("没有这样的子站"))
    before, site.review = site.review, scheme
    site.save(update_fields=["review"])
    record(by, "sites.choose_review", site, {"name": site.name, "before": before, "after": scheme})
    return site


@action
def gather(column: Column, by: object, **rule: str) -> Gathering:
    """按规则汇集: let the column show what others publish, by `content`, `organ`, `template` and `topic`."""
    require(by, rules.Role.PUBLISHER, column)
    if column.kind != rules.ColumnKind.LIST.value:
        raise Refused(_("只有文章列表栏目可以汇集其他栏目的文章"), field="column")
    if not rule.get("content") and not rule.get("topic"):
        raise Refused(_("请选择内容类别或填写主题词"), field="content")
    if organ := rule.get("organ"):
        orgs.organ(organ)
    try:
        with transaction.atomic():
            made = Gathering.objects.create(column=column, **rule)
    except IntegrityError as error:
        raise Refused(_("这条汇集规则已经有了")) from error
    column.site.has_news()
    record(by, "sites.gather", made, {"column": column.path, **rule})
    return made


@action
def stop_gathering(pk: int, by: object) -> None:
    """The column shows its own articles only, as far as this rule goes."""
    rule = Gathering.objects.select_for_update(of=("self",)).select_related("column__site__main").filter(pk=pk).first()
    if rule is None:
        raise Refused(_("没有这条汇集规则"))
    require(by, rules.Role.PUBLISHER, rule.column)
    record(
        by, "sites.stop_gathering", rule, {"column": rule.column.path, "content": rule.content, "organ": rule.organ, "topic": rule.topic}
    )
    rule.column.site.has_news()
    rule.delete()
