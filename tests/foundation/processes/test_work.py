"""What the processes do by themselves, and what keeps them from starting."""

import json
import os
import socket
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.processes import checks, ticks
from zhengtong.foundation.processes.management.commands import serve, worker


@pytest.fixture
def no_ticks(monkeypatch):
    """Nothing that the rooms registered runs."""
    monkeypatch.setattr(ticks, "_ticks", [])


def test_a_failing_tick_is_logged_and_does_not_stop_the_others(no_ticks, caplog, db):
    done = []

    def breaks():
        done.append("breaks")
        raise ValueError("no")

    ticks.every(1, breaks)
    ticks.every(1, lambda: done.append("works"))
    worker.tick(threading.Event(), once=True)
    assert done == ["breaks", "works"]
    failure = next(r for r in caplog.records if r.name == "zhengtong.worker")
    assert failure.levelname == "ERROR" and failure.exc_info and "breaks" in failure.work


def test_a_tick_runs_again_only_after_its_period(no_ticks, db):
    stop, done = threading.Event(), []

    def often():
        done.append("often")
        if done.count("often") == 3:
            stop.set()

    ticks.every(0, often)
    ticks.every(3600, lambda: done.append("hourly"))
    stop.wait = lambda _seconds: stop.is_set()
    worker.tick(stop)
    assert done.count("hourly") == 1 and done.count("often") == 3


def test_the_audits_checkpoint_is_among_the_ticks():
    assert any(tick.work is checkpoints.write and tick.seconds == 60 for tick in ticks.ticks())


@pytest.mark.django_db(transaction=True)  # a turn gives up connections, as a process does between two
def test_the_worker_signs_a_checkpoint_before_it_ends(network_keys, no_ticks):
    action(lambda: record(None, "trial.act", "x"))()
    call_command("worker", "--once")
    point = json.loads(checkpoints.path().read_text().splitlines()[-1])
    assert point["heads"]["system"][0] >= 1 and checkpoints.verify() == []


def test_serve_refuses_without_keys_and_names_the_command(own_home):
    with pytest.raises(CommandError, match=f"zhengtong {settings.NETWORK} keys init"):
        call_command("serve")
    assert not (settings.HOME / "static").exists()


def test_serve_misses_each_key_file_by_name(network_keys):
    assert checks.missing_keys() == []
    (settings.KEYS / "secret").unlink()
    assert checks.missing_keys() == ["secret"]


@pytest.mark.parametrize(("mode", "stops"), [("production", True), ("demo", False)])
def test_a_demo_clock_stops_a_production_start(tmp_path, mode, stops):
    (tmp_path / "time").write_text("86400")
    environment = {**os.environ, "ZT_HOME": str(tmp_path), "ZT_MODE": mode, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("ZT_DATABASE_URL", None)
    words = [sys.executable, "-m", "zhengtong.cli", settings.NETWORK, "check"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert bool(done.returncode) is stops
    assert ("E001" in done.stderr) is stops


def test_a_port_that_somebody_listens_on_is_refused_with_its_number(network_keys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            call_command("serve", port=port)
    assert not serve.taken("127.0.0.1", port)
