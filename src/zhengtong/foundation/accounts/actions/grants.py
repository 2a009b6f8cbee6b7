"""Roles: the security administrator gives them to posts and takes them back; nobody else does."""

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries, rules
from zhengtong.foundation.accounts.models import Grant, Motion
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.once import forget
from zhengtong.foundation.orgs.models import Person, Post
from zhengtong.foundation.orgs.queries import holders
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import authority, motions


@action
def grant(by: Person, post: Post, role: str) -> Grant:
    """Give a role to a post, unless it excludes one that a holder of the post already has."""
    authority.demand(by, "security_admin")
    post = Post.objects.select_for_update().get(pk=post.pk)
    people = holders(post)
    if by in people:
        raise Refused(_("不能给自己所任的职位授予角色"))
    if Grant.objects.filter(post=post, role=role, until__isnull=True).exists():
        raise Refused(_("这个职位已有这个角色"), field="role")
    for held in [queries.granted(person) for person in people] or [queries.granted_to(post)]:
        if objection := rules.grant_objection(role, settings.NETWORK, held):
            raise Refused(objection)
    given = Grant.objects.create(post=post, role=role, at=clock.now(), granted_by=by.code)
    forget()
    record(by, "accounts.grant", post, {"role": role})
    return given


@action
def withdraw(by: Person, grant: Grant, reason: str = "") -> Grant | Motion:
    """Take a role back. The auditor's role is taken only when both other administrators want it."""
    acting = authority.demand(by, "security_admin", "system_admin")
    grant = Grant.objects.select_for_update().select_related("post").get(pk=grant.pk)
    if grant.until:
        raise Refused(_("这个角色已经收回"))
    if grant.role == "auditor":
        return motions.ask(by, acting, "withdraw", reason, grant=grant)
    authority.demand(by, "security_admin")
    return take_back(by, grant, reason)


def take_back(by: Person, grant: Grant, reason: str) -> Grant:
    """The change itself, inside an action that has checked who may."""
    grant.until, grant.withdrawn_by = clock.now(), by.code
    grant.save(update_fields=["until", "withdrawn_by"])
    forget()
    record(by, "accounts.withdraw", grant.post, {"role": grant.role, "reason": reason})
    return grant
