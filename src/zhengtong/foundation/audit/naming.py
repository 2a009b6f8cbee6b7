"""What a verb of the log is called: each room names its own in `verbs.py`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.translation import gettext


@cache
def _named(label: str) -> Mapping[str, object]:
    """A room's verbs by their lazy names; empty where the room is unknown here."""
    room = apps.app_configs.get(label)
    if room is None or find_spec(f"{room.name}.verbs") is None:
        return {}
    return import_module(f"{room.name}.verbs").VERBS


def name(verb: str) -> str:
    """`documents.sign` in the reader's words; the code itself where a room of an older version wrote it."""
    label, _, own = verb.partition(".")
    return str(_named(label).get(own, verb))


def thing(target: str) -> str:
    """`documents.document:云政发〔2026〕1号` in the reader's words: the room's name and the number or code."""
    label, _, own = target.partition(":")
    room = apps.app_configs.get(label.partition(".")[0])
    return f"{gettext(str(room.verbose_name))} {own}" if room and own else target


def matching(words: str) -> list[str]:
    """The verbs whose names, in the reader's language, hold `words`."""
    wanted = words.casefold()
    return [f"{label}.{own}" for label in apps.app_configs for own, said in _named(label).items() if wanted in str(said).casefold()]
