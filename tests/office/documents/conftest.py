"""A small county with named people: one of each role, two townships, two consulted bureaus, another organ system."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from tests.chromium import browser

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier
from zhengtong.foundation.accounts.models import Account, Grant, PersonalKey
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.office.documents import actions
from zhengtong.office.documents.actions import Content, To
from zhengtong.office.stamps import actions as stamp
from zhengtong.office.stamps import demo as stamps

PIN = "Yunling-2026"
BODY = """为做好今冬明春防火工作，现就有关事项通知如下：
一、压实责任
（一）落实包片。各乡镇要明确专人包片。
二、排查隐患
1.逐户登记
请认真贯彻执行。"""

ORGANS = (
    # code, name, letters, kind, level, parent
    ("YZ003", "云州市人民政府", "云州政", "superior", "city", ""),
    ("YL001", "中国共产党云岭县委员会", "云委", "party_committee", "county", ""),
    ("YL003", "云岭县人民政府", "云政", "government", "county", "YZ003"),
    ("YL102", "中国共产党云岭县委办公室", "云委办", "department", "county", "YL001"),
    ("YL130", "云岭县人民政府办公室", "云政办", "department", "county", "YL003"),
    ("YL132", "云岭县教育局", "云教", "department", "county", "YL003"),
    ("YL139", "云岭县财政局", "云财", "department", "county", "YL003"),
    ("YL205", "云岭县石桥镇人民政府", "石桥政", "township", "township", "YL003"),
    ("YL206", "云岭县柳河镇人民政府", "柳河政", "township", "township", "YL003"),
)
PEOPLE = (
    # name, organ, roles
    ("drafter", "YL130", "drafter"),
    ("unit_head", "YL130", "unit_head"),
    ("reviewer", "YL130", "office_reviewer recheck"),
    ("deputy", "YL003", "deputy_head"),
    ("head", "YL003", "principal_head"),
    ("director", "YL130", "organ_head"),
    ("secretary", "YL130", "secretary"),
    ("registrar", "YL130", "registrar dispatcher seal_keeper"),
    ("discloser", "YL130", "release_reviewer"),
    ("archivist", "YL130", "archivist"),
    ("education", "YL132", "office_reviewer receiver"),
    ("finance", "YL139", "office_reviewer receiver"),
    ("shiqiao", "YL205", "receiver"),
    ("liuhe", "YL206", "receiver"),
    ("outsider", "YL102", "drafter"),
    ("outside_secretary", "YL102", "secretary"),
)
CO_ISSUERS = (
    ("YL005", "云岭县人民法院", "云法", "court"),
    ("YL006", "云岭县人民检察院", "云检", "procuratorate"),
)
CO_ISSUERS_PEOPLE = (
    ("president", "YL005", "principal_head"),
    ("court_registrar", "YL005", "receiver registrar seal_keeper"),
    ("court_secretary", "YL005", "secretary"),
    ("procurator", "YL006", "principal_head"),
    ("procuratorate_registrar", "YL006", "receiver registrar seal_keeper"),
    ("procuratorate_secretary", "YL006", "secretary"),
)
JOINT = "云岭县人民政府云岭县人民法院云岭县人民检察院关于建立府院联动机制的通知"


class Cast(dict):
    """The people of the county by part: cast.drafter, cast.head …"""

    def __getattr__(self, part):
        return self[part]


@pytest.fixture
def cast(network_keys):
    organs = {}
    for order, (code, name, letters, kind, level, parent) in enumerate(ORGANS):
        organs[code] = Organ.objects.create(
            code=code, name=name, letters=letters, kind=kind, level=level, parent=organs.get(parent), order=order
        )
    unit = Unit.objects.create(code="YL130-01", organ=organs["YL130"], name="秘书一科")
    found = Cast()
    settle(found, PEOPLE, organs, unit)
    stamps.plant()
    return found


def settle(found, people, organs, unit=None):
    """Give people their posts, roles and accounts; who signs gets a key."""
    for number, (part, organ, roles) in enumerate(people, start=len(found) + 1):
        person = Person.objects.create(code=f"YLP{number:05d}", name=part)
        post = Post.objects.create(
            code=f"{organ}-P{number:03d}", organ=organs[organ], title=part, unit=unit if part in ("drafter", "unit_head") else None
        )
        Holding.objects.create(person=person, post=post)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="system")
        account = Account(username=part, person=person, is_active=True, must_change=False, secret_at=clock.real_now())
        account.created_at = account.activated_at = clock.now()
        account.created_by = account.activated_by = "system"
        account.save()
        found[part] = person
        if {"principal_head", "registrar", "organ_head"} & set(roles.split()):
            public, locked = carrier.make(PIN)
            PersonalKey.objects.create(account=account, public=public, locked=locked, made_at=clock.now())


@pytest.fixture
def allied(cast):
    """The same county with the two organs that issue beside the government: each with a head, a keeper who receives, a secretary."""
    organs = {
        code: Organ.objects.create(code=code, name=name, letters=letters, kind=kind, level="county", order=20)
        for code, name, letters, kind in CO_ISSUERS
    }
    settle(cast, CO_ISSUERS_PEOPLE, organs)
    for organ, keeper in zip(organs.values(), (cast.court_registrar, cast.procuratorate_registrar), strict=True):
        made = stamp.apply(organ, "statutory", organ.name, "按规定配备", None)
        for verb, by in (("make", None), ("file", None), ("activate", keeper)):
            stamp.advance(verb, made.code, by)
    return cast


@pytest.fixture
def joint(allied, content, government):
    """Bring a joint document to a state, through the actions alone; reviewed by the lead organ as any other."""
    cast = allied

    def steps(code):
        return (
            ("unit", lambda: actions.submit(code, cast.drafter)),
            ("consult", lambda: actions.review_unit(code, cast.unit_head, "同意")),
            ("office", lambda: actions.skip_consultation(code, cast.drafter, "已会商")),
            ("deputy", lambda: actions.review_office(code, cast.reviewer, "", "另行说明")),
            ("signing", lambda: actions.approve_deputy(code, cast.deputy)),
            ("cosign", lambda: actions.sign(code, cast.head, PIN)),
            ("half", lambda: actions.cosign(code, cast.procurator, PIN)),
            ("recheck", lambda: actions.cosign(code, cast.president, PIN)),
            ("numbering", lambda: actions.recheck(code, cast.reviewer, "", "另行说明")),
            ("printing", lambda: actions.number(code, cast.registrar, PIN)),
            ("sealing", lambda: actions.typeset(code, cast.registrar, PIN)),
            ("half_sealed", lambda: actions.coseal(code, cast.procuratorate_registrar, PIN)),
            ("dispatching", lambda: actions.coseal(code, cast.court_registrar, PIN)),
            ("issued", lambda: actions.dispatch(code, cast.registrar, PIN)),
        )

    def to(state, **changes):
        wanted = replace(content, **{"title": JOINT, "issuers": ("YL005", "YL006"), "joint_mark": "all", **changes})
        document = actions.draft(wanted, cast.drafter, organ=government)
        for name, act in steps(document.code) if state != "draft" else ():
            act()
            if name == state:
                break
        document.refresh_from_db()
        return document

    return to


@pytest.fixture
def content():
    return Content(
        kind="notice",
        title="云岭县人民政府关于做好今冬明春防火工作的通知",
        text=BODY,
        recipients=(To("YL205", "各乡镇人民政府"), To("YL206", "各乡镇人民政府")),
        publication="proactive",
    )


@pytest.fixture
def government(cast):
    return Organ.objects.get(code="YL003")


@pytest.fixture
def walk(cast, content, government):
    """Bring a document to a state, through the actions alone."""

    def steps(code):
        head, registrar = cast.head, cast.registrar
        return (
            ("unit", lambda: actions.submit(code, cast.drafter)),
            ("consult", lambda: actions.review_unit(code, cast.unit_head, "同意")),
            ("countersign", lambda: actions.consult(code, cast.drafter, ["YL132", "YL139"])),
            ("half", lambda: actions.answer_consultation(code, cast.education, "agree")),
            ("office", lambda: actions.answer_consultation(code, cast.finance, "agree")),
            ("deputy", lambda: actions.review_office(code, cast.reviewer)),
            ("signing", lambda: actions.approve_deputy(code, cast.deputy)),
            ("recheck", lambda: actions.sign(code, head, PIN)),
            ("numbering", lambda: actions.recheck(code, cast.reviewer)),
            ("printing", lambda: actions.number(code, registrar, PIN)),
            ("dispatching", lambda: actions.typeset(code, registrar, PIN)),
            ("issued", lambda: actions.dispatch(code, registrar, PIN)),
        )

    def to(state, **changes):
        document = actions.draft(replace(content, **changes), cast.drafter, organ=government)
        for name, act in steps(document.code) if state != "draft" else ():
            act()
            if name == state:
                break
        document.refresh_from_db()
        return document

    return to


@pytest.fixture
def desk(cast):
    """A client signed in as one of the cast, as by key."""

    def sit(part):
        client = Client()
        client.force_login(cast[part].account)
        session = client.session
        session["accounts.way"] = "key"
        session.save()
        return client

    return sit


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture
def sit(chromium, live_server, cast):
    """A page of somebody who is signed in; no page may report an error or a refusal of the content policy."""
    contexts, faults = [], []

    def sit(part, address, **options):
        client = Client()
        client.force_login(cast[part].account)
        session = client.session
        session["accounts.way"] = "key"
        session.save()
        context = chromium.new_context(locale="zh-CN", **options)
        contexts.append(context)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}
        context.add_cookies([cookie])
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" and "422" not in said.text else None)
        page.goto(live_server.url + address)
        return page

    yield sit
    said = list(faults)
    for context in contexts:  # nobody asks the server any more when the test's settings go
        for page in context.pages:
            page.evaluate("() => document.querySelectorAll('form').forEach(form => form.remove())")
            page.wait_for_load_state("networkidle")
        context.close()
    assert said == []
