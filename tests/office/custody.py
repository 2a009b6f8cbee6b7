"""What the tests of borrowing and of appraisal share: an archive with something in it, and the people who ask, review and decide."""

from types import SimpleNamespace

import pytest
from django.db import connection
from tests.foundation.accounts.cast import account
from tests.office.archive.conftest import confirm

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.office.archive.actions import Choice

# fmt: off
STAFF = (
    # part             organ    unit       roles
    ("archive_head",  "YL130", "archives", "unit_head"),
    ("other_head",    "YL130", "papers",   "unit_head"),
    ("director",      "YL130", "",         "organ_head"),
    ("county_head",   "YL003", "",         "principal_head classifier"),
    ("reviewer",      "YL130", "",         "release_reviewer"),
    ("clerk",         "YL130", "papers",   "drafter"),
    ("second_clerk",  "YL130", "papers",   "drafter"),
    ("town_clerk",    "YL205", "",         "drafter"),
    ("town_archivist", "YL205", "",        "archivist"),
)
# fmt: on
GUARDS = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s", "DROP TRIGGER {}"),
    "postgresql": ("SELECT proname FROM pg_proc WHERE prosrc LIKE %s", "DROP FUNCTION {} CASCADE"),
}


@pytest.fixture
def classified(settings, db):
    """The same rooms as the network declared 涉密内网: its profile, and a database without the open network's guards."""
    settings.CLASSIFIED = True
    with connection.cursor() as cursor:
        find, drop = GUARDS[connection.vendor]
        cursor.execute(find, ["%不处理涉密文件%"])
        for (name,) in cursor.fetchall():
            cursor.execute(drop.format(name))


@pytest.fixture
def people(county, fonds, network_keys):
    """Everybody by part, each with an account and a key; the archivist sits in the archives unit, whose head is his."""
    parts = {part: person for part, person in vars(county).items() if isinstance(person, Person)}
    units = {name: Unit.objects.create(code=f"YL130-{name}", organ=county.organs["YL130"], name=name) for name in ("archives", "papers")}
    Post.objects.filter(organ__code="YL130", title="archivist").update(unit=units["archives"])
    for number, (part, organ, unit, roles) in enumerate(STAFF, start=50):
        person = Person.objects.create(code=f"YLP{number:05d}", name=part)
        post = Post.objects.create(code=f"{organ}-Q{number}", organ=county.organs[organ], unit=units.get(unit), title=part)
        Holding.objects.create(person=person, post=post, main=True)
        for role in roles.split():
            Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        parts[part] = person
    for person in parts.values():
        account(person)
    return SimpleNamespace(**parts)


@pytest.fixture
def filed(county, prefile):
    """File a document of the government; gives its item."""

    def file(serial=1, period="", **change):
        made = prefile(serial, **change)
        (item,) = confirm([Choice(made.document, period, "BGS")], county.archivist)
        return item

    return file


@pytest.fixture
def filed_elsewhere(county, prefile, people):
    """File a document of the township, which keeps a fonds of its own without classes."""
    from zhengtong.office.archive import actions

    town = Organ.objects.get(code="YL205")

    def file(serial=1, **change):
        if not town.letters:
            Organ.objects.filter(pk=town.pk).update(letters="石政")
            town.letters = "石政"
            actions.open_fonds("Z205", town.name, ["YL205"], None)
        told = {"organ": "YL205", "maker": town.name, "series": "石政", "number": f"石政〔2026〕{serial}号", **change}
        made = prefile(serial, document=f"D2026-9{serial:05d}", **told)
        (item,) = confirm([Choice(made.document)], people.town_archivist)
        return item

    return file
