"""Tables that these very migrations once made, kept for the next run of the tests.

Making a network's tables takes half a minute, and every set of tests needs them. Whatever they are made of is in the name
under which they are kept: change one letter of a migration, and they are made anew. Embedded databases only.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created

from zhengtong.foundation.audit import append_only  # the only module of ours that migrations call


def _sources():
    """Every file that says how the tables are made."""
    yield Path(append_only.__file__)
    for config in apps.get_app_configs():
        migrations = Path(config.path) / "migrations"
        if migrations.is_dir():
            yield from sorted(migrations.glob("*.py"))
        elif config.models_module:  # a library without migrations
            yield Path(config.models_module.__file__)


def key():
    digest = hashlib.sha256(f"{django.get_version()} {sqlite3.sqlite_version} {[c.name for c in apps.get_app_configs()]}".encode())
    for path in _sources():
        digest.update(f"\0{path.parent.parent.name}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Tables:
    """The kept tables of this network, or the place for them."""

    def __init__(self, folder):
        self.path = Path(folder) / f"{key()}.sqlite3" if connection.vendor == "sqlite" else None

    def put_in(self):
        """Let the first connection to the empty database of this run find them."""
        if self.path and self.path.exists():
            connection_created.connect(self._fill, dispatch_uid=self.path)

    def _fill(self, connection, **_more):
        connection_created.disconnect(dispatch_uid=self.path)
        with closing(sqlite3.connect(self.path)) as kept:
            kept.backup(connection.connection)

    def keep(self):
        """What was made in this run is kept for the next, whole or not at all."""
        if self.path and not self.path.exists():
            made = self.path.with_suffix(f".{os.getpid()}")  # two sets of one network may run side by side
            with closing(sqlite3.connect(made)) as kept:
                connection.connection.backup(kept)
            made.replace(self.path)
