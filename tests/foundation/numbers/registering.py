"""One of the eight who register: take a number, use it, again, until all papers have theirs.

python -m tests.foundation.numbers.registering PAPERS
"""

import random
import sys
import time

import django

django.setup()

from zhengtong.foundation.audit.actions import action, record  # noqa: E402  tables are known only now
from zhengtong.foundation.numbers.actions import take  # noqa: E402


class Enough(Exception):
    """Every paper has its number."""


@action
def register(papers: int) -> None:
    """Give one paper the next number; what happens between the two is where a kill hurts most."""
    took = take("云政发", "O1", 2026)
    if took > papers:
        raise Enough
    time.sleep(random.random() / 100)
    record(None, "numbers.register", f"云政发〔2026〕{took}号", {"number": took})
    time.sleep(random.random() / 100)


if __name__ == "__main__":
    print("ready", flush=True)
    try:
        while True:
            register(int(sys.argv[1]))
    except Enough:
        pass
