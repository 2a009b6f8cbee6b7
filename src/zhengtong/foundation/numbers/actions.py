"""Taking the next number. The row stays locked until the caller's transaction ends, so a number is
used by a committed paper or not at all (条例第二十五条（二）)."""

from django.db import connection

from .models import Series


def take(series: str, organ: str, year: int) -> int:
    """The next number of the series, from 1, without gap or double.

    Must run inside the action that uses the number: rolled back with it, the number is free again.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbers.take outside an action")
    Series.objects.get_or_create(series=series, organ=organ, year=year)
    row = Series.objects.select_for_update().get(series=series, organ=organ, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def reach(series: str, organ: str, year: int, number: int) -> None:
    """Everything up to `number` is used, by papers that were numbered elsewhere and taken in here: the next one comes after it."""
    if not connection.in_atomic_block:
        raise RuntimeError("numbers.reach outside an action")
    Series.objects.get_or_create(series=series, organ=organ, year=year)
    row = Series.objects.select_for_update().get(series=series, organ=organ, year=year)
    if row.last < number:
        row.last = number
        row.save(update_fields=["last"])
