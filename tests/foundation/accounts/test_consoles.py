import pytest
from django.urls import reverse

from zhengtong.foundation.accounts import actions, queries
from zhengtong.foundation.accounts.models import Account, Grant, Motion

from .cast import account, enter, person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(client, db):
    return enter(client, account(person("S1", "system_admin")))


@pytest.fixture
def security(db):
    from django.test import Client

    return enter(Client(), account(person("A1", "security_admin")))


def text(answer):
    return answer.content.decode()


def act(client, username, verb, **data):
    return client.post(reverse("accounts:act", args=[username, verb]), data)


def test_each_administrator_has_his_own_console(system, security, client):
    from django.test import Client

    auditor = enter(Client(), account(person("U1", "auditor")))
    clerk = enter(Client(), account(person("P1", "drafter")))
    answers = {
        name: [c.get(reverse(f"accounts:{name}")).status_code for c in (system, security, auditor, clerk)]
        for name in ("accounts", "new", "grants", "motions")
    }
    assert answers == {
        "accounts": [200, 200, 403, 403],
        "new": [200, 403, 403, 403],
        "grants": [403, 200, 403, 403],
        "motions": [200, 200, 403, 403],
    }
    assert reverse("audit:log") in text(auditor.get(reverse("accounts:home")))
    assert reverse("audit:log") not in text(system.get(reverse("accounts:home")))


def test_an_administrator_comes_home_to_his_links(client):
    account(person("S1", "system_admin"))
    answer = client.post(reverse("accounts:sign_in"), {"username": "S1", "secret": "Bright-Morning-7"})
    assert answer.url == reverse("accounts:home")
    assert reverse("accounts:accounts") in text(client.get(answer.url))


def test_from_a_new_account_to_the_first_sign_in(system, security, client):
    who = person("P1", "drafter")
    assert who.name in text(system.get(reverse("accounts:new"), {"words": who.name}))
    bad = system.post(reverse("accounts:new"), {"person": "nobody", "username": "p.one"})
    assert bad.status_code == 422 and "没有这个人员代码" in text(bad) and 'value="p.one"' in text(bad)
    system.post(reverse("accounts:new"), {"person": "P1", "username": "p.one"})
    assert "p.one" in text(security.get(reverse("accounts:accounts"), {"state": "pending"}))
    answer = act(system, "p.one", "activate")
    assert answer.status_code == 302 and not Account.objects.get(username="p.one").is_active
    page = act(security, "p.one", "activate")
    secret = page.context["secret"]
    assert secret in text(page) and page["Cache-Control"] == "no-store"
    assert secret not in text(security.get(reverse("accounts:account", args=["p.one"])))
    from django.test import Client

    answer = Client().post(reverse("accounts:sign_in"), {"username": "p.one", "secret": secret})
    assert answer.url.startswith(reverse("accounts:change_secret"))


def test_buttons_promise_only_what_the_actions_do(system, security):
    made = account(person("P1", "drafter"))
    page = {c: text(c.get(reverse("accounts:account", args=["P1"]))) for c in (system, security)}
    offered = {c: {v for v in ("activate", "unlock", "reset", "disable", "restore") if f"/{v}/" in page[c]} for c in page}
    assert offered == {system: {"disable"}, security: {"unlock", "reset"}}
    act(security, "P1", "disable", reason="越权")
    made.refresh_from_db()
    assert made.is_active
    act(system, "P1", "disable", reason="调离")
    made.refresh_from_db()
    assert not made.is_active
    assert act(system, "P1", "nonsense").status_code == 404


def test_an_auditor_is_disabled_on_two_pages_by_two_people(system, security):
    made = account(person("U1", "auditor"))
    act(system, "U1", "disable", reason="岗位调整")
    made.refresh_from_db()
    motion = Motion.objects.get()
    assert made.is_active
    address = reverse("accounts:settle", args=[motion.pk, "agree"])
    assert address not in text(system.get(reverse("accounts:motions")))
    system.post(address)
    made.refresh_from_db()
    assert made.is_active
    assert address in text(security.get(reverse("accounts:motions")))
    security.post(address)
    made.refresh_from_db()
    assert not made.is_active


def test_grants_are_given_and_taken_on_their_page(security):
    who = person("P1")
    address = reverse("accounts:grants")
    assert security.post(address, {"post": "nothing", "role": "drafter"}).status_code == 422
    security.post(address, {"post": who.main_post.code, "role": "drafter"})
    assert queries.roles(who) == {"drafter"}
    assert "拟稿人" in text(security.get(address, {"words": who.name}))
    refused = security.post(address, {"post": who.main_post.code, "role": "auditor"})
    assert refused.status_code == 422 and "同一人" in text(refused)
    security.post(reverse("accounts:withdraw", args=[Grant.objects.get(role="drafter").pk]))
    assert queries.roles(who) == frozenset()


def test_ones_own_account_shows_posts_roles_and_key(security):
    page = text(security.get(reverse("accounts:me")))
    assert "安全保密管理员" in page and "职位post-A1" in page


def test_a_pin_is_set_in_the_business_network(client, settings):
    settings.NETWORK = "business"
    made = account(person("P1", "window_clerk"))
    queries.key_of(made).delete()
    client.post(reverse("accounts:sign_in"), {"username": "P1", "secret": "Bright-Morning-7"})
    assert client.post(reverse("accounts:pin"), {"new": "short", "again": "short"}).status_code == 422
    client.post(reverse("accounts:pin"), {"new": "sea-2027-wind", "again": "sea-2027-wind"})
    actions.confirm(made, "sea-2027-wind")
    assert client.post(reverse("accounts:pin"), {"old": "wrong", "new": "sky-2027-wind", "again": "sky-2027-wind"}).status_code == 422
    actions.confirm(made, "sea-2027-wind")
    client.post(reverse("accounts:pin"), {"old": "sea-2027-wind", "new": "sky-2027-wind", "again": "sky-2027-wind"})
    actions.confirm(made, "sky-2027-wind")


def test_a_post_without_a_holder_is_granted_too(security):
    empty = post("empty")
    security.post(reverse("accounts:grants"), {"post": "empty", "role": "drafter"})
    assert queries.granted_to(empty) == {"drafter"}
