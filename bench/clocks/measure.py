"""The measurement, in a process of its own: `python -m bench.clocks.measure [CLOCKS]` prints one JSON object."""

import json
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as hour

import django

CLOCKS, ROUNDS, BATCH = 1_000_000, 3, 20_000
LAST = date(2026, 11, 30)
# fmt: off
KINDS = (  # limit, share of the clocks, promises given
    ("licence.acceptance",  0.25, (5,)),
    ("licence.decision",    0.55, (1, 3, 5, 10, 15, 20)),
    ("disclosure.answer",   0.10, (20,)),
    ("rating.follow_up",    0.10, (15,)),
)
# fmt: on


def clock(number: int, draw: random.Random) -> Iterator[tuple[str, str, str, datetime, str, int | None]]:
    """The events of one clock: one in ten is stopped for a hearing and half of these resumed; four in ten are finished."""
    from zhengtong.foundation.clock import ZONE

    limit, promises = draw.choices([(k[0], k[2]) for k in KINDS], [k[1] for k in KINDS])[0]
    began = LAST - timedelta(days=draw.randrange(60))
    subject = f"YL{number % 90:03d}-2026-{number:07d}"

    def event(kind: str, after: int, reason: str = "", promised: int | None = None) -> tuple[str, str, str, datetime, str, int | None]:
        moment = datetime.combine(min(began + timedelta(days=after), LAST), hour(9 + after % 8), ZONE)
        return subject, limit, kind, moment, reason, promised

    yield event("start", 0, promised=draw.choice(promises))
    if limit == "licence.decision" and draw.random() < 0.1 / 0.55:
        yield event("stop", 1, "hearing")
        if draw.random() < 0.5:
            yield event("resume", 9)
    elif draw.random() < 0.4:
        yield event("finish", draw.randint(1, 20))


def load(count: int) -> int:
    """So many clocks, by bulk insert; the number of events."""
    from zhengtong.foundation import clock as clocks
    from zhengtong.oversight.timelimits.models import Reported

    draw, waiting, came, total = random.Random(5), [], clocks.now(), 0
    for number in range(count):
        for subject, limit, kind, at, reason, promised in clock(number, draw):
            waiting.append(
                Reported(
                    network="business", subject=subject, limit=limit, kind=kind, at=at, reason=reason, promised=promised,
                    title="小餐饮经营许可", organ=subject[:5], came_at=came,
                )
            )  # fmt: skip
        if len(waiting) >= BATCH or number == count - 1:
            Reported.objects.bulk_create(waiting)
            total += len(waiting)
            waiting = []
    return total


def bare() -> int:
    """One pass over the same rows and columns in the same order through the driver, nothing done with them; how many there were."""
    from django.db import connection

    seen = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'SELECT subject, "limit", kind, at, promised, title, organ, reason FROM timelimits_reported ORDER BY subject, "limit", id'
        )
        while rows := cursor.fetchmany(10_000):
            seen += len(rows)
    return seen


def main(count: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from zhengtong.foundation.clock.queries import calendar
    from zhengtong.oversight.timelimits import queries

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    events = load(count)
    found = {"python": platform.python_version(), "database": connection.vendor, "clocks": count, "events": events}
    found["loading"] = time.monotonic() - began
    taken: dict[str, list[float]] = {"bare": [], "ours": []}
    for turn in range(ROUNDS):
        began = time.perf_counter()
        assert bare() == events
        taken["bare"].append(time.perf_counter() - began)
        began = time.perf_counter()
        rows = queries.board(LAST + timedelta(days=turn), finished=True)
        taken["ours"].append(time.perf_counter() - began)
        assert len(rows) == count
    found |= {way: sorted(times)[ROUNDS // 2] for way, times in taken.items()}
    day = LAST + timedelta(days=ROUNDS - 1)
    found["states"] = Counter(row.reading.state.value for row in rows)
    sample = random.Random(7).sample(rows, 2000)
    told = [dict(queries.accounts(queries.history(row.subject), day))[row.limit].reading == row.reading for row in sample]
    found |= {"checked": len(told), "same": all(told), "provisional": calendar().is_provisional(day)}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLOCKS)
