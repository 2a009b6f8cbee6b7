"""The portal's whole store, table by table: what is not listed here is not there."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

from .sources import ROOT

PORTAL = {
    "audit_entry",
    "audit_head",
    "clock_calendarday",
    "clock_clockevent",
    "clock_running",
    "counter_attempt",
    "counter_desk",
    "counter_further",
    "counter_submission",
    "django_migrations",
    "django_tasks_database_dbtaskresult",
    "ferry_incoming",
    "ferry_outgoing",
    "ferry_trouble",
    "files_file",
    "numbers_series",
    "pages_release",
    "sqlite_sequence",
}


def test_the_portals_database_holds_these_tables_and_no_other(tmp_path):
    """No session, no account, no person, no article: read from the database itself after `migrate`."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "ZT_HOME": str(tmp_path), "ZT_MODE": "demo"}
    words = [sys.executable, "-m", "zhengtong.cli", "portal", "migrate", "--verbosity", "0"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "portal" / "db.sqlite3")) as connection:
        assert {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == PORTAL
