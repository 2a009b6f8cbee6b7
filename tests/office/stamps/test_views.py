"""The registry on screen."""

import pytest
from tests.foundation.accounts.cast import SECRET, account, enter, organ, person

from zhengtong.office.stamps import actions
from zhengtong.office.stamps.models import Stamp

pytestmark = pytest.mark.django_db
LIST, NEW = "/stamps/", "/stamps/new/"


@pytest.fixture
def people(network_keys):
    return {role: account(person(f"P-{role}", role)) for role in ("secretary", "seal_maker", "seal_keeper", "drafter")}


def test_a_secretary_applies_and_the_maker_makes_it(client, people):
    enter(client, people["secretary"])
    assert "没有符合条件的印章" in client.get(LIST).content.decode()
    asked = client.post(NEW, {"organ": organ().pk, "kind": "statutory", "name": organ().name, "why": "机构新设"})
    stamp = Stamp.objects.get()
    assert asked.status_code == 302 and f"/stamps/{stamp.code}/make/" not in client.get(f"/stamps/{stamp.code}/").content.decode()
    enter(client, people["seal_maker"])
    assert client.post(f"/stamps/{stamp.code}/make/", {"pin": SECRET}).status_code == 302
    assert Stamp.objects.get().state == "made"


def test_a_refusal_keeps_what_was_written_and_says_why(client, people):
    stamp = actions.apply(organ(), "statutory", organ().name, "", None)
    enter(client, people["seal_maker"])
    answer = client.post(f"/stamps/{stamp.code}/refuse/", {"pin": "wrong", "note": "印文与名录不一致"})
    assert answer.status_code == 409 and "印文与名录不一致" in answer.content.decode()
    assert Stamp.objects.get().state == "applied"


def test_a_form_without_a_name_says_so_at_the_field(client, people):
    enter(client, people["secretary"])
    answer = client.post(NEW, {"organ": organ().pk, "kind": "statutory", "name": "", "why": "写了理由"})
    assert answer.status_code == 422 and "写了理由" in answer.content.decode() and 'id="id_name_error"' in answer.content.decode()
    assert not Stamp.objects.exists()


def test_another_organs_seal_does_not_exist_here_and_an_unknown_step_neither(client, people):
    far = actions.apply(organ("YL999"), "statutory", "机关YL999", "", None)
    enter(client, people["seal_keeper"])
    assert client.get(f"/stamps/{far.code}/").status_code == 404 and far.name not in client.get(LIST).content.decode()
    enter(client, people["seal_maker"])
    assert client.post(f"/stamps/{far.code}/burn/", {"pin": SECRET}).status_code == 404


def test_others_meet_a_closed_door(client, people):
    enter(client, people["drafter"])
    assert client.get(LIST).status_code == 403
