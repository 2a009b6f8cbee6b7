"""A small cast: one organ, three administrators, whoever a test needs beside them."""

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier, entry, rules
from zhengtong.foundation.accounts.models import Account, Grant, PersonalKey
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

SECRET = "Bright-Morning-7"


def organ(code="YL130", **more):
    return Organ.objects.get_or_create(code=code, defaults={"name": f"机关{code}", "kind": "department", **more})[0]


def post(code, of=None, *roles):
    made = Post.objects.create(code=code, organ=of or organ(), title=f"职位{code}")
    for role in roles:
        Grant.objects.create(post=made, role=role, at=clock.now(), granted_by="test")
    return made


def person(code, *roles, of=None):
    """Somebody who holds one post with these roles."""
    who = Person.objects.create(code=code, name=f"人{code}")
    Holding.objects.create(person=who, post=post(f"post-{code}", of, *roles), main=True)
    return who


def account(who, secret=SECRET, **more):
    """An open account with its secret, and a personal key under the same PIN."""
    made = Account(username=who.code, person=who, is_active=True, must_change=False, secret_at=clock.real_now(), **more)
    made.created_at = made.activated_at = clock.now()
    made.created_by = made.activated_by = "test"
    if rules.WAYS[settings.NETWORK] == rules.Way.KEY:
        made.set_unusable_password()
    else:
        made.set_password(secret)
    made.save()
    public, locked = carrier.make(secret)
    PersonalKey.objects.create(account=made, public=public, locked=locked, made_at=clock.now())
    return made


def enter(client, who):
    """Signed in with key and PIN, for tests of what lies behind the door."""
    client.force_login(who)
    session = client.session
    session[entry.WAY] = rules.Way.KEY.value
    session.save()
    return client
