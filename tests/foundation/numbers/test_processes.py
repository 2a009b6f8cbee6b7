"""Eight processes register, a ninth kills: no number is lost, none is given twice (条例第二十五条（二）)."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).parents[3]
PAPERS, CLERKS, KILLS = 200, 8, 5


def python(*words):
    return [sys.executable, "-m", *words]


@pytest.fixture
def registry(tmp_path):
    """A database of its own with the numbers' and the audit's tables: the children's environment, and SQL on it."""
    environment = {
        **{k: v for k, v in os.environ.items() if k != "ZT_DATABASE_URL"},
        "ZT_HOME": str(tmp_path / "home"),
        "ZT_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": f"zhengtong.settings.{settings.NETWORK}",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    address = os.environ.get("ZT_DATABASE_URL")
    name = f"zt_numbers_{settings.NETWORK}_{os.getpid()}"
    server = urlsplit(address)._replace(path="/postgres").geturl() if address else ""
    if address:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        environment["ZT_DATABASE_URL"] = urlsplit(address)._replace(path=f"/{name}").geturl()
    for room in ("numbers", "audit"):
        subprocess.run(python("django", "migrate", room, "--verbosity", "0"), env=environment, cwd=ROOT, check=True)

    def rows(statement):
        if address:
            with psycopg.connect(environment["ZT_DATABASE_URL"]) as connection:
                return connection.execute(statement).fetchall()
        with closing(sqlite3.connect(tmp_path / "home" / settings.NETWORK / "db.sqlite3", timeout=30)) as connection:
            return connection.execute(statement).fetchall()

    yield environment, rows
    if address:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Clerk:
    """One process that registers, from the moment it is ready."""

    def __init__(self, environment, log):
        self.log = log
        with log.open("w") as out:
            words = python("tests.foundation.numbers.registering", str(PAPERS))
            self.process = subprocess.Popen(words, env=environment, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)

    @property
    def at_work(self):
        return self.process.poll() is None and self.log.read_text() == "ready\n"


def test_eight_processes_and_a_killer_leave_neither_gap_nor_double(registry, tmp_path):
    environment, rows = registry
    hired = [Clerk(environment, tmp_path / f"clerk{n}") for n in range(CLERKS)]
    killed, until = [], time.monotonic() + 240
    try:
        while any(clerk.process.poll() is None for clerk in hired):
            assert time.monotonic() < until
            time.sleep(0.05)
            at_work = [clerk for clerk in hired if clerk.at_work]
            if len(at_work) > 1 and len(killed) < KILLS and rows("SELECT count(*) FROM audit_entry")[0][0] >= 30 * len(killed):
                time.sleep(random.random() / 50)
                victim = random.choice(at_work)
                victim.process.send_signal(signal.SIGKILL)
                if victim.process.wait() == -signal.SIGKILL:
                    killed.append(victim)
                    hired.append(Clerk(environment, tmp_path / f"clerk{len(hired)}"))
    finally:
        for clerk in hired:
            clerk.process.kill()
            clerk.process.wait()
    assert [clerk.log.read_text() for clerk in hired if clerk not in killed and clerk.process.returncode] == []
    assert len(killed) == KILLS
    assert rows("SELECT last FROM numbers_series") == [(PAPERS,)]
    assert sorted(target for (target,) in rows("SELECT target FROM audit_entry")) == sorted(
        f"云政发〔2026〕{n}号" for n in range(1, PAPERS + 1)
    )
    assert [seq for (seq,) in rows("SELECT seq FROM audit_entry ORDER BY seq")] == list(range(1, PAPERS + 1))
