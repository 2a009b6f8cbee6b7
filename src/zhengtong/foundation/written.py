"""Rows written at every step: the ORM's own values in a statement that is composed once for each model and its columns.

Composing an UPDATE or INSERT takes the ORM several times as long as the database takes to do it. Only whole values are
written here, no expressions; keys that the database gives are not read back, and no signal is sent.
"""

from collections.abc import Sequence
from functools import cache

from django.db import DatabaseError, connection
from django.db.models import Field, Model


def keep(row: Model, *names: str) -> None:
    """What `row.save(update_fields=names)` does for a row that is there; DatabaseError when it is there no more."""
    sql, fields = _update(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not there")


def add(rows: Sequence[Model]) -> None:
    """What `bulk_create` does for new rows of one model; their keys stay unknown."""
    if not rows:
        return
    sql, fields = _insert(type(rows[0]), len(rows))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Field, ...]]:
    quote, key = connection.ops.quote_name, model._meta.pk
    fields = tuple(model._meta.get_field(name) for name in names)
    told = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return f"UPDATE {quote(model._meta.db_table)} SET {told} WHERE {quote(key.column)} = %s", (*fields, key)  # noqa: S608 (names of ours)


@cache
def _insert(model: type[Model], count: int) -> tuple[str, tuple[Field, ...]]:
    quote = connection.ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if field is not model._meta.auto_field)
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {places}", fields  # noqa: S608 (names of ours)
