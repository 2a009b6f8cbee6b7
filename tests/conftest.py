"""What every set of tests shares. One set runs with one network's settings, as in life."""

import os
import tempfile

HOME = tempfile.mkdtemp(prefix="zt-tests-")
os.environ["ZT_HOME"] = HOME
os.environ["ZT_MODE"] = "demo"

import shutil  # noqa: E402  settings read the two names above when Django starts
from importlib import import_module  # noqa: E402

import pytest  # noqa: E402

PEOPLE = ("orgs", "accounts", "slips", "notices")


def pytest_ignore_collect(collection_path, config):
    """The portal knows no people: their rooms are not installed there."""
    from django.conf import settings

    parts = collection_path.parts
    if settings.NETWORK == "portal" and "foundation" in parts and not set(PEOPLE).isdisjoint(parts):
        return True
    return None


def pytest_unconfigure(config):
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Files, keys and trays of one test never meet those of another."""
    home = tmp_path / settings.NETWORK
    for part in ("files", "keys", "trays/in", "trays/out", "logs", "tmp"):
        (home / part).mkdir(parents=True)
    settings.HOME = tmp_path
    settings.MODE = "demo"  # pytest-django reads the settings before this file, perhaps without ZT_MODE
    settings.NETWORK_HOME = home
    settings.MEDIA_ROOT = home / "files"
    settings.KEYS = home / "keys"
    settings.TRAYS = home / "trays"
    settings.LOGS = home / "logs"
    settings.FILE_UPLOAD_TEMP_DIR = home / "tmp"
    # Pages name their assets plainly here; the hashed names are made by `serve`.
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    return home


@pytest.fixture
def network_keys(own_home, db):
    """This network's own keys, as `keys init` makes them."""
    from django.core.management import call_command

    call_command("keys", "init", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_triggers():
    """Tests with real commits empty all tables afterwards; the audit room's triggers let them, only here."""
    from django.db import connection
    from django.test import TransactionTestCase

    append_only = import_module("zhengtong.foundation.audit.migrations.0002_append_only")
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case):
        with connection.schema_editor() as editor:
            append_only.backwards(None, editor)
        try:
            flush(case)
        finally:
            with connection.schema_editor() as editor:
                append_only.forwards(None, editor)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush
