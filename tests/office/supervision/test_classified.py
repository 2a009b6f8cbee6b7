"""A matter out of a classified paper goes by name, and its title stands nowhere else (design §3b.2)."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents.models import Clearance
from zhengtong.office.incoming import actions as incoming
from zhengtong.office.incoming.rules.elements import Elements
from zhengtong.office.supervision import actions, queries
from zhengtong.office.supervision.models import Item

pytestmark = pytest.mark.django_db
SECRET = Elements("关于防空演练的通知", "云州市人民政府", "云州政机发〔2026〕1号", "notice", secrecy="机密", copy_numbers="000012")


@pytest.fixture
def classified(settings, db):
    """The guards in the database are lifted as the migrations would have left them."""
    for room in ("incoming", "circulation", "supervision"):
        guard = import_module(f"zhengtong.office.{room}.migrations.0002_open_network_holds_no_secret")
        with connection.cursor() as cursor:
            guard.open_up(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    settings.CLASSIFIED = True


@pytest.mark.usefixtures("classified")
def test_only_the_named_see_a_matter_out_of_a_classified_paper(office, item):
    people = (office.receiver, office.secretary, office.head, office.education)
    for person in people:
        Clearance.objects.create(person=person, level="机密", until=clock.today() + timedelta(days=9), given_at=clock.now())
    code = incoming.register(SECRET, office.receiver, organ=office.government, readers=[p.code for p in people]).code
    with pytest.raises(Refused, match="须写明承办人"):
        item(paper=code)
    with pytest.raises(Refused, match="知悉范围"):
        item(paper=code, owner="YL139", person=office.finance.code)
    assert not Item.objects.exists()
    made = item(paper=code, person=office.education.code, task="组织防空演练")
    assert [queries.visible(p).count() for p in (office.head, office.secretary, office.education)] == [1, 1, 1]
    assert not queries.visible(office.receiver).exists() and not queries.visible(office.finance).exists()
    assert all("防空" not in notice.sentence for notice in Notice.objects.all())
    actions.finish(made.code, office.education, "已组织")
    assert actions.confirm(made.code, office.head).state == "closed"


def test_the_open_networks_database_refuses_a_secret(item):
    made = item()
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=made.pk).update(secrecy="机密", profile="classified")
