"""The sample accounts of the demo county; nothing here works in production."""

import csv
from functools import cache
from pathlib import Path

from django.conf import settings
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person, Post

from . import carrier, rules
from .models import Account, Grant, PersonalKey

SHEET = Path(__file__).resolve().parents[2] / "demo" / "accounts.csv"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with SHEET.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def samples() -> list[dict[str, str]]:
    """The rows of the sheet for this network, in the demo; nothing otherwise."""
    if settings.MODE != "demo":
        return []
    return [row for row in _rows() if settings.NETWORK in row["networks"].split()]


@action
def plant() -> list[Account]:
    """Open the sample accounts: grants to their posts, secret, personal key, code generator. Once; what is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("sample accounts exist only in the demo")
    opened = []
    for row in samples():
        post, person = Post.objects.get(code=row["post"]), Person.objects.get(code=row["person"])
        for role in row["roles"].split():
            if settings.NETWORK in rules.ROLES[role].networks:
                Grant.objects.get_or_create(post=post, role=role, until=None, defaults={"at": clock.now(), "granted_by": "system"})
        if not Account.objects.filter(username=row["username"]).exists():
            opened.append(_open(row["username"], person, row["secret"], row["roles"].split()))
    record(None, "accounts.plant", f"accounts.account:{settings.NETWORK}", {"accounts": [account.username for account in opened]})
    return opened


def _open(username: str, person: Person, secret: str, roles: list[str]) -> Account:
    now = clock.now()
    account = Account(username=username, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
    account.created_at = account.activated_at = now
    account.created_by = account.activated_by = "system"
    by_key = rules.WAYS[settings.NETWORK] == rules.Way.KEY
    if by_key:
        account.set_unusable_password()
    else:
        account.set_password(secret)
    account.save(force_insert=True)
    public, sealed = carrier.make(secret)
    PersonalKey.objects.create(account=account, public=public, locked=sealed, made_at=now)
    if not by_key and rules.needs_second_factor(roles):
        TOTPDevice.objects.create(user=account, name="totp", confirmed=True)
    return account
