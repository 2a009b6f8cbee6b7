"""A center, two organs that handle, the keeper of reports, and a desk for information."""

import base64
import json
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.business.cases.conftest import account
from tests.business.disclosure.conftest import GUIDE
from zhengtong.business.disclosure import actions as disclosure
from zhengtong.business.letters import actions, arrivals
from zhengtong.business.letters.models import Letter
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.seals.keys import Peer, trust

PEOPLE = (
    ("center", "YL130", "letters_center"),
    ("second_center", "YL146", "letters_center"),
    ("keeper", "YL130", "letters_confidential"),
    ("handler", "YL146", "letters_handler letters_checker"),
    ("checker", "YL146", "letters_checker"),
    ("other_handler", "YL160", "letters_handler"),
    ("other_checker", "YL160", "letters_checker"),
    ("below_handler", "YL146A", "letters_handler"),
    ("below_checker", "YL146A", "letters_checker"),
    ("editor", "YL130", "editor"),
)
NAMES = {"YL130": "云岭县人民政府办公室", "YL146": "云岭县农业农村局", "YL160": "云岭县行政审批局", "YL146A": "云岭县农机站"}
DUTIES = {"YL146": "农业灌溉、水渠、种粮补贴", "YL160": "许可证照办理、政务服务大厅"}
KEY = "ab" * 16
MONDAY = date(2026, 3, 2)
TEXT = {"subject": "灌溉水渠淤堵", "text": "三组灌溉水渠淤堵浇不上水", "name": "龘靐齉爩", "phone": "13800000001"}


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
            parent = organs["YL146"] if organ == "YL146A" else None
            organs[organ] = Organ.objects.create(
                code=organ, name=NAMES[organ], kind="department", letters="云", duties=DUTIES.get(organ, ""), parent=parent
            )
        person = people[part] = Person.objects.create(code=f"YLP4000{number}", name=f"员工{part}")
        post = Post.objects.create(code=f"{organ}-P0{number:02d}", organ=organs[organ], title=part)
        Holding.objects.create(person=person, post=post, main=True)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now() - timedelta(days=1), granted_by="test")
    return SimpleNamespace(organs=organs, accounts={}, **people)


@pytest.fixture
def portal(cast):
    """The portal as keys only: what is sent to it is queued."""
    keys = SimpleNamespace(signing=seals.generate(), decryption=seals.generate())
    trust(Peer("portal", seals.public_of(keys.signing), seals.public_of(keys.decryption)))
    return keys


@pytest.fixture
def desk(cast, portal):
    return disclosure.open_desk(cast.organs["YL130"], GUIDE, None)


@pytest.fixture
def write(cast):
    """A letter noted by the center, sorted when a kind is given."""

    def write(kind="help", **changed):
        made = actions.register(cast.center, "phone", "", TEXT | changed, {})
        return actions.classify(made.number, cast.center, kind) if kind else made

    return write


@pytest.fixture
def arrive(portal):
    """A letter arrives by ferry, opened."""

    def arrive(asked="有困难，请帮忙解决", receipt="YL-20260302-000001", **changed):
        answers = {"kind": asked, **TEXT, **changed}
        payload = {"item": "xj-YL", "receipt": receipt, "handed_in_at": clock.now().isoformat(), "status_key": KEY, "answers": answers}
        arrivals.letter(payload, {}, None)
        return Letter.objects.get(receipt=receipt)

    return arrive


@pytest.fixture
def answered(cast):
    """Let a sorted letter go to its answer."""

    def answered(letter):
        actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
        actions.sign_for(letter.number, cast.handler)
        actions.draft(letter.number, cast.handler, "已清淤")
        return actions.answer(letter.number, cast.checker)

    return answered


@pytest.fixture
def told():
    """What the writer reads last."""

    def told():
        row = Outgoing.objects.filter(contract="case_status").order_by("-id").first()
        return json.loads(seals.decrypt_with(bytes.fromhex(KEY), base64.b64decode(row.payload["status"])))

    return told


@pytest.fixture
def enter(cast):
    """A client with the person signed in."""

    def enter(part):
        if part not in cast.accounts:
            cast.accounts[part] = account(getattr(cast, part))
        client = Client()
        client.force_login(cast.accounts[part])
        session = client.session
        session[entry.WAY] = rules.Way.KEY.value
        session.save()
        return client

    return enter
