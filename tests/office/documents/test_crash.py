"""A crash at every statement of signing leaves both the change and its entry, or neither."""

import pytest
from django.db import connection

from zhengtong.foundation.audit.models import Entry, Head
from zhengtong.foundation.slips.models import Line
from zhengtong.office.documents import actions
from zhengtong.office.documents.models import Document

from .conftest import PIN

pytestmark = pytest.mark.django_db(transaction=True)


class Crash(Exception):
    """The process died here."""


def facts():
    return (
        list(Document.objects.values()),
        list(Line.objects.order_by("pk").values()),
        list(Entry.objects.order_by("pk").values_list("hash", flat=True)),
        list(Head.objects.order_by("chain").values_list("chain", "seq", "hash")),
    )


def test_a_crash_at_every_statement_of_signing(cast, walk):
    document = walk("signing")
    before, statements = facts(), 0

    def dying_at(n):
        count = 0

        def wrapper(execute, sql, params, many, context):
            nonlocal count
            count += 1
            if count == n:
                raise Crash(sql)
            return execute(sql, params, many, context)

        return wrapper

    while True:
        statements += 1
        try:
            with connection.execute_wrapper(dying_at(statements)):
                actions.sign(document.code, cast.head, PIN, "同意")
        except Crash:
            assert facts() == before, f"statement {statements} left a half-signed document"
            continue
        break
    after = facts()
    assert statements > 15, "every statement was tried"
    assert after[0][0]["signed_by_id"] == cast.head.pk and after[0][0]["state"] == "recheck"
    assert len(after[2]) == len(before[2]) + 1 and Entry.objects.latest("pk").verb == "documents.sign"
