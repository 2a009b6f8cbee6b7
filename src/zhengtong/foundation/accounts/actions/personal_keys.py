"""Acting with the personal key: every official act is confirmed by it (design §3b.14).

A wrong PIN is refused inside the action that it should have confirmed, and that action is undone; so the failure
is remembered beside the transaction and counted when it is over (by the gate, or at once where none runs).
"""

import secrets
import threading

from django.db import connection

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier, queries, rules
from zhengtong.foundation.accounts.models import Account, PersonalKey
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


class _Owed(threading.local):
    """Public keys whose PIN was given wrongly and not yet counted."""

    def __init__(self) -> None:
        self.keys: list[str] = []


_owed = _Owed()


def sign_with_personal_key(account: Account, pin: str, digest: bytes) -> dict[str, str]:
    """Sign with the account's own key; five wrong PINs lock it."""
    key = queries.key_of(account)
    if key is None:
        raise Refused(_("您还没有个人密钥，请先在“我的账号”里设置密钥口令"), field="pin")
    failures = key.recent_failures(clock.real_now()) + _owed.keys.count(key.public)
    if failures >= rules.FAILURES:
        raise Refused(_("密钥口令已连续输错%(limit)s次，密钥已锁定；请%(minutes)s分钟后再试，或请安全保密管理员解锁"),
                      field="pin", limit=rules.FAILURES, minutes=rules.LOCK_MINUTES)  # fmt: skip
    signature = carrier.sign(bytes(key.locked), pin, digest)
    if signature is None:
        _owed.keys.append(key.public)
        if not connection.in_atomic_block:
            count_wrong_pins()
        if failures + 1 >= rules.FAILURES:
            raise Refused(_("密钥口令不正确，已连续输错%(limit)s次，密钥已锁定"), field="pin", limit=rules.FAILURES)
        raise Refused(_("密钥口令不正确，还可以试%(left)s次"), field="pin", left=rules.FAILURES - failures - 1)
    if key.failures:
        PersonalKey.objects.filter(pk=key.pk).update(failures=0, failed_at=None)
    return {"signature": signature.hex(), "public_key": key.public, "certificate": key.certificate}


def confirm(account: Account, pin: str) -> None:
    """Prove with key and PIN that it is really the account's holder who acts now."""
    sign_with_personal_key(account, pin, secrets.token_bytes(32))


def count_wrong_pins() -> None:
    """Write down the wrong PINs of actions that are over."""
    owed, _owed.keys = _owed.keys, []
    for public in owed:
        _count(public)


@action
def _count(public: str) -> None:
    key = PersonalKey.objects.select_for_update(of=("self",)).select_related("account__person").filter(public=public).first()
    if key is None:
        return
    now = clock.real_now()
    key.failures, key.failed_at = key.recent_failures(now) + 1, now
    key.save(update_fields=["failures", "failed_at"])
    verb = "accounts.lock_key" if key.failures == rules.FAILURES else "accounts.wrong_pin"
    record(key.account, verb, key.account, {"failures": key.failures})
