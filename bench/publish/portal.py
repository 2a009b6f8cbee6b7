"""The portal's side, a process of its own as in life: takes in what lies in its tray, then reads a page as a visitor would."""

import json
import sys
import time

import django


def main() -> None:
    """A line "PATH<tab>WORDS" asks; the answer is a line of JSON: milliseconds of each step."""
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from zhengtong.ferry.actions import pack_due
    from zhengtong.ferry.arrival import accept_all

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("keys", "init", verbosity=0)
    call_command("keys", "export", sys.argv[1], verbosity=0)
    print("ready", flush=True)
    call_command("keys", "trust", sys.stdin.readline().strip(), yes=True, verbosity=0, stdout=sys.stderr)
    client = Client()
    for line in sys.stdin:
        path, words = line.rstrip("\n").split("\t")
        began = time.perf_counter()
        taken = accept_all()
        switched = time.perf_counter()
        answer = client.get(path)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        ended = time.perf_counter()
        pack_due()
        good = taken == 1 and answer.status_code == 200 and words in page.decode()
        told = {
            "check and switch": 1000 * (switched - began),
            "read": 1000 * (ended - switched),
            "good": good,
            "status": answer.status_code,
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
