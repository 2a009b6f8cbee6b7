"""A supervisor, an e-government officer and somebody who is neither, in whichever process supervision runs."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.oversight.timelimits import actions

# fmt: off
PEOPLE = (
    ("supervisor", "YL130", "supervisor"),
    ("officer",    "YL159", "egov_office"),
    ("stranger",   "YL132", ""),
)
# fmt: on


@pytest.fixture
def cast(db, network_keys):
    found = {}
    for number, (part, organ, role) in enumerate(PEOPLE, start=1):
        home = Organ.objects.create(code=organ, name=f"机关{organ}", kind="department")
        person = found[part] = Person.objects.create(code=f"YLP4000{number}", name=part)
        post = Post.objects.create(code=f"{organ}-P001", organ=home, title=part)
        Holding.objects.create(person=person, post=post, main=True)
        if role:
            Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
    return SimpleNamespace(**found)


@pytest.fixture
def enter(cast):
    def signed_in(person):
        account = Account(username=person.code, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
        account.created_at = account.activated_at = clock.now()
        account.created_by = account.activated_by = "test"
        account.set_password("Bright-Morning-7")
        account.save()
        client = Client()
        client.force_login(account)
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return signed_in


@pytest.fixture
def reported(cast):
    """A clock event as a network reports it, so many days ago."""

    def report(subject="YL160-2026-000001", kind="start", days_ago=0, **more):
        at = clock.now() - timedelta(days=days_ago)
        event = {
            "subject": subject, "limit": "licence.decision", "kind": kind, "at": at.isoformat(), "reason": "", "promised": 5,
            "title": "小餐饮经营许可", "organ": "YL130", **more,
        }  # fmt: skip
        assert datetime.fromisoformat(event["at"])
        return actions.report("business", event)

    return report
