"""One database's measurement, in a process of its own: `python -m bench.editors.measure` prints one JSON object."""

import json
import statistics
import sys
import time

import django

from bench.approval.measure import durability

TURNS, WARM = 12, 2
DESK = "/desk/snippets/desk/article/"
PAGES = {
    "our list": "/articles/?state=",
    "our list, searched": "/articles/?state=&words=99",
    "the desk's list": DESK,
    "the desk's list, searched": f"{DESK}?q=99",
    "writing a new one": f"{DESK}add/",
}


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.LOGGING_CONFIG = None
    call_command("migrate", verbosity=0)
    from . import cluster

    began = time.monotonic()
    editors = cluster.load()
    found = {"loading": time.monotonic() - began, "durability": durability(), "results": []}
    for page, path in PAGES.items():
        row = {"page": page}
        for who, account in editors.items():
            client, taken = cluster.signed_in(Client(), account), []
            for turn in range(TURNS + WARM):
                began = time.perf_counter()
                answer = client.get(path)
                if answer.status_code != 200:
                    raise SystemExit(f"{path}: {answer.status_code}")
                if turn >= WARM:
                    taken.append(1000 * (time.perf_counter() - began))
            row[who] = statistics.median(taken)
        found["results"].append(row)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
