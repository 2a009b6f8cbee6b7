"""Rows written by a statement composed once are the rows that the ORM would have written."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.written import add, keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    organ = Organ.objects.create(code="YL003", name="云岭县人民政府", kind="government")
    people = [Person.objects.create(code=f"YLP{n}", name=f"人{n}") for n in range(2)]
    post = Post.objects.create(code="P1", organ=organ, title="科员")
    return Holding.objects.create(person=people[0], post=post, since=date(2026, 1, 1))


def entry(seq: int, **changed: object) -> Entry:
    told = {"verb": "a.b", "target": "c", "previous": "0", "hash": str(seq), "detail": {"意见": ["同意", None, 3]}}
    return Entry(chain="O1", seq=seq, at=clock.now(), **told | changed)


def test_named_columns_are_kept_and_no_others(held):
    other = Person.objects.get(code="YLP1")
    held.person, held.until, held.main = other, date(2026, 6, 1), False
    keep(held, "person", "until")
    again = Holding.objects.get(pk=held.pk)
    assert (again.person, again.until, again.main) == (other, date(2026, 6, 1), True)
    held.until = None
    with CaptureQueriesContext(connection) as asked:
        keep(held, "until")
    assert Holding.objects.get(pk=held.pk).until is None
    assert len(asked) == 1


def test_a_row_that_is_gone_is_not_kept_silently(held):
    Holding.objects.filter(pk=held.pk).delete()
    with pytest.raises(DatabaseError, match="is not there"):
        keep(held, "until")
    assert not Holding.objects.exists()


@pytest.mark.parametrize("many", [0, 1, 3])
def test_new_rows_read_as_those_of_the_orm(many):
    rows = [entry(n + 1) for n in range(many)]
    add(rows)
    assert [(e.seq, e.at, e.detail, e.hash) for e in Entry.objects.order_by("seq")] == [(e.seq, e.at, e.detail, e.hash) for e in rows]


def test_the_databases_own_rules_hold(transactional_db):
    add([entry(1)])
    with pytest.raises(IntegrityError):
        add([entry(2), entry(3, hash="1")])
    assert Entry.objects.count() == 1
