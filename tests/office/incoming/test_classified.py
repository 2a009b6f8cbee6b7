"""On the classified network a paper is known to its 知悉范围 alone, title and all (design §3b.2)."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.circulation import queries as circulating
from zhengtong.office.documents.models import Clearance
from zhengtong.office.incoming import actions, queries
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules.elements import Elements

pytestmark = pytest.mark.django_db
SECRET = Elements(
    "关于防空演练的通知",
    "云州市人民政府",
    "云州政机发〔2026〕1号",
    "notice",
    secrecy="机密",
    secrecy_mark="机密★5年",
    copy_numbers="000012",
)


@pytest.fixture
def classified(settings, db):
    """The guards in the database are lifted as the migrations would have left them."""
    for room in ("incoming", "circulation"):
        guard = import_module(f"zhengtong.office.{room}.migrations.0002_open_network_holds_no_secret")
        with connection.cursor() as cursor:
            guard.open_up(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    settings.CLASSIFIED = True


@pytest.fixture
def cleared(office):
    people = (office.receiver, office.secretary, office.head)
    for person in people:
        Clearance.objects.create(person=person, level="机密", until=clock.today() + timedelta(days=9), given_at=clock.now())
    return [p.code for p in people]


@pytest.mark.usefixtures("classified")
def test_only_the_scope_sees_handles_and_reads_it(office, cleared):
    paper = actions.register(SECRET, office.receiver, organ=office.government, readers=cleared)
    code = paper.code
    assert code.startswith("SM")
    assert [line.person for line in paper.slip.lines.all()] == [office.receiver, office.receiver, office.secretary, office.secretary]
    actions.check(code, office.receiver, "action")
    with pytest.raises(Refused, match="知悉范围"):
        actions.propose(code, office.secretary, "请阅", leader=office.deputy.code)
    with pytest.raises(Refused, match="知悉范围"):
        actions.propose(code, office.secretary, "请办", lead="YL132")
    with pytest.raises(Refused, match="知悉范围"):
        actions.propose(code, office.secretary, "请阅", leader=office.head.code, readers=[office.deputy.code])
    actions.propose(code, office.secretary, "请阅", leader=office.head.code, readers=[office.head.code])
    assert slips.todo(office.head).count() == circulating.mine_count(office.head) == 1
    assert all("防空" not in notice.sentence for notice in Notice.objects.all())
    for person in (office.deputy, office.education, office.party):
        assert not queries.visible(person).exists()
    begun = circulating.of_paper(code)[0]
    with pytest.raises(Refused, match="知悉范围"):
        circulation.add(begun.pk, office.secretary, [office.deputy.code])
    Clearance.objects.filter(person=office.head).delete()
    assert not queries.visible(office.head).exists() and circulating.mine_count(office.head) == 0


@pytest.mark.usefixtures("classified")
def test_a_keeper_outside_the_scope_sees_neither_paper_nor_circulation(office, cleared):
    actions.register(SECRET, office.receiver, organ=office.government, readers=[cleared[1]])
    Clearance.objects.create(person=office.dispatcher, level="机密", until=clock.today() + timedelta(days=9), given_at=clock.now())
    assert not queries.visible(office.dispatcher).exists()
    assert not circulating.kept(office.dispatcher).exists()
    with pytest.raises(Refused, match="没有这份收文"):
        actions.urge(Incoming.objects.get().code, _second_receiver(office))


def _second_receiver(office):
    """Another receiver of the office, who is not named in the scope."""
    from zhengtong.foundation.orgs.models import Holding, Person, Post

    person = Person.objects.create(code="YLP00099", name="another")
    Holding.objects.create(person=person, post=Post.objects.get(holdings__person=office.receiver), main=True)
    return person


def test_the_open_networks_database_refuses_a_secret(office, paper):
    made = paper()
    with pytest.raises(IntegrityError), transaction.atomic():
        Incoming.objects.filter(pk=made.pk).update(secrecy="机密", profile="classified")
