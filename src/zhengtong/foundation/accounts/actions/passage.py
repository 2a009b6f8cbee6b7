"""Coming and going, written into the audit: sign-in, failure, lock-out, sign-out, time-out (GB/T 22239-2019 8.1.4.3)."""

from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record


@action
def note_sign_in(account: Account, way: str, address: str) -> None:
    record(account, "accounts.sign_in", account, {"way": way, "address": address})


@action
def note_failure(username: str, address: str, locked: bool = False) -> None:
    """A failed try. An unknown name isn't written down: it may be a password in the wrong field."""
    account = Account.objects.select_related("person").filter(username=username).first()
    verb = "accounts.lock_out" if locked else "accounts.sign_in_failed"
    record(account, verb, account or "accounts.account:unknown", {"address": address})


@action
def note_sign_out(account: Account) -> None:
    record(account, "accounts.sign_out", account)


@action
def note_time_out(account: Account) -> None:
    record(account, "accounts.time_out", account)
