"""What every set of tests shares. One set runs with one network's settings, as in life."""

from importlib import import_module

import hypothesis
import pytest

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine decides no test
hypothesis.settings.load_profile("house")

PEOPLE = ("orgs", "accounts", "slips", "notices")


def pytest_ignore_collect(collection_path, config):
    """The portal knows no people: their rooms are not installed there."""
    from django.conf import settings

    parts = collection_path.parts
    if settings.NETWORK == "portal" and "foundation" in parts and not set(PEOPLE).isdisjoint(parts):
        return True
    return None


def pytest_collection_modifyitems(config, items):
    """A test that speaks of other networks than this one is not part of this set; it is left out, not skipped."""
    from django.conf import settings

    def belongs(item):
        on = [name for mark in item.iter_markers("on") for name in mark.args]
        off = [name for mark in item.iter_markers("off") for name in mark.args]
        return (not on or settings.NETWORK in on) and settings.NETWORK not in off

    config.hook.pytest_deselected(items=[item for item in items if not belongs(item)])
    items[:] = [item for item in items if belongs(item)]


@pytest.fixture(scope="session")
def tables(request):
    """This network's tables, as its migrations make them."""
    from . import ready

    return ready.Tables(request.config.cache.mkdir("zhengtong-tables"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tables):
    """Before the database of this run is made."""
    tables.put_in()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tables):
    """After it is made."""
    with django_db_blocker.unblock():
        tables.keep()


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Files, keys and trays of one test never meet those of another."""
    home = tmp_path / settings.NETWORK
    for part in ("files", "keys", "trays/in", "trays/out", "logs", "tmp"):
        (home / part).mkdir(parents=True)
    settings.HOME = tmp_path
    settings.NETWORK_HOME = home
    settings.MEDIA_ROOT = home / "files"
    settings.KEYS = home / "keys"
    settings.TRAYS = home / "trays"
    settings.LOGS = home / "logs"
    settings.FILE_UPLOAD_TEMP_DIR = home / "tmp"
    # Pages name their assets plainly here; the hashed names are made by `serve`.
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    return home


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """A password costs a second of counting in life and none here; the way it is kept stays the same."""
    hashers = import_module("zhengtong.foundation.accounts.hashers")
    hashers.SM3PasswordHasher.iterations = 1_000


@pytest.fixture
def network_keys(own_home, db):
    """This network's own keys, as `keys init` makes them."""
    from django.core.management import call_command

    call_command("keys", "init", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_triggers():
    """Tests with real commits empty all tables afterwards; SQLite's guards of append-only tables let them, only here."""
    from django.db import connection
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case):
        guards = []
        if connection.vendor == "sqlite":  # PostgreSQL truncates, which no guard of a row sees
            with connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                guards = cursor.fetchall()
                for name, _sql in guards:
                    cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            flush(case)
        finally:
            with connection.cursor() as cursor:
                for _name, sql in guards:
                    cursor.execute(sql)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush
