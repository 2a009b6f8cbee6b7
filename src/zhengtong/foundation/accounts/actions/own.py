"""What a person does with his own account: change the secret, set a PIN, bind and show the one-time code."""

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier, queries, rules
from zhengtong.foundation.accounts.models import Account, PersonalKey
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import authority


def _demand_strength(secret: str, what: str, username: str) -> None:
    if objection := rules.secret_objection(secret, rules.POLICIES[settings.NETWORK, what], username):
        raise Refused(objection, field="new")


@action
def change_secret(account: Account, old: str, new: str) -> Account:
    """A new password, or in the office a new PIN on the same key; `old` proves whose hand it is."""
    account = authority.locked(account)
    by_key = rules.WAYS[settings.NETWORK] == rules.Way.KEY
    _demand_strength(new, "pin" if by_key else "password", account.username)
    if new == old:
        raise Refused(_("新口令不能与原口令相同"), field="new")
    if by_key:
        _relock(account, old, new)
    elif not account.check_password(old):
        raise Refused(_("原口令不正确"), field="old")
    else:
        account.set_password(new)
    account.must_change, account.secret_at = False, clock.real_now()
    account.save(update_fields=["password", "must_change", "secret_at"])
    record(account, "accounts.change_secret", account)
    return account


@action
def set_pin(account: Account, old: str, new: str) -> None:
    """A PIN for the personal key: the first one makes the key, a later one needs the old PIN."""
    account = authority.locked(account)
    _demand_strength(new, "pin", account.username)
    if queries.key_of(account):
        _relock(account, old, new)
        record(account, "accounts.change_pin", account)
        return
    public, sealed = carrier.make(new)
    PersonalKey.objects.create(account=account, public=public, locked=sealed, made_at=clock.now())
    record(account, "accounts.make_key", account, {"public_key": public})


def _relock(account: Account, old: str, new: str) -> None:
    key = PersonalKey.objects.select_for_update().get(account=account, state=PersonalKey.ACTIVE)
    sealed = carrier.relock(bytes(key.locked), old, new)
    if sealed is None:
        raise Refused(_("原口令不正确"), field="old")
    key.locked, key.failures, key.failed_at = sealed, 0, None
    key.save(update_fields=["locked", "failures", "failed_at"])


@action
def make_device(account: Account) -> TOTPDevice:
    """The code generator that the person is about to bind; it counts for nothing before its first right code."""
    if queries.device_of(account):
        raise Refused(_("已绑定动态码；更换手机请找安全保密管理员重置"))
    device, _made = TOTPDevice.objects.get_or_create(user=account, confirmed=False, defaults={"name": "totp"})
    return device


@action
def bind_device(account: Account, code: str) -> TOTPDevice:
    """The first right code binds the generator."""
    device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False).first()
    if device is None or not device.verify_token(code):
        raise Refused(_("动态码不正确，请核对手机时间后输入新的一组"), field="code")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(account, "accounts.bind_device", account)
    return device


def show_code(account: Account, code: str) -> TOTPDevice:
    """The one-time code of the sign-in; each failure makes the next try wait longer (real time)."""
    with transaction.atomic():  # the row is held, so that tries side by side are counted one by one
        device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=True).first()
        if device is None:
            raise Refused(_("还没有绑定动态码"), field="code")
        allowed, why = device.verify_is_allowed()
        right = bool(allowed and device.verify_token(code))
    if not allowed:
        wait = int((why["locked_until"] - clock.real_now()).total_seconds()) + 1
        raise Refused(_("输错次数较多，请等待%(seconds)s秒后再试"), field="code", seconds=max(wait, 1))
    if not right:
        _note_wrong_code(account)
        raise Refused(_("动态码不正确，请输入新的一组"), field="code")
    _note_second_factor(account)
    return device


@action
def _note_wrong_code(account: Account) -> None:
    record(account, "accounts.wrong_code", account)


@action
def _note_second_factor(account: Account) -> None:
    record(account, "accounts.second_factor", account)
