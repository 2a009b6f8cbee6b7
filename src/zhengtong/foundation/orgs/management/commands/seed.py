"""`zhengtong NETWORK seed`: plants the demo county: the directory first, then accounts, then every room's own."""

import inspect
import time
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.orgs.demo import SEED

FIRST = ("zhengtong.foundation.orgs", "zhengtong.foundation.accounts")


class Command(BaseCommand):
    help = "播种示范县（仅演示模式）；再次运行不改变任何内容"

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args, seed, **options):
        if settings.MODE != "demo":
            raise CommandError(_("示范数据只在演示模式（ZT_MODE=demo）下播种"), returncode=1)
        for app in planters():
            began = time.monotonic()
            plant = app.plant
            note = plant(seed) if inspect.signature(plant).parameters else plant()
            planted = note if isinstance(note, str) else len(note or ())
            room = app.__name__.removesuffix(".demo").removeprefix("zhengtong.")
            self.stdout.write(f"{room}: {planted} ({time.monotonic() - began:.1f} s)")


def planters() -> list[ModuleType]:
    """The `demo` modules of the installed rooms that plant something, organs and accounts first."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("zhengtong.")]
    names.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))  # a stable sort keeps the order of the settings
    found = []
    for name in names:
        try:
            module = import_module(f"{name}.demo")
        except ModuleNotFoundError as no:
            if no.name != f"{name}.demo":
                raise
            continue
        if hasattr(module, "plant"):
            found.append(module)
    return found
