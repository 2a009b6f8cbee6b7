"""Accounts: the system administrator makes and ends them, the security administrator opens them (三员分立)."""

from axes.utils import reset as forget_failures
from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier, rules
from zhengtong.foundation.accounts.models import Account, Motion, PersonalKey
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import authority, motions


@action
def create_account(by: Person, username: str, person: Person) -> Account:
    """A new account: without a right, without a secret, not opened."""
    authority.demand(by, "system_admin")
    username = username.strip()
    if not username.isascii() or not username.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise Refused(_("账号名只用字母、数字和 . - _"), field="username")
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused(_("账号名“%(username)s”已被使用"), field="username", username=username)
    if Account.objects.filter(person=person).exists():
        raise Refused(_("%(name)s在本网已有账号"), field="person", name=person.name)
    account = Account(username=username, person=person, created_at=clock.now(), created_by=by.code)
    account.set_unusable_password()
    account.save(force_insert=True)
    record(by, "accounts.create_account", account)
    return account


@action
def activate(by: Person, account: Account) -> str:
    """Open an account that waits; answers the first secret, to be handed over in person."""
    authority.demand(by, "security_admin")
    authority.not_oneself(by, account)
    account = authority.locked(account)
    if account.state != "pending":
        raise Refused(_("这个账号不在待开通状态，可能别人已先办理"))
    account.is_active, account.activated_at, account.activated_by = True, clock.now(), by.code
    secret = _give_first_secret(account)
    record(by, "accounts.activate", account, {"account": account.username})
    return secret


@action
def reset_secret(by: Person, account: Account, reason: str = "") -> str | Motion:
    """A new first secret; one-time code and personal key are bound anew. An auditor's needs both administrators."""
    acting = authority.demand(by, "security_admin", "system_admin")
    authority.not_oneself(by, account)
    account = authority.locked(account)
    if account.state != "active":
        raise Refused(_("这个账号没有开通"))
    if authority.is_auditor(account):
        return motions.ask(by, acting, "reset", reason, account=account)
    authority.demand(by, "security_admin")
    return reset(by, account)


def reset(by: Person, account: Account) -> str:
    """The change itself, inside an action that has checked who may."""
    secret = _give_first_secret(account)
    record(by, "accounts.reset_secret", account, {"account": account.username})
    return secret


@action
def disable(by: Person, account: Account, reason: str) -> Account | Motion:
    """End an account's use. An auditor is never disabled by one administrator alone."""
    acting = authority.demand(by, "system_admin", "security_admin")
    authority.not_oneself(by, account)
    if not reason.strip():
        raise Refused(_("请写明理由"), field="reason")
    account = authority.locked(account)
    if account.disabled_at:
        raise Refused(_("这个账号已经停用"))
    if authority.is_auditor(account):
        return motions.ask(by, acting, "disable", reason, account=account)
    authority.demand(by, "system_admin")
    return end(by, account, reason)


def end(by: Person, account: Account, reason: str) -> Account:
    """The change itself, inside an action that has checked who may."""
    account.is_active, account.disabled_at, account.disabled_by = False, clock.now(), by.code
    account.save(update_fields=["is_active", "disabled_at", "disabled_by"])
    record(by, "accounts.disable", account, {"account": account.username, "reason": reason})
    return account


@action
def restore(by: Person, account: Account) -> Account:
    """Take a disabled account up again: it waits for the security administrator like a new one."""
    authority.demand(by, "system_admin")
    account = authority.locked(account)
    if not account.disabled_at:
        raise Refused(_("这个账号没有停用"))
    account.disabled_at, account.disabled_by = None, ""
    account.set_unusable_password()
    account.save(update_fields=["disabled_at", "disabled_by", "password"])
    record(by, "accounts.restore", account, {"account": account.username})
    return account


@action
def unlock(by: Person, account: Account) -> None:
    """Let somebody try again before the lock's time is over."""
    authority.demand(by, "security_admin")
    authority.not_oneself(by, account)
    forget_failures(username=account.username)
    PersonalKey.objects.filter(account=account).update(failures=0, failed_at=None)
    TOTPDevice.objects.filter(user=account).update(throttling_failure_count=0, throttling_failure_timestamp=None)
    record(by, "accounts.unlock", account, {"account": account.username})


def _give_first_secret(account: Account) -> str:
    """The first secret, to be changed at the first sign-in; old key, code and open sessions end."""
    secret = authority.first_secret()
    TOTPDevice.objects.filter(user=account).delete()
    PersonalKey.objects.filter(account=account, state=PersonalKey.ACTIVE).update(state=PersonalKey.REVOKED)
    if rules.WAYS[settings.NETWORK] == rules.Way.KEY:
        public, sealed = carrier.make(secret)
        PersonalKey.objects.create(account=account, public=public, locked=sealed, made_at=clock.now())
        account.set_unusable_password()
    else:
        account.set_password(secret)
    account.must_change, account.secret_at = True, clock.real_now()
    account.save()
    forget_failures(username=account.username)
    return secret
