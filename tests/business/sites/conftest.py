"""A small site: the county's, with three columns; an editor, a publisher, and an editor of another organ."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from zhengtong.business.sites.desk.models import open_draft
from zhengtong.business.sites.models import Column, Site
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import carrier, entry, rules
from zhengtong.foundation.accounts.models import Account, Grant, PersonalKey
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files import tree
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

from .released import files, sent

PIN = "Bright-Morning-7"
MARKS = {
    "party_mark": "CA530000000600000010001",
    "identification_code": "5308990001",
    "icp": "滇ICP备20260018号",
    "police": "滇公网安备53089902000118号",
    "report_error": "/interaction/",
}
# fmt: off
COLUMNS = (
    # path          name        kind        owner    on home
    ("news",       "动态要闻", "list",     "YL115", True),
    ("policy",     "政策文件", "list",     "YL130", True),
    ("farming",    "农技园地", "list",     "YL146", False),
    ("services",   "办事服务", "services", "YL160", False),
    ("leaders",    "领导信息", "leaders",  "YL130", False),
    ("organs",     "机构职能", "organs",   "YL130", False),
)
PEOPLE = (
    ("editor",    "YL115", "editor"),
    ("publisher", "YL130", "publisher"),
    ("farmer",    "YL146", "editor"),
    ("clerk",     "YL160", "window_clerk"),
)
# fmt: on


def account(person):
    """An open account with password and PIN."""
    made = Account(username=person.code, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
    made.created_at = made.activated_at = clock.now()
    made.created_by = made.activated_by = "test"
    made.set_password(PIN)
    made.save()
    public, locked = carrier.make(PIN)
    PersonalKey.objects.create(account=made, public=public, locked=locked, made_at=clock.now())
    return made


@pytest.fixture
def site(db, network_keys):
    organs = {code: Organ.objects.create(code=code, name=f"机关{code}", kind="department") for code in ("YL115", "YL130", "YL146", "YL160")}
    county = Organ.objects.create(code="YL003", name="云岭县人民政府", kind="government", duties="管理全县行政事务")
    head = Person.objects.create(code="YLP00009", name="孟若山")
    Holding.objects.create(
        person=head, post=Post.objects.create(code="YL003-P001", organ=county, title="县长", rank="principal"), main=True
    )
    made = Site.objects.create(
        code="yunling", name="云岭县人民政府", domain="www.yunling.gov.cn", organ="YL130", operator="YL115",
        organiser="云岭县人民政府办公室", contact="电话0000-8800130", **MARKS,
    )  # fmt: skip
    columns = {
        path: Column.objects.create(
            site=made, path=path, name=name, kind=kind, owner=owner, on_home=home, order=order, period="notices",
            description=f"{name}的内容", keywords="云岭，公开", column_type=f"信息公开，{name}",
        )
        for order, (path, name, kind, owner, home) in enumerate(COLUMNS)
    }  # fmt: skip
    cast = {}
    for number, (part, organ, role) in enumerate(PEOPLE, start=1):
        person = Person.objects.create(code=f"YLP1000{number}", name=part)
        post = Post.objects.create(code=f"{organ}-P00{number}", organ=organs[organ], title=part)
        Holding.objects.create(person=person, post=post, main=True)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        cast[part] = account(person)
    return SimpleNamespace(site=made, columns=columns, **cast)


@pytest.fixture
def draft(site):
    """A new draft article."""

    @action
    def made(column="news", title="县政府研究冬修工作", **more):
        more = {"source": "云岭县融媒体中心", "body": "<p>会议研究了冬修工作。</p>"} | more
        return open_draft(site.editor, column=site.columns[column], title=title, **more)

    return made


@pytest.fixture
def enter():
    """Signed in with both factors, for tests of what lies behind the door."""

    def signed_in(who):
        client = Client()
        client.force_login(who)
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return signed_in


@pytest.fixture
def served():
    """What a portal that takes every release serves: path → content, found by walking the listings from the manifest's folder."""
    having = {}

    def walk(name, at=""):
        for part, digest in tree.read(having[name]).items():
            yield from walk(digest, at + part) if part.endswith("/") else [(at + part, having[digest])]

    def served(made):
        having.update(sent(made))
        manifest = json.loads(Outgoing.objects.get(key=f"release/{made.code}").payload["manifest"]["text"])
        found = dict(walk(manifest["tree"]))
        assert {path: seals.sm3(content) for path, content in found.items()} == files(made) and len(found) == manifest[
            "files"
        ] == made.files
        return found

    return served
