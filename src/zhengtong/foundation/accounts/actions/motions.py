"""What touches an auditor takes two: one administrator asks, another one agrees (三员分立)."""

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Account, Grant, Motion
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import administration, authority, grants

OTHER = {"system_admin": "security_admin", "security_admin": "system_admin"}


def ask(by: Person, acting: str, verb: str, reason: str, account: Account | None = None, grant: Grant | None = None) -> Motion:
    """Put the request down; nothing else changes. Inside an action."""
    if not reason.strip():
        raise Refused(_("涉及安全审计员的操作须写明理由，并经另一名管理员同意"), field="reason")
    if Motion.objects.filter(verb=verb, account=account, grant=grant, state=Motion.OPEN).exists():
        raise Refused(_("已有人提出，正待另一名管理员同意"))
    motion = Motion.objects.create(
        verb=verb, account=account, grant=grant, reason=reason.strip(), asked_by=by, asked_as=acting, asked_at=clock.now()
    )
    record(
        by, "accounts.ask", account or (grant.post if grant else ""), {"verb": verb, "reason": reason, "role": grant.role if grant else ""}
    )
    return motion


@action
def agree(by: Person, motion: Motion) -> str:
    """The second administrator agrees, and it is done; answers a new first secret where one was asked for."""
    motion = _open(by, motion)
    _settle(by, motion, Motion.DONE)
    record(by, "accounts.agree", motion, {"verb": motion.verb, "asked_by": motion.asked_by.code})
    if motion.grant:
        grants.take_back(by, Grant.objects.select_for_update().get(pk=motion.grant.pk), motion.reason)
        return ""
    account = authority.locked(Account.objects.get(motions=motion))
    if motion.verb == "reset":
        return administration.reset(by, account)
    if not account.disabled_at:
        administration.end(by, account, motion.reason)
    return ""


@action
def drop(by: Person, motion: Motion) -> Motion:
    """The second administrator doesn't agree; the auditor stays as he is."""
    motion = _open(by, motion)
    _settle(by, motion, Motion.DROPPED)
    record(by, "accounts.drop", motion, {"verb": motion.verb, "asked_by": motion.asked_by.code})
    return motion


def _open(by: Person, motion: Motion) -> Motion:
    motion = Motion.objects.select_for_update().get(pk=motion.pk)
    authority.demand(by, OTHER[motion.asked_as])
    if motion.asked_by_id == by.pk:
        raise Refused(_("须由另一名管理员同意，不能自己提出、自己同意"))
    if motion.state != Motion.OPEN:
        raise Refused(_("这一请求已经办结，可能别人已先办理"))
    return motion


def _settle(by: Person, motion: Motion, state: str) -> None:
    motion.state, motion.settled_by, motion.settled_at = state, by, clock.now()
    motion.save(update_fields=["state", "settled_by", "settled_at"])
