"""The first three administrators of a network, and nobody after them."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from zhengtong.foundation.accounts import queries
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.audit.models import Entry

from . import cast

pytestmark = pytest.mark.django_db
CODES = ("YLP00101", "YLP00102", "YLP00103")


@pytest.fixture
def people():
    return [cast.person(code) for code in CODES]


def facts():
    return Account.objects.count(), Grant.objects.count(), Entry.objects.count()


def test_three_people_get_one_role_each_and_a_secret_to_be_changed(people, capsys):
    call_command("administrators", *CODES)
    assert [queries.roles(p) for p in people] == [{"system_admin"}, {"security_admin"}, {"auditor"}]
    accounts = Account.objects.all()
    assert all(a.state == "active" and a.must_change for a in accounts) and len(accounts) == 3
    said = capsys.readouterr().out
    assert all(code.lower() in said for code in CODES)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["accounts.appoint"] * 3
    assert {e.network for e in Entry.objects.all()} == {settings.NETWORK}
    secrets = [line.split("\t")[2] for line in said.splitlines() if line.count("\t") == 2]
    assert len(set(secrets)) == 3 and not any(s in str(list(Entry.objects.values())) for s in secrets)


def test_a_second_time_is_refused_and_nothing_changes(people):
    call_command("administrators", *CODES)
    before = facts()
    with pytest.raises(CommandError, match="已有"):
        call_command("administrators", *CODES)
    assert facts() == before


@pytest.mark.parametrize("codes", [(CODES[0], CODES[0], CODES[2]), (CODES[0], CODES[1], "YLP99999")])
def test_two_offices_in_one_hand_or_an_unknown_person_are_refused_and_nothing_changes(people, codes):
    with pytest.raises(CommandError):
        call_command("administrators", *codes)
    assert facts() == (0, 0, 0)


def test_who_already_has_a_role_is_not_made_an_administrator(people):
    cast.person("YLP00104", "auditor")
    before = facts()
    with pytest.raises(CommandError):
        call_command("administrators", *CODES)
    assert facts() == before
