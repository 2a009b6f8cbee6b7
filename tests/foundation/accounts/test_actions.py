from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import actions, queries
from zhengtong.foundation.accounts.models import Account, Grant, Motion, PersonalKey
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding
from zhengtong.foundation.refusal import Refused

from .cast import SECRET, account, organ, person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(db):
    return person("S1", "system_admin")


@pytest.fixture
def security(db):
    return person("A1", "security_admin")


@pytest.fixture
def auditor(db):
    return account(person("U1", "auditor"))


def verbs():
    return list(Entry.objects.values_list("verb", flat=True))


def test_the_database_refuses_a_super_user():
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="root", is_superuser=True, created_at=clock.now())
    made = account(person("P1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=made.pk).update(is_superuser=True)
    with pytest.raises(NotImplementedError):
        Account.objects.create_superuser("root", "x")


def test_the_database_refuses_an_account_that_nobody_opened():
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(username="x", is_active=True, created_at=clock.now())


def test_a_new_account_has_no_right_and_cannot_sign_in(system, security, client):
    who = person("P1")
    made = actions.create_account(system, "p.one", who)
    assert not made.is_active and not made.has_usable_password() and not queries.key_of(made)
    assert queries.roles(who) == frozenset() and not Grant.objects.filter(post__holdings__person=who).exists()
    assert made in queries.pending() and verbs() == ["accounts.create_account"]


def test_only_the_system_administrator_makes_accounts(security, auditor):
    for by in (security, auditor.person, person("P9", "drafter")):
        with pytest.raises(Refused, match="系统管理员"):
            actions.create_account(by, "p.one", person(f"N{by.code}"))
    assert not Account.objects.filter(username="p.one").exists() and not Entry.objects.exists()


@pytest.mark.parametrize("username", ["两个字", "a b", "x;y", ""])
def test_a_username_is_plain(system, username):
    with pytest.raises(Refused):
        actions.create_account(system, username, person("P1"))
    assert not Account.objects.exists()


def test_a_person_has_one_account(system):
    actions.create_account(system, "p.one", who := person("P1"))
    with pytest.raises(Refused, match="已有账号"):
        actions.create_account(system, "p.two", who)
    with pytest.raises(Refused, match="已被使用"):
        actions.create_account(system, "P.ONE", person("P2"))
    assert Account.objects.count() == 1


def test_the_security_administrator_opens_an_account_with_a_first_secret(system, security):
    made = actions.create_account(system, "p.one", person("P1"))
    with pytest.raises(Refused, match="安全保密管理员"):
        actions.activate(system, made)
    made.refresh_from_db()
    assert not made.is_active
    secret = actions.activate(security, made)
    made.refresh_from_db()
    assert made.is_active and made.must_change and made.activated_by == security.code
    actions.confirm(made, secret)
    assert secret not in str(list(Entry.objects.values()))
    with pytest.raises(Refused, match="待开通"):
        actions.activate(security, made)


def test_nobody_opens_or_disables_his_own_account(system, security):
    own = actions.create_account(system, "a.one", security)
    with pytest.raises(Refused, match="自己"):
        actions.activate(security, own)
    own = account(system)
    with pytest.raises(Refused, match="自己"):
        actions.disable(system, own, "不再使用")


def test_a_disabled_account_comes_back_only_through_both_administrators(system, security):
    made = account(person("P1"))
    actions.disable(system, made, "调离")
    made.refresh_from_db()
    assert not made.is_active and made.disabled_by == system.code
    actions.restore(system, made)
    made.refresh_from_db()
    assert made.state == "pending"
    actions.activate(security, made)
    made.refresh_from_db()
    assert made.state == "active"
    assert verbs() == ["accounts.disable", "accounts.restore", "accounts.activate"]


@pytest.mark.parametrize("verb", ["disable", "reset_secret"])
@pytest.mark.parametrize("first", ["system", "security"])
def test_an_auditor_is_not_touched_by_one_administrator_alone(system, security, auditor, verb, first):
    one, two = (system, security) if first == "system" else (security, system)
    before = bytes(queries.key_of(auditor).locked)
    asked = getattr(actions, verb)(one, auditor, "岗位调整")
    auditor.refresh_from_db()
    assert isinstance(asked, Motion) and auditor.is_active and bytes(queries.key_of(auditor).locked) == before
    for nobody in (one, auditor.person):
        with pytest.raises(Refused):
            actions.agree(nobody, asked)
    auditor.refresh_from_db()
    assert auditor.is_active and queries.motions().count() == 1
    actions.agree(two, asked)
    auditor.refresh_from_db()
    assert auditor.is_active is (verb != "disable") and not queries.motions().exists()
    assert verbs()[-2:] == ["accounts.agree", f"accounts.{verb}"]


def test_one_person_with_both_offices_does_not_agree_with_himself(auditor):
    both = person("B1", "system_admin", "security_admin")
    asked = actions.disable(both, auditor, "理由")
    with pytest.raises(Refused, match="另一名"):
        actions.agree(both, asked)
    auditor.refresh_from_db()
    assert auditor.is_active
    with pytest.raises(IntegrityError), transaction.atomic():
        Motion.objects.filter(pk=asked.pk).update(state="done", settled_by=both)


def test_a_motion_that_is_not_agreed_to_leaves_the_auditor_alone(system, security, auditor):
    asked = actions.disable(system, auditor, "理由")
    actions.drop(security, asked)
    auditor.refresh_from_db()
    assert auditor.is_active
    with pytest.raises(Refused, match="已经办结"):
        actions.agree(security, asked)


def test_the_auditors_role_is_not_withdrawn_by_one_alone(system, security, auditor):
    grant = Grant.objects.get(role="auditor")
    asked = actions.withdraw(security, grant, "换人")
    assert queries.holds(auditor.person, "auditor")
    actions.agree(system, asked)
    assert not queries.holds(auditor.person, "auditor")


def test_a_role_is_granted_to_a_post_and_withdrawn(security):
    who = person("P1")
    actions.grant(security, who.main_post, "drafter")
    assert queries.roles(who) == {"drafter"} and queries.people_with("drafter") == [who]
    actions.withdraw(security, Grant.objects.get(role="drafter"))
    assert queries.roles(who) == frozenset()
    assert verbs() == ["accounts.grant", "accounts.withdraw"]


def test_only_the_security_administrator_grants_and_not_to_himself(system, security):
    target = person("P1")
    with pytest.raises(Refused, match="安全保密管理员"):
        actions.grant(system, target.main_post, "drafter")
    with pytest.raises(Refused, match="自己"):
        actions.grant(security, security.main_post, "system_admin")
    assert queries.roles(target) == frozenset() and queries.roles(security) == {"security_admin"} and not Entry.objects.exists()


def test_a_grant_that_would_join_excluded_roles_is_refused(security, auditor):
    with pytest.raises(Refused, match="同一人"):
        actions.grant(security, auditor.person.main_post, "drafter")
    second = post("second")
    Holding.objects.create(person=auditor.person, post=second, main=False)
    with pytest.raises(Refused, match="同一人"):
        actions.grant(security, second, "system_admin")
    with pytest.raises(Refused, match="没有这个角色"):
        actions.grant(security, second, "publisher")
    assert queries.roles(auditor.person) == {"auditor"}


def test_roles_joined_by_a_second_post_lapse_until_it_is_settled(security):
    who = person("P1", "drafter")
    Holding.objects.create(person=who, post=post("second", None, "system_admin"), main=False)
    assert queries.roles(who) == frozenset() and not queries.people_with("drafter")
    actions.withdraw(security, Grant.objects.get(role="system_admin"))
    assert queries.roles(who) == {"drafter"}


def test_roles_belong_to_the_organ_of_the_post_and_end_with_the_holding():
    other = organ("YL139")
    who = person("P1", "drafter")
    Holding.objects.create(person=who, post=post("second", other, "receiver"), main=False)
    assert queries.holds(who, "receiver", other) and queries.holds(who, "receiver", "YL139")
    assert not queries.holds(who, "receiver", organ()) and not queries.holds(who, "receiver", "YL130")
    assert queries.people_with("receiver", "YL139") == [who] and queries.people_with("receiver", organ()) == []
    assert queries.roles_by_organ(who) == {"drafter": {organ().pk}, "receiver": {other.pk}}
    Holding.objects.filter(post__organ=other).update(until=clock.today().replace(year=2020))
    assert queries.roles(who) == {"drafter"} and not queries.holds(None, "drafter") and queries.roles(None) == frozenset()


def test_a_personal_key_signs_and_the_public_half_proves_it():
    made = account(person("P1", "principal_head"))
    signed = actions.sign_with_personal_key(made, SECRET, b"digest")
    assert seals.verify(bytes.fromhex(signed["public_key"]), b"digest", bytes.fromhex(signed["signature"]))
    assert not seals.verify(bytes.fromhex(signed["public_key"]), b"other", bytes.fromhex(signed["signature"]))


@action
def act(made, pin):
    """An official act whose change is written before the PIN is asked for."""
    Account.objects.filter(pk=made.pk).update(created_by="changed")
    record(made, "test.act", made)
    actions.confirm(made, pin)


def test_a_wrong_pin_changes_nothing_and_five_lock_the_key():
    made = account(person("P1"))
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"还可以试{left}次") as no:
            act(made, "wrong")
        assert no.value.objection.field == "pin"
    with pytest.raises(Refused, match="已锁定"):
        act(made, "wrong")
    with pytest.raises(Refused, match="已锁定"):
        act(made, SECRET)
    actions.count_wrong_pins()
    made.refresh_from_db()
    assert made.created_by == "test" and "test.act" not in verbs()
    assert verbs() == ["accounts.wrong_pin"] * 4 + ["accounts.lock_key"]
    with pytest.raises(Refused, match="已锁定"):
        actions.confirm(made, SECRET)


def test_a_right_pin_forgets_the_wrong_ones():
    made = account(person("P1"))
    with pytest.raises(Refused):
        actions.confirm(made, "wrong")
    actions.count_wrong_pins()
    actions.confirm(made, SECRET)
    assert queries.key_of(made).failures == 0


def test_a_locked_key_opens_after_its_time_or_by_the_security_administrator(security):
    made = account(person("P1"))
    PersonalKey.objects.update(failures=5, failed_at=clock.real_now())
    with pytest.raises(Refused, match="已锁定"):
        actions.confirm(made, SECRET)
    actions.unlock(security, made)
    actions.confirm(made, SECRET)
    PersonalKey.objects.update(failures=5, failed_at=clock.real_now() - timedelta(minutes=31))
    actions.confirm(made, SECRET)


@pytest.mark.django_db(transaction=True)
def test_a_wrong_pin_outside_an_action_is_counted_at_once():
    made = account(person("P1"))
    with pytest.raises(Refused):
        actions.confirm(made, "wrong")
    assert queries.key_of(made).failures == 1


def test_who_has_no_key_is_told_where_to_make_one():
    made = account(person("P1"))
    PersonalKey.objects.update(state=PersonalKey.REVOKED)
    with pytest.raises(Refused, match="我的账号"):
        actions.confirm(made, SECRET)


def test_a_new_pin_keeps_the_key():
    made = account(person("P1"))
    public = queries.key_of(made).public
    with pytest.raises(Refused, match="原口令不正确"):
        actions.change_secret(made, "wrong", "New-Pin-2027")
    actions.change_secret(made, SECRET, "New-Pin-2027")
    actions.confirm(made, "New-Pin-2027")
    assert queries.key_of(made).public == public
    with pytest.raises(Refused, match="至少"):
        actions.change_secret(made, "New-Pin-2027", "short")


def test_a_reset_ends_the_old_secret_and_key(security):
    made = account(person("P1"))
    old = queries.key_of(made)
    secret = actions.reset_secret(security, made)
    old.refresh_from_db()
    made.refresh_from_db()
    assert old.state == PersonalKey.REVOKED and made.must_change
    actions.confirm(made, secret)


def test_only_the_security_administrator_resets(system):
    made = account(person("P1"))
    before = bytes(queries.key_of(made).locked)
    with pytest.raises(Refused, match="安全保密管理员"):
        actions.reset_secret(system, made, "忘记")
    assert bytes(queries.key_of(made).locked) == before
