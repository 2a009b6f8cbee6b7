"""Reading changes nothing, and a stranger gets no further than the sign-in page."""

import json
import os
import subprocess
import sys

import pytest

from .sources import ROOT
from .test_networks import NETWORKS, WITH_PEOPLE

BREAKS_ON_PURPOSE = "/desk/failwhale/"  # Wagtail's own test of its page for errors


@pytest.fixture(scope="module")
def visited(tmp_path_factory):
    """Each network's addresses, as they answered."""
    answers = {}

    def visit(network: str) -> list[dict]:
        if network not in answers:
            environment = {
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
                "ZT_HOME": str(tmp_path_factory.mktemp("home")),
                "ZT_MODE": "demo",
                "DJANGO_SETTINGS_MODULE": f"zhengtong.settings.{network}",
            }
            words = [sys.executable, "-m", "tests.house.visits"]
            done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            answers[network] = json.loads(done.stdout.splitlines()[-1])
        return answers[network]

    return visit


@pytest.mark.parametrize("network", WITH_PEOPLE)
def test_a_stranger_is_sent_to_the_sign_in_page_from_every_address_that_is_not_public(network, visited):
    closed = [v for v in visited(network) if v["door"] != "public"]
    assert len(closed) > 10
    assert [v for v in closed if v["stranger"] != 302 or not v["to"].startswith("/sign-in/")] == []


@pytest.mark.parametrize("network", NETWORKS)
def test_reading_any_address_leaves_no_trace_of_a_change(network, visited):
    assert visited(network)
    assert [v for v in visited(network) if v["wrote"]] == []


@pytest.mark.parametrize("network", NETWORKS)
def test_no_address_breaks_when_it_is_read(network, visited):
    """Each is read by somebody whose post opens it; where only POST is answered, that is said."""
    for visit in visited(network):
        assert visit["stranger"] < 500, visit
        if visit["address"] == BREAKS_ON_PURPOSE:
            continue
        assert visit["insider"] in (None, 200, 301, 302, 403, 404, 405), visit


@pytest.mark.parametrize("network", WITH_PEOPLE)
def test_a_door_opens_for_the_role_it_names(network, visited):
    own = [v for v in visited(network) if isinstance(v["door"], list) and v["door"] and not v["address"].startswith("/desk/")]
    assert own
    assert [v for v in own if v["insider"] not in (200, 302, 405)] == []
