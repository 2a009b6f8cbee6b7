"""Each network is a house of its own: its modules, tables, addresses, keys and cookies, and nobody else's."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from .sources import ROOT

NETWORKS = ("office", "classified", "business", "portal", "oversight")
WITH_PEOPLE = ("office", "classified", "business", "oversight")
# fmt: off
OWN = {
    "office":     {"office"},
    "classified": {"office"},
    "business":   {"business", "oversight"},  # supervision runs in the business process by default
    "portal":     {"portal"},
    "oversight":  {"oversight"},
}
# fmt: on
SHARED = {"foundation", "ferry", "papers", "settings", "cli"}
# Not a state of its own: the state that the paper was in when this was written.
REMEMBERED = {"documents.Revision"}
PEOPLE = ("orgs", "accounts", "slips", "notices")


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """Start a network in a process of its own and tell what is in it."""
    home = tmp_path_factory.mktemp("home")

    @cache
    def start(network: str) -> dict:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "ZT_HOME": str(home),
            "ZT_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": f"zhengtong.settings.{network}",
        }
        done = subprocess.run([sys.executable, "-m", "tests.house.probe"], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return start


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_loads_no_module_of_another(network, started):
    houses = {name.split(".")[1] for name in started(network)["modules"]}
    assert houses <= SHARED | OWN[network]
    assert OWN[network] <= houses


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_installs_only_its_own_rooms(network, started):
    rooms = {name.split(".")[1] for name in started(network)["apps"] if name.startswith("zhengtong.")}
    assert rooms <= SHARED | OWN[network]


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_has_no_table_of_another(network, started):
    """A table's name begins with its room's label; a room may be named like one of the foundation, as both networks' search is."""
    others = {
        name.split(".")[2]
        for other in NETWORKS
        for name in started(other)["apps"]
        if name.startswith("zhengtong.") and name.split(".")[1] not in SHARED | OWN[network] and len(name.split(".")) > 2
    }
    shared = {name.split(".")[2] for name in started(network)["apps"] if name.startswith("zhengtong.foundation.")}
    assert others - shared
    assert [table for table in started(network)["tables"] if table.split("_")[0] in others - shared] == []


def test_only_the_business_network_knows_wagtail(started):
    assert [network for network in NETWORKS if started(network)["wagtail"]] == ["business"]


def test_the_portal_has_no_table_of_people(started):
    tables = started("portal")["tables"]
    assert tables
    assert [t for t in tables if t.startswith((*(f"{room}_" for room in PEOPLE), "auth_", "django_session", "otp_", "axes_"))] == []
    assert [name for name in started("portal")["modules"] if name.startswith(tuple(f"zhengtong.foundation.{r}." for r in PEOPLE))] == []


def test_the_portal_has_no_address_of_an_editor_or_administrator(started):
    words = ("admin", "desk", "sign-in", "sign-out", "login", "account", "staff", "editor", "people", "orgs", "audit")
    assert [r for r in started("portal")["routes"] if any(word in r[0].strip("^").split("/")[0] for word in words)] == []


@pytest.mark.parametrize("network", WITH_PEOPLE)
def test_every_address_has_a_door(network, started):
    """Also the editors' desk, whose pages are a library's: no exceptions."""
    routes = started(network)["routes"]
    assert len(routes) > 20
    assert [(address, view) for address, view, door in routes if door is None] == []


@pytest.mark.parametrize("network", WITH_PEOPLE)
def test_only_the_way_in_and_the_machine_are_open_to_all(network, started):
    open_to_all = {address.split("/")[0] for address, _, door in started(network)["routes"] if door == "public"}
    assert open_to_all <= {"health", "language", "sign-in", "sign-out", "desk", "static", "locked"}
    desk = {address for address, _, door in started(network)["routes"] if door == "public" and address.startswith("desk/")}
    assert desk <= {"desk/login/", "desk/password_reset/"}


@pytest.mark.parametrize("network", NETWORKS)
def test_every_state_is_held_by_the_database(network, started):
    """The states that a table admits are exactly those that the room knows."""
    found = started(network)["states"]
    assert found
    assert {n: s for n, s in found.items() if n not in REMEMBERED and (not s["offered"] or s["offered"] not in s["admitted"])} == {}


@pytest.mark.parametrize("network", NETWORKS)
def test_a_foreign_key_never_leaves_the_network(network, started):
    installed = {name.rsplit(".", 1)[-1] for name in started(network)["apps"]}
    libraries = {"auth", "contenttypes", "sessions", "otp_totp", "wagtailcore", "wagtaildocs", "wagtailimages"}
    for model, field, target in started(network)["keys"]:
        assert target.split(".")[0] in installed | libraries, (model, field, target)


def test_no_two_networks_share_a_cookie_a_key_or_a_file(started):
    for kind in ("cookies", "homes"):
        seen = [name for network in NETWORKS for name in started(network)[kind]]
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize("network", NETWORKS)
def test_migrations_are_as_the_tables(network, tmp_path):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "ZT_HOME": str(tmp_path), "ZT_MODE": "demo"}
    words = [sys.executable, "-m", "zhengtong.cli", network, "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tool", ["story", "clock", "ferry", "carry", "demo"])
def test_a_tool_tells_its_use_without_any_database(tool, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "ZT_HOME": str(empty / "home")}
    done = subprocess.run([sys.executable, "-m", "zhengtong.cli", tool, "--help"], cwd=empty, env=environment, capture_output=True)
    assert done.returncode == 0
    assert done.stdout
    assert list(empty.iterdir()) == []


def test_the_clock_counts_without_any_database(tmp_path):
    words = [sys.executable, "-m", "zhengtong.cli", "clock", "due", "2026-09-23", "--working-days", "20"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.strip().startswith("2026-10-28"), done.stderr
