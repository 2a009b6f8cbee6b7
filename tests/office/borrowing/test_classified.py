"""On the classified network an archived secret exists only for its 知悉范围 with clearance; its head approves, and nothing is copied."""

from datetime import timedelta

import pytest
from tests.foundation.accounts.cast import SECRET

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.borrowing import actions, queries
from zhengtong.office.borrowing.models import Loan
from zhengtong.office.documents.models import Clearance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("classified")]
NAMED = ("archivist", "clerk", "director", "town_clerk")


@pytest.fixture
def secret(people, filed):
    """Known to some, who are cleared; a second clerk is cleared but not named."""
    for part in (*NAMED, "second_clerk"):
        until = clock.today() + timedelta(days=30)
        Clearance.objects.create(person=getattr(people, part), level="机密", until=until, given_at=clock.now())
    return filed(1, secrecy="机密", secrecy_mark="机密★5年", readers=tuple(getattr(people, part).code for part in NAMED))


def asked(person, item, **change):
    return actions.ask(item.archive_number, person, **{"purpose": "work", "note": "核对", "days": 2, **change})


def test_outside_the_scope_it_does_not_even_exist(people, secret):
    for part in ("second_clerk", "county_head", "reviewer"):
        person = getattr(people, part)
        assert not queries.find(person).exists() and queries.item_for(person, secret.archive_number) is None
        assert queries.reading.elsewhere(person, secret.number) is None
    with pytest.raises(Refused, match="没有这件档案"):
        asked(people.second_clerk, secret)
    assert not Loan.objects.exists()


def test_the_head_within_the_scope_approves_by_name_and_its_reader_reads(people, secret):
    loan = asked(people.clerk, secret)
    assert loan.slip.lines.get().person == people.director and "第1件" not in loan.slip.title
    assert not slips.todo(people.county_head).exists()
    loan = actions.decide("grant", loan.code, people.director, SECRET)
    part = queries.contents(loan, secret)[0]
    assert actions.open_part(loan.code, people.clerk, part.pk)
    with pytest.raises(Refused, match="不能续借"):
        actions.extend(loan.code, people.clerk, 1)


def test_a_copy_can_not_even_be_asked_for(people, secret):
    with pytest.raises(Refused, match="只供阅读"):
        asked(people.clerk, secret, copies=True)
    with pytest.raises(Refused, match="最多借阅7天"):
        asked(people.clerk, secret, days=8)
    assert not Loan.objects.exists()


def test_a_named_reader_of_another_organ_reads_it_three_days_at_most(people, secret):
    with pytest.raises(Refused, match="最多借阅3天"):
        asked(people.town_clerk, secret, days=4)
    assert asked(people.town_clerk, secret).where == "other"


def test_whose_clearance_ends_reads_no_more_and_sees_no_more(people, secret):
    loan = actions.decide("grant", asked(people.clerk, secret).code, people.director, SECRET)
    part = queries.contents(loan, secret)[0].pk
    opening = actions.open_part(loan.code, people.clerk, part)
    Clearance.objects.filter(person=people.clerk).delete()
    with pytest.raises(Refused):
        actions.open_part(loan.code, people.clerk, part)
    assert queries.reading_of(people.clerk, opening.pk) is None and not queries.loans_of(people.clerk).exists()


def test_without_anybody_in_the_scope_to_approve_nothing_is_asked(people, filed, secret):
    Clearance.objects.filter(person=people.director).delete()
    with pytest.raises(Refused, match="没有能审批"):
        asked(people.clerk, secret)
    assert not Loan.objects.exists()


def test_the_register_hides_from_an_archivist_what_he_may_not_know(people, secret):
    asked(people.clerk, secret)
    assert queries.register(people.archivist).count() == 1
    Clearance.objects.filter(person=people.archivist).delete()
    assert not queries.register(people.archivist).exists()
