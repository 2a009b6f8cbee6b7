"""A year's items are filed in one go."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.office.archive import queries
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.models import Item

from .conftest import confirm

pytestmark = pytest.mark.django_db
MANY, SECONDS, STATEMENTS = 200, 20, 24  # a loaded machine with one slow disc; statements for each item


def test_two_hundred_items_are_filed_at_once(county, receive, fonds):
    for serial in range(1, MANY + 1):
        receive(serial)
    began = time.monotonic()
    with CaptureQueriesContext(connection) as asked:
        done = confirm([Choice(item.document, klass="BGS") for item in queries.prefiled(county.archivist)], county.archivist)
    assert time.monotonic() - began < SECONDS
    assert len(asked) < MANY * STATEMENTS
    assert sorted(item.item_serial for item in done) == list(range(1, MANY + 1))
    assert Item.objects.filter(state="filed").count() == MANY
