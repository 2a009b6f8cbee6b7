"""A year's items are filed in one go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengtong.office.archive import queries
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.models import Item

from .conftest import confirm

pytestmark = pytest.mark.django_db
MANY, STATEMENTS = 200, 12  # for each item: its number, its two new files, its row and its text for the search, and a share of the rest


def test_two_hundred_items_are_filed_at_once(county, receive, fonds):
    for serial in range(1, MANY + 1):
        receive(serial)
    with CaptureQueriesContext(connection) as asked:
        done = confirm([Choice(item.document, klass="BGS") for item in queries.prefiled(county.archivist)], county.archivist)
    assert len(asked) < MANY * STATEMENTS
    assert sorted(item.item_serial for item in done) == list(range(1, MANY + 1))
    assert Item.objects.filter(state="filed").count() == MANY
