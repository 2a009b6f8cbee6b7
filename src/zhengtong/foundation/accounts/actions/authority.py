"""What stands before every administrator's verb: he holds the role, and acts on somebody else."""

import secrets
import string

from zhengtong.foundation.accounts import queries, rules
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


def demand(by: Person, *roles: str) -> str:
    """Refuse whoever holds none of these roles; answers the one he acts in."""
    held = queries.roles(by)
    acting = next((role for role in roles if role in held), "")
    if not acting:
        raise Refused(_("这一操作由%(role)s办理"), role=rules.ROLES[roles[0]].name)
    return acting


def not_oneself(by: Person, account: Account) -> None:
    """Nobody administers his own account (GB/T 22239-2019 8.1.4.2 d)."""
    if account.person_id == by.pk:
        raise Refused(_("不能对自己的账号办理这一操作"))


def locked(account: Account) -> Account:
    """The account's row, held until the end of the action."""
    return Account.objects.select_for_update().get(pk=account.pk)


def is_auditor(account: Account) -> bool:
    return "auditor" in queries.roles(account.person)


def first_secret() -> str:
    """A first password or PIN that satisfies every policy; its holder must change it at once."""
    letters = string.ascii_letters.translate(str.maketrans("", "", "lIO"))
    body = "".join(secrets.choice(letters + "23456789") for _n in range(9))
    return f"{secrets.choice(string.ascii_uppercase)}{body}{secrets.choice(string.ascii_lowercase)}-{secrets.choice('23456789')}"
