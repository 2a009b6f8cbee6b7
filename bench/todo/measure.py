"""One database's measurement, in a process of its own: `python -m bench.todo.measure` prints one JSON object."""

import json
import multiprocessing
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import django

from bench.approval.measure import durability

DOCUMENTS, USERS, EACH, WARM = 1_000_000, 16, 40, 4


def user(number: int, way: str, keys: Sequence[int], gate, out) -> None:
    """One process: warm up, wait for the others, then ask one list after another without a pause."""
    from zhengtong.foundation.orgs.models import Person

    from .ways import WAYS, Bare

    ask = WAYS[way]()
    people = [Person.objects.get(pk=key) for key in keys]
    for person in people if isinstance(ask, Bare) else ():
        ask.prepare(person)
    taken = []
    for n, person in enumerate(people):
        if n == WARM:
            gate.wait(timeout=600)
        began = time.perf_counter()
        ask(person)
        if n >= WARM:
            taken.append(1000 * (time.perf_counter() - began))
    out.put(taken)


def together(way: str, users: int, chosen: random.Random) -> list[float]:
    """Milliseconds of every list that all of them asked for."""
    from django.db import connections

    from . import county

    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, out = context.Barrier(users), context.Queue()
    everybody = range(1, county.ORGANS * county.EACH + 1)
    shares = [chosen.sample(everybody, EACH + WARM) for _ in range(users)]
    processes = [context.Process(target=user, args=(n, way, share, gate, out)) for n, share in enumerate(shares)]
    for process in processes:
        process.start()
    times = [ms for _ in processes for ms in out.get(timeout=900)]
    for process in processes:
        process.join()
    return times


def timed(what: Callable[[], None]) -> float:
    began = time.monotonic()
    what()
    return time.monotonic() - began


def main(count: int) -> None:
    django.setup()
    from django.core.management import call_command

    from zhengtong.foundation.orgs.models import Person
    from zhengtong.foundation.slips.models import Line

    from . import county
    from .ways import WAYS, Bare

    call_command("migrate", verbosity=0)
    loading = timed(lambda: (county.people(), county.documents(count)))
    results = []
    for users in (1, USERS):
        for way in WAYS:
            taken = together(way, users, random.Random(users))
            taken.sort()
            results.append({"users": users, "way": way, "median": statistics.median(taken), "p95": taken[int(len(taken) * 0.95)]})
    bare, ours = Bare(), WAYS["our list"]()
    sample = list(Person.objects.filter(pk__in=range(1, 8000, 97)))
    lists = [([row[0] for row in bare(person)], [row.line.pk for row in ours(person)]) for person in sample]
    json.dump(
        {
            "durability": durability(),
            "python": platform.python_version(),
            "loading": loading,
            "documents": count,
            "people": Person.objects.count(),
            "lines": Line.objects.count(),
            "results": results,
            "same": all(sorted(theirs) == sorted(own) for theirs, own in lists),
            "rows": statistics.mean(len(theirs) for theirs, _ in lists),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
