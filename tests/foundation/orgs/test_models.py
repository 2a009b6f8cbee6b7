from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction

from tests.foundation.orgs import cast
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Relation, Unit

pytestmark = pytest.mark.django_db


def refused(change):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        change()


def test_a_code_is_given_once():
    cast.settle()
    refused(lambda: Organ.objects.create(code="YL130", name="另一个", kind="department"))
    refused(lambda: Person.objects.create(code="YLP00001", name="另一人"))
    assert Organ.objects.get(code="YL130").name == "云岭县人民政府办公室"


@pytest.mark.parametrize(("table", "code"), [(Organ, "YL130"), (Unit, "YL130-01"), (Post, "YL130-P001"), (Person, "YLP00001")])
def test_a_code_never_changes(table, code):
    cast.settle()
    refused(lambda: table.objects.filter(code=code).update(code="ZZ9999"))
    assert table.objects.filter(code=code).exists()


def test_what_is_used_can_not_be_deleted():
    cast.settle()
    for row in (Organ.objects.get(code="YL130"), Post.objects.get(code="YL130-P001"), Person.objects.get(code="YLP00001")):
        with pytest.raises(models.ProtectedError):
            row.delete()


def test_a_person_has_one_main_post_at_a_time():
    cast.settle()
    person, post = Person.objects.get(code="YLP00003"), Post.objects.get(code="YL132-P001")
    refused(lambda: Holding.objects.create(person=person, post=post, main=True))
    Holding.objects.create(person=person, post=post, main=False)
    assert person.main_post.code == "YL130-P002" and [p.code for p in person.posts] == ["YL130-P002", "YL132-P001"]


def test_a_person_belongs_to_the_organ_of_the_main_post():
    cast.settle()
    person = Person.objects.get(code="YLP00002")
    assert person.organ.code == "YL130" and person.unit is None
    assert str(person) == "宋砚秋" and str(person.organ) == "县政府办"


def test_prefetched_people_ask_nothing_more(django_assert_num_queries):
    cast.settle()
    people = list(Person.objects.prefetch_related("holdings__post__organ", "holdings__post__unit"))
    with django_assert_num_queries(0):
        assert [person.organ.code for person in people] == ["YL003", "YL130", "YL130"]


def test_what_ended_is_no_longer_held():
    cast.settle()
    person = Person.objects.get(code="YLP00003")
    Holding.objects.filter(person=person).update(until=date(2025, 12, 31))
    assert person.main_post is None and person.organ is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Organ.objects.create(code="AA01", name="甲", kind="company"),
        lambda: Organ.objects.create(code="AA01", name="甲", kind="department", level="moon"),
        lambda: Organ.objects.create(code="", name="甲", kind="department"),
        lambda: Organ.objects.create(code="AA01", name="甲", kind="department", since=date(2026, 1, 2), until=date(2026, 1, 1)),
        lambda: Post.objects.create(code="AA01-P001", organ=Organ.objects.first(), title="甲", rank="king"),
        lambda: Relation.objects.create(subject=Organ.objects.first(), object=Organ.objects.first(), kind="guidance"),
        lambda: Organ.objects.filter(code="YL130").update(parent=models.F("id")),
    ],
)
def test_the_database_refuses_what_can_not_be(wrong):
    cast.settle()
    refused(wrong)
    assert Organ.objects.count() == len(cast.ORGANS)
