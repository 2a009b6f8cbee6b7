"""The county government office with its clerk and head of disclosure, and somebody of another organ."""

import base64
import json
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.business.cases.conftest import PIN, account
from zhengtong.business.disclosure import actions, arrivals
from zhengtong.business.disclosure.models import Request
from zhengtong.business.disclosure.rules import steps
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.seals.keys import Peer, trust

PEOPLE = (
    ("clerk", "YL130", "disclosure_clerk"),
    ("head", "YL130", "disclosure_head"),
    ("outsider", "YL139", "disclosure_clerk disclosure_head"),
    ("editor", "YL130", "editor"),
)
GUIDE = {
    "unit": "政务公开科", "address": "云湖大道131号", "hours": "工作日", "phone": "0000-8800050", "fax": "",
    "email": "", "classes": "按机构职能分类",
    "review": "云岭县人民政府", "court": "云岭县人民法院", "account": "大厅3号窗口",
}  # fmt: skip
ANSWERS = {
    "applicant": "自然人", "name": "龘靐齉爩", "identity": "530899196801155237", "phone": "13800000001",
    "address": "文昌路18号", "email": "",
    "description": "2025年农村公路养护资金分配方案", "form": "电子文档", "way": "网上获取",
}  # fmt: skip
KEY = "ab" * 16
MONDAY = date(2026, 3, 2)


@pytest.fixture
def at(monkeypatch):
    """Let it be this day, nine in the morning."""

    def at(day):
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=clock.ZONE)
        monkeypatch.setattr(clock, "now", lambda: moment)

    at(MONDAY)
    return at


@pytest.fixture
def cast(db, network_keys, at):
    organs, people = {}, {}
    for number, (part, organ, roles) in enumerate(PEOPLE, start=1):
        if organ not in organs:
            organs[organ] = Organ.objects.create(code=organ, name=f"云岭县机关{organ}", kind="department", letters="云政办")
        person = people[part] = Person.objects.create(code=f"YLP3000{number}", name=part)
        post = Post.objects.create(code=f"{organ}-P00{number}", organ=organs[organ], title=part)
        Holding.objects.create(person=person, post=post, main=True)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now() - timedelta(days=1), granted_by="test")
    desk = actions.open_desk(organs["YL130"], GUIDE, None)
    actions.make_seal(organs["YL130"], None)
    desk.refresh_from_db()
    return SimpleNamespace(organs=organs, desk=desk, accounts={part: account(people[part]) for part in ("clerk", "head")}, **people)


@pytest.fixture
def portal(cast):
    """The portal as keys only: what is sent to it is queued."""
    keys = SimpleNamespace(signing=seals.generate(), decryption=seals.generate())
    trust(Peer("portal", seals.public_of(keys.signing), seals.public_of(keys.decryption)))
    return keys


@pytest.fixture
def register(cast):
    """A request noted by the clerk."""

    def register(channel="window", came=MONDAY, confirmed=None, **changed):
        return actions.register(cast.clerk, cast.desk, channel, came, confirmed, ANSWERS | changed, {})

    return register


@pytest.fixture
def arrive(cast, tmp_path):
    """A request arrives by ferry, opened."""

    def arrive(receipt="YL-20260302-000001", **changed):
        proof = tmp_path / "proof"
        proof.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        payload = {
            "item": "xxgk-YL130", "receipt": receipt, "handed_in_at": clock.now().isoformat(), "status_key": KEY, "answers": ANSWERS,
            "attachments": {"proof": "身份证.pdf"}, **changed,
        }  # fmt: skip
        arrivals.information_request(payload, {"proof": proof}, None)
        return Request.objects.get(receipt=receipt)

    return arrive


@pytest.fixture
def send(cast):
    """Draft a letter and send it out, through the head where he signs."""

    def send(request, kind, **given):
        letter = actions.draft(request.number, cast.clerk, kind, given)
        head = steps.signer(letter.kind) == "disclosure_head"
        if head:
            actions.send_up(letter.pk, cast.clerk)
        letter = actions.issue(letter.pk, cast.accounts["head" if head else "clerk"], PIN)
        request.refresh_from_db()
        return letter

    return send


@pytest.fixture
def told():
    """What the applicant reads last."""

    def told():
        row = Outgoing.objects.filter(contract="case_status").order_by("-id").first()
        return json.loads(seals.decrypt_with(bytes.fromhex(KEY), base64.b64decode(row.payload["status"])))

    return told


@pytest.fixture
def enter(cast):
    """A client with the person signed in."""

    def enter(part):
        client = Client()
        client.force_login(cast.accounts.get(part) or account(getattr(cast, part)))
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return enter
