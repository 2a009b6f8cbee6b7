"""Taking the next number. The row stays locked until the caller's transaction ends, so a number is
used by a committed paper or not at all (条例第二十五条（二）)."""

from django.db import connection

USED = "INSERT INTO numbers_series (series, organ, year, last) VALUES (%s, %s, %s, %s) ON CONFLICT (series, organ, year) DO UPDATE "
ONE_MORE = USED + "SET last = numbers_series.last + 1 RETURNING last"
AT_LEAST = USED + "SET last = excluded.last WHERE numbers_series.last < excluded.last"


def take(series: str, organ: str, year: int) -> int:
    """The next number of the series, from 1, without gap or double; one statement, which locks the series' row.

    Must run inside the action that uses the number: rolled back with it, the number is free again.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("numbers.take outside an action")
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, [series, organ, year, 1])
        number: int = cursor.fetchone()[0]
    return number


def reach(series: str, organ: str, year: int, number: int) -> None:
    """Everything up to `number` is used, by papers that were numbered elsewhere and taken in here: the next one comes after it."""
    if not connection.in_atomic_block:
        raise RuntimeError("numbers.reach outside an action")
    with connection.cursor() as cursor:
        cursor.execute(AT_LEAST, [series, organ, year, number])
