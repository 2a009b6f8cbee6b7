"""Opening a network: the first three administrators, before there is anybody who could appoint them (三员分立)."""

from collections.abc import Mapping

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import rules
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.once import forget
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .administration import _give_first_secret


@action
def appoint(codes: Mapping[str, str]) -> dict[str, tuple[Account, str]]:
    """Role → its first account and first secret, for role → person code. Once only: afterwards the administrators appoint each other."""
    if Account.objects.exists() or Grant.objects.filter(role__in=rules.ADMINISTRATORS).exists():
        raise Refused(_("本网已有账号或管理员，由他们办理"))
    if set(codes) != rules.ADMINISTRATORS or len(set(codes.values())) != len(codes):
        raise Refused(_("系统管理员、安全保密管理员、安全审计员须为三个人"))
    opened = {}
    for role, code in codes.items():
        person = Person.objects.filter(code=code).first()
        post = person.main_post if person else None
        if person is None or post is None:
            raise Refused(_("%(code)s不是本网在职人员的代码"), code=code)
        if Grant.objects.filter(post=post).exists():
            raise Refused(_("%(code)s的职位已有角色"), code=code)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="system")
        forget()
        account = Account(username=code.lower(), person=person, is_active=True, created_at=clock.now(), created_by="system")
        account.activated_at, account.activated_by = account.created_at, "system"
        account.set_unusable_password()
        account.save(force_insert=True)
        opened[role] = (account, _give_first_secret(account))
        record(None, "accounts.appoint", account, {"role": role, "network": settings.NETWORK}, organ=post.organ.code)
    return opened
