import pytest

from zhengtong.foundation.accounts import rules

BUSINESS_ROLES = sorted(rules.ROLES.keys() - rules.ADMINISTRATORS)


@pytest.mark.parametrize(
    ("together", "forbidden"),
    [
        ({"system_admin", "security_admin"}, False),  # three posts, not three persons
        ({"system_admin", "auditor"}, True),
        ({"security_admin", "auditor"}, True),
        ({"auditor"}, False),
        ({"drafter", "unit_head", "registrar"}, False),
        ({"system_admin", "drafter"}, True),
        ({"security_admin", "publisher"}, True),
        ({"auditor", "window_clerk"}, True),
        (set(), False),
    ],
)
def test_the_exclusions_of_the_three_administrators(together, forbidden):
    assert (rules.exclusion(together) is not None) is forbidden


@pytest.mark.parametrize("admin", sorted(rules.ADMINISTRATORS))
@pytest.mark.parametrize("role", BUSINESS_ROLES)
def test_an_administrator_holds_no_business_role(admin, role):
    assert rules.exclusion({admin, role})


@pytest.mark.parametrize("admin", sorted(rules.ADMINISTRATORS))
def test_roles_that_exclude_each_other_all_lapse(admin):
    assert rules.effective({admin, "drafter", "registrar"}) == frozenset()
    assert rules.effective({"drafter", "registrar"}) == {"drafter", "registrar"}


def test_auditor_and_system_administrator_lapse_together():
    assert rules.effective({"system_admin", "auditor"}) == frozenset()


def test_every_row_names_its_source_and_its_networks():
    assert all(role.source and role.name and role.networks for role in rules.ROLES.values())
    assert all(rule.source for rule in rules.EXCLUSIONS)
    assert all(policy.source for policy in rules.POLICIES.values())
    assert all(code == role.code for code, role in rules.ROLES.items())


@pytest.mark.parametrize(
    "role", ["system_admin", "security_admin", "auditor", "principal_head", "deputy_head", "release_reviewer", "publisher"]
)
def test_administrators_leaders_and_release_reviewers_need_a_second_factor(role):
    assert rules.needs_second_factor({role, "drafter"})


def test_a_clerk_needs_no_second_factor():
    assert not rules.needs_second_factor({"drafter", "window_clerk", "registrar"})


@pytest.mark.parametrize(
    ("role", "network", "held", "objects"),
    [
        ("drafter", "office", set(), False),
        ("drafter", "business", set(), True),
        ("publisher", "office", set(), True),
        ("nothing", "office", set(), True),
        ("auditor", "office", {"drafter"}, True),
        ("drafter", "office", {"auditor"}, True),
        ("security_admin", "office", {"system_admin"}, False),
    ],
)
def test_what_may_be_granted(role, network, held, objects):
    assert bool(rules.grant_objection(role, network, held)) is objects


@pytest.mark.parametrize(
    ("network", "what", "secret", "objects"),
    [
        ("business", "password", "Short-1", True),
        ("business", "password", "alllowercase", True),
        ("business", "password", "Long-Enough-12", False),
        ("business", "password", "Lin.Wen-2026", True),
        ("office", "pin", "moon2026", False),
        ("office", "pin", "moonrise", True),
        ("classified", "pin", "moon2026", True),
        ("classified", "pin", "Moon-2026-sea", False),
        ("classified", "pin", "Aa1Aa1Aa1Aa1", True),
    ],
)
def test_how_strong_a_secret_must_be(network, what, secret, objects):
    assert bool(rules.secret_objection(secret, rules.POLICIES[network, what], "lin.wen")) is objects


def test_the_classified_network_asks_most_of_a_secret():
    strictest = rules.POLICIES["classified", "pin"]
    assert strictest.minimum == max(p.minimum for p in rules.POLICIES.values())
    assert strictest.days == min(p.days for p in rules.POLICIES.values())


@pytest.mark.parametrize(("network", "minutes"), [("office", 10), ("classified", 10), ("business", 30)])
def test_idle_minutes(network, minutes):
    assert rules.IDLE_MINUTES[network] == minutes


def test_an_auditors_account_offers_both_administrators_what_takes_two():
    offered = {role: {row.verb for row in rules.verbs("active", {role}, auditor=True)} for role in rules.JOINT}
    assert offered == {"system_admin": {"disable", "reset"}, "security_admin": {"disable", "reset", "unlock"}}


def test_an_ordinary_account_offers_each_administrator_his_own():
    assert [row.verb for row in rules.verbs("active", {"system_admin"}, auditor=False)] == ["disable"]
    assert [row.verb for row in rules.verbs("active", {"security_admin"}, auditor=False)] == ["unlock", "reset"]
    assert [row.verb for row in rules.verbs("pending", {"security_admin"}, auditor=False)] == ["activate"]
    assert not rules.verbs("active", {"auditor"}, auditor=False)
