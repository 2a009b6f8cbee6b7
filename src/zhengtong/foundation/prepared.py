"""Queries of every step and every list: written once in the ORM's words, compiled once, then only filled in.

Building and compiling a short query takes the ORM ten times as long as the database takes to answer it. A `Prepared` is
compiled at its first call with a stand-in for each value; later calls put their own values in the stand-ins' places.
What it gives are the same rows: whole models with what `select_related` names, or tuples where the query asks for values.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

R = TypeVar("R")
Given = int | str | date | Collection[int] | Collection[str]
Shape = tuple[tuple[type, int], ...]  # of each value its type, and how many places a list has; 0 for a single value
ONE, NONE_AT_ALL = 0, -1


@dataclass(frozen=True, slots=True)
class _Statement:
    """A compiled query, at which of its parameters which value stands, and how its rows are read."""

    sql: str
    parameters: tuple[object, ...]
    places: tuple[tuple[int, int], ...]
    locks: bool
    read: Callable[[list[tuple[object, ...]]], list[object]]


class Prepared(Generic[R]):
    """`write` says the query for given values: numbers, texts, days, moments, and lists of numbers or texts; never None."""

    def __init__(self, write: Callable[..., QuerySet[Model, R]]) -> None:
        self.write = write
        self.statements: dict[Shape, _Statement | None] = {}

    def __call__(self, *values: Given) -> list[R]:
        shape, flat = _shape(values)
        if shape not in self.statements:
            self.statements[shape] = _compiled(self.write, shape)
        statement = self.statements[shape]
        if statement is None:
            return []
        here = connections[DEFAULT_DB_ALIAS]
        if statement.locks and not here.in_atomic_block:
            raise TransactionManagementError("a row is locked inside an action only")
        parameters = list(statement.parameters)
        for at, value in statement.places:
            parameters[at] = _stored(flat[value])
        with here.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            rows = cursor.fetchall()
        return statement.read(rows)  # type: ignore[return-value]  # what `write` asked for

    def first(self, *values: Given) -> R | None:
        """The first row, None when there is none."""
        return next(iter(self(*values)), None)


def _shape(values: Sequence[Given]) -> tuple[Shape, list[object]]:
    """What kind of values these are, and all of them in one row; lists are filled up to a power of two by their last."""
    shape: list[tuple[type, int]] = []
    flat: list[object] = []
    for value in values:
        if isinstance(value, int | str | date):
            shape.append((type(value), ONE))
            flat.append(value)
            continue
        each = list(value)
        room = 1 << (len(each) - 1).bit_length() if each else NONE_AT_ALL
        shape.append((type(each[0]) if each else int, room))
        flat += each + each[-1:] * (room - len(each))
    return tuple(shape), flat


def _compiled(write: Callable[..., QuerySet[Model, R]], shape: Shape) -> _Statement | None:
    """The statement for values of this shape; None when nothing can be found, as in an empty list."""
    numbers = count()
    stand_ins: list[object] = []
    given: list[object] = []
    for kind, room in shape:
        own = [_stand_in(kind, next(numbers)) for _place in range(max(room, 1) if room != NONE_AT_ALL else 0)]
        stand_ins += own
        given.append(own[0] if room == ONE else own)
    queryset = write(*given)
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    stored = [_stored(each) for each in stand_ins]
    places = tuple((at, stored.index(value)) for at, value in enumerate(parameters) if value in stored)
    if missing := set(range(len(stored))) - {value for _at, value in places}:
        raise TypeError(f"a prepared query changes its values {sorted(missing)} or does not use them: {sql}")
    read = _reader(compiler, models=issubclass(queryset._iterable_class, ModelIterable))
    return _Statement(sql, tuple(parameters), places, queryset.query.select_for_update, read)


def _stand_in(kind: type, number: int) -> object:
    """A value of this type that no query of ours names itself."""
    if issubclass(kind, datetime):
        return datetime(1900, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    if issubclass(kind, date):
        return date(1900, 1, 1) + timedelta(days=number)
    return 2_100_000_000 + number if issubclass(kind, int) else f"\x1f{number}\x1f"


def _stored(value: object) -> object:
    """As the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _reader(compiler: SQLCompiler, *, models: bool) -> Callable[[list[tuple[object, ...]]], list[object]]:
    """Reads rows as the ORM itself does."""
    converters = compiler.get_converters([each[0] for each in compiler.select])
    told = compiler.klass_info

    def converted(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
        return [tuple(row) for row in compiler.apply_converters(rows, converters)] if converters else rows

    if not models or told is None:
        return converted  # type: ignore[return-value]  # tuples
    begin, end = told["select_fields"][0], told["select_fields"][-1] + 1
    names = [each[0].target.attname for each in compiler.select[begin:end]]
    populators = get_related_populators(told, compiler.select, DEFAULT_DB_ALIAS)

    def read(rows: list[tuple[object, ...]]) -> list[object]:
        found = []
        for row in converted(rows):
            one = told["model"].from_db(DEFAULT_DB_ALIAS, names, row[begin:end])
            for populator in populators:
                populator.populate(row, one)
            found.append(one)
        return found

    return read
