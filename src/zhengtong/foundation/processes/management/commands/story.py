"""`zhengtong NETWORK story`: this network's own steps of the stories, one JSON line in, one out.

The driver passes on only what a person would; everything else crosses as packages.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import activate

from zhengtong.foundation.audit import queries
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused


def all_steps() -> dict[str, Callable[[dict[str, object]], dict[str, object]]]:
    """The network's own steps, and those of rooms that are guests in its process (supervision)."""
    home = "office" if settings.NETWORK == "classified" else settings.NETWORK
    names = [f"{config.name}.story" for config in apps.get_app_configs() if config.name.startswith("zhengtong.")]
    found = {}
    for name in [*(name for name in names if find_spec(name)), f"zhengtong.{home}.story"]:
        found |= import_module(name).STEPS
    return found


def play(step, values: dict[str, object]) -> dict[str, object]:
    """Run one step; tells what it returned, how long it took and which audit entry it left."""
    before = queries.last()
    began = time.monotonic()
    try:
        answer = step(values)
    except Refused as no:
        return {"ok": False, "error": str(no)}
    except Exception as error:
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}
    seconds = time.monotonic() - began
    if answer.pop("quiet", False):  # nobody's act: nothing to show beside it
        return {"ok": True, "values": answer}
    new = Entry.objects.filter(id__gt=before.id if before else 0).order_by("id")
    wanted = answer.pop("verb", "")
    if reads := answer.pop("reads", ""):  # who only reads leaves no entry: the step names the act whose work it read
        new = Entry.objects.filter(verb=reads).order_by("id")
    entry = (new.filter(verb=wanted) if wanted else new.filter(actor_code=answer.get("actor", ""))).last() or new.last()
    if entry is None:
        return {"ok": False, "error": "no audit entry"}
    mine = {
        "verb": entry.verb,
        "actor": entry.actor_code,
        "entry": entry.hash,
        "paper": answer.pop("paper", entry.target),
        "seconds": seconds,
    }
    answer.pop("actor", None)
    return {"ok": True, **mine, "values": answer}


class Command(BaseCommand):
    help = "演示故事中本网的步骤（仅演示模式）"

    def handle(self, *args, **options):
        if settings.MODE != "demo":
            raise CommandError("故事只在演示模式下运行")
        activate("zh-hans")
        steps = all_steps()
        for line in sys.stdin:
            wanted = json.loads(line)
            answer = play(steps[wanted["step"]], wanted["values"])
            print(json.dumps(answer, ensure_ascii=False), flush=True)
