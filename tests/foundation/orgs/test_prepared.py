"""Prepared queries give what the ORM gives, however many values they are filled with."""

from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    organ = Organ.objects.create(code="YL003", name="云岭县人民政府", kind="government")
    found = [Person.objects.create(code=f"YLP{n}", name=f"人{n}") for n in range(6)]
    for n, person in enumerate(found):
        post = Post.objects.create(code=f"P{n}", organ=organ, title=f"职{n}")
        Holding.objects.create(person=person, post=post, since=date(2026, 1, n + 1))
    return found


@pytest.mark.parametrize("many", [0, 1, 2, 3, 5, 6])
def test_a_list_of_any_length_finds_what_the_orm_finds(people, many):
    named = Prepared(lambda codes: Person.objects.filter(code__in=codes))
    codes = [person.code for person in people[:many]]
    assert named(codes) == named(codes) == list(Person.objects.filter(code__in=codes))


def test_what_is_selected_with_it_is_there_without_another_query(people):
    held = Prepared(lambda person: Holding.objects.filter(person=person).select_related("post__organ", "post__unit"))
    with CaptureQueriesContext(connection) as asked:
        for person in people:
            (one,) = held(person.pk)
            assert (one.person_id, one.post.organ.code, one.post.unit) == (person.pk, "YL003", None)
    assert len(asked) == len(people)


def test_days_and_moments_are_compared_as_the_database_keeps_them(people):
    since = Prepared(lambda first, last: Holding.objects.filter(since__gte=first, since__lte=last))
    assert [held.since.day for held in since(date(2026, 1, 2), date(2026, 1, 4))] == [2, 3, 4]
    at = clock.now()
    Entry(chain="O1", seq=1, at=at, verb="a.b", target="c", previous="0", hash="1").save()
    later = Prepared(lambda moment: Entry.objects.filter(at__gt=moment))
    assert [len(later(at + timedelta(minutes=n))) for n in (-1, 0, 1)] == [1, 0, 0]


def test_values_come_as_tuples_converted_like_the_orms(people):
    days = Prepared(lambda codes: Holding.objects.filter(person__code__in=codes).values_list("person__code", "since"))
    assert days(["YLP0", "YLP2"]) == [("YLP0", date(2026, 1, 1)), ("YLP2", date(2026, 1, 3))]


def test_the_first_row_or_none(people):
    named = Prepared(lambda code: Person.objects.filter(code=code))
    assert (named.first("YLP1"), named.first("YLP9")) == (people[1], None)


def test_a_value_that_the_query_changes_or_drops_is_an_error(people):
    for write in (lambda word: Person.objects.filter(name__contains=word), lambda _word: Person.objects.all()):
        with pytest.raises(TypeError):
            Prepared(write)("人")


def test_a_row_is_locked_inside_an_action_only(people, monkeypatch):
    locked = Prepared(lambda code: Person.objects.select_for_update().filter(code=code))
    assert locked("YLP1") == [people[1]]
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(TransactionManagementError):
        locked("YLP1")
