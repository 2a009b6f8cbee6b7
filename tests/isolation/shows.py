"""Ask one network's log for many entries in one process: `python -m tests.isolation.shows NETWORK SM3 …`."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    for digest in sys.argv[1:]:
        call_command("audit", "show", digest)
