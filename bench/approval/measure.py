"""One database's measurement, in a process of its own: `python -m bench.approval.measure` prints one JSON object."""

import json
import multiprocessing
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice

import django

# fmt: off
MODELS = (
    # workers, steps each, rounds
    (1,  40, 3),
    (8,   6, 3),
)
# fmt: on
WARM = 2  # steps of each worker before the clock runs


def worker(number: int, way_name: str, codes: Sequence[str], gate, out) -> None:
    """One process: warm up, wait for the others, do its steps; tells when it began and ended."""
    from .ways import WAYS

    way = next(w for w in WAYS if w.__name__ == way_name)()
    for code in codes[:WARM]:
        way.step(code)
    gate.wait(timeout=120)
    began = time.monotonic()
    for code in codes[WARM:]:
        way.step(code)
    out.put((number, began, time.monotonic()))


def together(way_name: str, workers: int, each: int, codes: Iterator[str]) -> float:
    """Steps per second of all workers."""
    from django.db import connections

    connections.close_all()  # no worker inherits a connection
    context = multiprocessing.get_context("fork")
    gate, out = context.Barrier(workers), context.Queue()
    shares = [list(islice(codes, each + WARM)) for _ in range(workers)]
    processes = [context.Process(target=worker, args=(n, way_name, share, gate, out)) for n, share in enumerate(shares)]
    for process in processes:
        process.start()
    times = [out.get(timeout=180) for _ in processes]
    for process in processes:
        process.join()
    return workers * each / (max(t[2] for t in times) - min(t[1] for t in times))


def durability() -> dict[str, str]:
    """What the database promises when it says that a transaction is committed."""
    from django.db import connection

    names = ("journal_mode", "synchronous") if connection.vendor == "sqlite" else ("fsync", "synchronous_commit", "full_page_writes")
    word = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"{word} {name}")
            found[name] = str(cursor.fetchone()[0])
        if connection.vendor == "sqlite":
            found["synchronous"] = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}[found["synchronous"]]
            return {"version": f"SQLite {sqlite3.sqlite_version}", **found}
        cursor.execute("SHOW server_version")
        return {"version": f"PostgreSQL {cursor.fetchone()[0].split()[0]}", **found}


def rows_of(code: str) -> list[object]:
    """What a step left of this document, without moments and keys of rows."""
    from zhengtong.foundation.audit.models import Entry
    from zhengtong.foundation.slips.models import Line
    from zhengtong.office.documents.models import Document

    lines = Line.objects.filter(slip__paper=code).values_list("order", "stage", "state", "decision", "opinion", "done_by", "key")
    entry = Entry.objects.filter(target=f"documents.document:{code}").values_list("chain", "actor_code", "verb", "detail")
    return [*lines, *entry, *Document.objects.filter(code=code).values_list("state", "version")]


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from zhengtong.foundation.audit import checkpoints
    from zhengtong.foundation.audit.models import Entry

    from . import county
    from .ways import WAYS, Spiff

    call_command("migrate", verbosity=0)
    cast = county.people()
    need = len(WAYS) * sum(workers * (each + WARM) * rounds for workers, each, rounds in MODELS)
    codes = [f"B{n:06d}" for n in range(need)]
    county.copies(county.first(cast), codes)
    size = Spiff.prepare(codes)
    before, fresh = Entry.objects.count(), iter(codes)
    results = []
    for workers, each, rounds in MODELS:
        taken = {way.__name__: [] for way in WAYS}
        for _ in range(rounds):  # in turn, so that a busy moment of the machine meets all three
            for way in WAYS:
                taken[way.__name__].append(together(way.__name__, workers, each, fresh))
        for way in WAYS:
            rate = statistics.median(taken[way.__name__])
            results.append({"workers": workers, "way": way.name, "rate": rate, "rounds": taken[way.__name__], "each": each})
    json.dump(
        {
            "durability": durability(),
            "python": platform.python_version(),
            "results": results,
            "steps": Entry.objects.count() - before,
            "same": rows_of(codes[0]) == rows_of(codes[MODELS[0][1] + WARM]),  # the first of ours, the first of bare SQL
            "faults": [str(f) for f in checkpoints.verify()],
            "state": size,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
