"""The small county with those who propose, instruct and handle."""

from datetime import date
from types import SimpleNamespace

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.incoming import actions
from zhengtong.office.incoming.rules import elements

# fmt: off
MORE = (
    ("receiver",  "YL130", "",         "receiver"),
    ("head",      "YL003", "",         "principal_head"),
    ("deputy",    "YL003", "",         "deputy_head"),
    ("education", "YL132", "",         "receiver"),
    ("finance",   "YL139", "",         "receiver"),
    ("unit_head", "YL130", "YL130-01", "unit_head"),
)
# fmt: on


@pytest.fixture
def office(county):
    """The county government's office with its leaders and two departments."""
    government = county.organs["YL003"]
    organs = dict(county.organs)
    for code, name in (("YL132", "云岭县教育局"), ("YL139", "云岭县财政局")):
        organs[code] = Organ.objects.create(code=code, name=name, kind="department", parent=government)
    Unit.objects.create(code="YL130-01", organ=organs["YL130"], name="秘书一科")
    people = {}
    for place, (part, organ, unit, role) in enumerate(MORE, start=50):
        person = Person.objects.create(code=f"YLP{place:05d}", name=part)
        at = Unit.objects.get(code=unit) if unit else None
        post = Post.objects.create(code=f"{organ}-P{place:03d}", organ=organs[organ], unit=at, title=part)
        Holding.objects.create(person=person, post=post, main=True)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        people[part] = person
    return SimpleNamespace(**{**vars(county), **people, "organs": organs, "government": government})


@pytest.fixture
def paper(office):
    """A letter of the city that came on paper, registered."""

    def give(**change):
        given = {
            "title": "云州市人民政府关于报送防汛情况的通知",
            "sender": "云州市人民政府",
            "their_number": "云州政发〔2026〕12号",
            "kind": "notice",
            "dated": date(2026, 1, 5),
            **change,
        }
        by, organ, uploads = given.pop("by", office.receiver), given.pop("organ", office.government), given.pop("uploads", ())
        return actions.register(elements.Elements(**given), by, organ=organ, uploads=uploads)

    return give


@pytest.fixture
def proposed(office, paper):
    """Checked and laid before the county head, the education bureau to lead and the finance bureau to assist."""

    def give(**change):
        code = paper().code
        actions.check(code, office.receiver, "action")
        values = {"leader": office.head.code, "lead": "YL132", "assisting": ["YL139"], **change}
        return actions.propose(code, office.secretary, "拟请县教育局牵头办理", **values)

    return give


@pytest.fixture
def handed_out(office, proposed):
    """Instructed: two departments have it in hand."""

    def give():
        return actions.instruct(proposed().code, office.head, "同意，请抓紧落实。")

    return give


@pytest.fixture
def copy(office, pdf):
    """A document of the party committee, dispatched to the government."""

    def give(document="D2026-000009", **change):
        values = {
            "number": "云委发〔2026〕9号", "title": "中共云岭县委关于加强作风建设的意见", "sender": "YL001", "pdf": pdf,
            "recipients": ["YL003"], "by": office.party, **change,
        }  # fmt: skip
        return dispatches.dispatch(document, **values).receipts.get()

    return give
