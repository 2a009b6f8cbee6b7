"""A window, two departments and an approver, as in the demo county, and one licence item."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from zhengtong.business.cases import arrivals
from zhengtong.business.cases.models import Case
from zhengtong.business.items import actions as items
from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import carrier, entry, rules
from zhengtong.foundation.accounts.models import Account, Grant, PersonalKey
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

PIN = "Bright-Morning-7"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# fmt: off
PEOPLE = (
    ("window",   "YL160", "window_clerk"),
    ("market",   "YL154", "examiner"),
    ("health",   "YL149", "examiner"),
    ("approver", "YL160", "approver"),
    ("outsider", "YL132", "examiner approver window_clerk"),
)
# fmt: on
ITEM = {
    "code": "YL-1",
    "name": "小餐饮经营许可",
    "kind": "licence",
    "summary": "说明",
    "basis": "依据",
    "conditions": "条件",
    "result": "小餐饮经营许可证",
    "fee": "不收费",
    "place": "大厅",
    "hours": "工作日",
    "phone": "0000-1",
    "complaint_phone": "0000-2",
    "promised_days": 5,
    "statutory_days": 20,
    "fields": [
        {"key": "name", "label": "姓名", "kind": "name"},
        {"key": "identity", "label": "身份证号", "kind": "identity"},
        {"key": "phone", "label": "电话", "kind": "phone"},
    ],
    "materials": [{"key": "plan", "label": "平面图"}, {"key": "health", "label": "健康证明", "required": False}],
}  # fmt: skip
ANSWERS = {"name": "龘靐齉爩", "identity": "530899196801155237", "phone": "13800000001"}


def account(person):
    made = Account(username=person.code, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
    made.created_at = made.activated_at = clock.now()
    made.created_by = made.activated_by = "test"
    made.set_password(PIN)
    made.save()
    public, locked = carrier.make(PIN)
    PersonalKey.objects.create(account=made, public=public, locked=locked, made_at=clock.now())
    return made


@pytest.fixture
def cast(db, network_keys):
    """Everybody by part; `account` opens one's account."""
    organs, people = {}, {}
    for number, (part, organ, roles) in enumerate(PEOPLE, start=1):
        if organ not in organs:
            organs[organ] = Organ.objects.create(code=organ, name=f"机关{organ}", kind="department")
        person = people[part] = Person.objects.create(code=f"YLP3000{number}", name=part)
        post = Post.objects.create(code=f"{organ}-P00{number}", organ=organs[organ], title=part)
        Holding.objects.create(person=person, post=post, main=True)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
    return SimpleNamespace(organs=organs, account=account, **people)


@pytest.fixture
def item(cast):
    """Makes a published item."""

    def made(examiners=("YL154", "YL149"), **changed):
        organs = [(cast.organs[code], f"{code}核查") for code in examiners]
        saved = items.save(ITEM | changed, cast.organs["YL160"], cast.organs["YL160"], organs, by=None)
        return items.publish(saved.code, by=None)

    return made


@pytest.fixture
def arrive(cast, tmp_path):
    """An application arrives by ferry, opened."""

    def arrived(receipt="YL-20261123-000001", papers=("plan",), content=PDF, **changed):
        folder = tmp_path / "arrived"
        folder.mkdir(exist_ok=True)
        files = {}
        for key in papers:
            files[key] = folder / key
            files[key].write_bytes(content)
        payload = {
            "item": "YL-1", "receipt": receipt, "handed_in_at": clock.now().isoformat(), "status_key": "ab" * 16, "answers": ANSWERS,
            "attachments": {key: f"{key}.pdf" for key in papers}, **changed,
        }  # fmt: skip
        arrivals.application(payload, files, None)
        return Case.objects.get(receipt=receipt)

    return arrived


@pytest.fixture
def told():
    """What the portal was told last, as the resident reads it."""

    def last():
        import base64

        from zhengtong.ferry.models import Outgoing

        row = Outgoing.objects.filter(contract="case_status").last()
        return json.loads(seals.decrypt_with(bytes.fromhex("ab" * 16), base64.b64decode(row.payload["status"])))

    return last


@pytest.fixture
def enter(cast):
    """Signed in with both factors, for tests of what lies behind the door."""

    def signed_in(person):
        client = Client()
        client.force_login(Account.objects.filter(person=person).first() or account(person))
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return signed_in


@pytest.fixture
def later(settings):
    """Let simulated days pass."""

    def days(count):
        (settings.HOME / "time").write_text(str(count * 86400))

    return days
