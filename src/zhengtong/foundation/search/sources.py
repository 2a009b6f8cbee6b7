"""What each room lets one find: `SOURCES` in its `finding.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from zhengtong.foundation.orgs.models import Person


@dataclass(frozen=True)
class Paper:
    """One paper in words: its title, its text and its day, and a line that tells it from others."""

    title: str
    text: str
    on: date
    about: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of paper: who sees which, how it reads, where it lies."""

    model: type[models.Model]
    label: str
    visible: Callable[[Person], QuerySet]
    read: Callable[[models.Model], Paper]
    href: Callable[[models.Model, Person], str]

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


@cache
def sources() -> Mapping[str, Source]:
    """All sources of this network, by kind, in the order of its rooms."""
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("zhengtong.")]
    modules = [import_module(f"{room}.finding") for room in rooms if find_spec(f"{room}.finding")]
    return {source.kind: source for module in modules for source in module.SOURCES}
