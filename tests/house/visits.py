"""Run in a process of its own with one network's settings: what each address answers to a reader, as JSON.

Every address that needs no argument is read twice: by a stranger, and by somebody whose post opens the door.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment
from django.urls import get_resolver

from .probe import door, routes


def addresses() -> Iterable[tuple[str, object]]:
    for address, pattern in routes(get_resolver().url_patterns):
        plain = "/" + address.replace("^", "").replace("$", "").replace("\\Z", "")
        if not set(plain) & set("<(?\\["):
            yield plain, pattern.callback


def insider(client: Client, roles: tuple[str, ...]) -> Client:
    """Signed in on a post with one of these roles."""
    from tests.foundation.accounts import cast
    from zhengtong.foundation.accounts.models import Account

    role = roles[0] if roles else "drafter" if settings.NETWORK in ("office", "classified") else "editor"
    who = Account.objects.filter(username=f"V-{role}").first() or cast.account(cast.person(f"V-{role}", role))
    return cast.enter(client, who)


def main() -> None:
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    django.setup()
    from zhengtong.foundation.audit.models import Entry

    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    call_command("keys", "init", verbosity=0)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    seen = []
    for address, view in addresses():
        opens, before, status = door(view), Entry.objects.count(), None
        stranger = Client(raise_request_exception=False).get(address)
        if stranger.status_code == 405:  # only POST is answered: then a stranger's counts
            stranger = Client(raise_request_exception=False).post(address)
        wrote = Entry.objects.count() - before
        if opens != "public" and settings.NETWORK != "portal":
            reader = insider(Client(raise_request_exception=False), tuple(opens) if isinstance(opens, list) else ())
            before = Entry.objects.count()
            status = reader.get(address).status_code
            wrote += Entry.objects.count() - before
        answer = {"stranger": stranger.status_code, "to": stranger.get("Location", ""), "insider": status}
        seen.append({"address": address, "door": opens, **answer, "wrote": wrote})
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
