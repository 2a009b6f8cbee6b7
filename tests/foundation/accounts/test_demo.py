import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation.accounts import actions, demo, queries, rules
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Person, Post

from .cast import organ

pytestmark = pytest.mark.django_db


def people():
    """The people and posts of the sheet, as the directory of the demo county holds them."""
    for row in demo.samples():
        post = Post.objects.get_or_create(code=row["post"], defaults={"organ": organ(row["organ"]), "title": row["title_zh"]})[0]
        person = Person.objects.get_or_create(code=row["person"], defaults={"name": row["name"]})[0]
        Holding.objects.get_or_create(person=person, post=post, defaults={"main": not person.holdings.exists()})


@pytest.mark.parametrize("network", ["office", "classified", "business", "oversight"])
def test_every_sample_account_has_exactly_its_roles_and_its_credentials(settings, network):
    settings.NETWORK = network
    people()
    demo.plant()
    assert demo.samples() and Entry.objects.get().verb == "accounts.plant"
    for row in demo.samples():
        account = Account.objects.get(username=row["username"])
        own = {role for role in row["roles"].split() if network in rules.ROLES[role].networks}
        assert own and own <= queries.roles(account.person), row["username"]
        actions.confirm(account, row["secret"])
        needs = rules.WAYS[network] == rules.Way.PASSWORD and rules.needs_second_factor(own)
        assert bool(queries.device_of(account)) is needs
    keys = list(TOTPDevice.objects.values_list("key", flat=True))
    assert len(set(keys)) == len(keys)
    assert {"system_admin", "security_admin", "auditor"} <= set(Grant.objects.values_list("role", flat=True))


def test_planting_twice_changes_nothing():
    people()
    demo.plant()
    before = list(Account.objects.values())
    assert demo.plant() == [] and list(Account.objects.values()) == before


def test_nothing_is_planted_outside_the_demo(settings):
    settings.MODE = "production"
    assert demo.samples() == []
    with pytest.raises(RuntimeError):
        demo.plant()
    assert not Account.objects.exists()
