"""A small county for the rooms after signing: an office that sends and files, and four organs that receive."""

from types import SimpleNamespace

import pytest
from django.test import Client

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

# fmt: off
ORGANS = (
    ("YL001", "中国共产党云岭县委员会",   "party_committee", ""),
    ("YL003", "云岭县人民政府",           "government",      ""),
    ("YL005", "云岭县人民法院",           "court",           ""),
    ("YL102", "云岭县委办公室",           "department",      "YL001"),
    ("YL130", "云岭县人民政府办公室",     "department",      "YL003"),
    ("YL205", "云岭县石桥镇人民政府",     "township",        "YL003"),
    ("YL206", "云岭县柳河镇人民政府",     "township",        "YL003"),
)
LETTERS = {"YL001": "云委", "YL102": "云委办", "YL003": "云政", "YL130": "云政办"}
PEOPLE = (
    ("dispatcher", "YL130", "dispatcher registrar"),
    ("secretary",  "YL130", "secretary"),
    ("drafter",    "YL130", "drafter"),
    ("archivist",  "YL130", "archivist"),
    ("shiqiao",    "YL205", "receiver"),
    ("liuhe",      "YL206", "receiver"),
    ("party",      "YL102", "receiver dispatcher secretary"),
    ("partys_archivist", "YL102", "archivist"),
    ("court",      "YL005", "receiver dispatcher"),
)
# fmt: on


@pytest.fixture
def county(db):
    organs = {}
    for code, name, kind, parent in ORGANS:
        organs[code] = Organ.objects.create(code=code, name=name, kind=kind, letters=LETTERS.get(code, ""), parent=organs.get(parent))
    people = {}
    for number, (part, organ, roles) in enumerate(PEOPLE, start=1):
        person = Person.objects.create(code=f"YLP{number:05d}", name=part)
        post = Post.objects.create(code=f"{organ}-P{number:03d}", organ=organs[organ], title=part)
        Holding.objects.create(person=person, post=post, main=True)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        people[part] = person
    return SimpleNamespace(organs=organs, **people)


@pytest.fixture
def enter():
    """Signed in with key and PIN, for tests of what lies behind the door."""

    def signed_in(person):
        account = Account(username=person.code, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
        account.created_at = account.activated_at = clock.now()
        account.created_by = account.activated_by = "test"
        account.set_unusable_password()
        account.save()
        client = Client()
        client.force_login(account)
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return signed_in


@pytest.fixture
def pdf():
    """A real page, stored."""
    from zhengtong.papers.typeset import press
    from zhengtong.papers.typeset.paper import Paper, blocks

    paper = Paper("云岭县人民政府文件", "关于做好防火工作的通知", blocks("请认真贯彻执行。"), number="云政发〔2026〕1号")
    return files.store(press.notice(paper, clock.now()).pdf, "a.pdf", allowed=("pdf",)).sm3
