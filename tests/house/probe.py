"""Run in a process of its own with one network's settings: what is loaded, stored and answered there, as JSON."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module

import django
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db.models import CharField, CheckConstraint, Model
from django.urls import URLPattern, get_resolver


def routes(patterns: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, pattern
        else:
            yield from routes(pattern.url_patterns, here)


def door(view: object) -> list[str] | str | None:
    found = getattr(view, "door", None)
    return list(found) if isinstance(found, tuple) else found


def states(model: type[Model]) -> dict[str, object]:
    """The states that the field offers, and those that the database admits."""
    field = model._meta.get_field("state")
    admitted = [
        sorted(dict([condition.children[0]])["state__in"])
        for c in model._meta.constraints
        if isinstance(c, CheckConstraint) and len((condition := c.condition).children) == 1 and condition.children[0][0] == "state__in"
    ]
    return {"offered": sorted(value for value, _ in field.choices or ()), "admitted": admitted}


def main() -> None:
    django.setup()
    for command, application in get_commands().items():
        if application.startswith("zhengtong."):
            load_command_class(application, command)
    import_module(settings.WSGI_APPLICATION.rpartition(".")[0])
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("zhengtong.")]
    print(
        json.dumps(
            {
                "apps": [config.name for config in apps.get_app_configs()],
                "routes": [
                    [address, f"{p.callback.__module__}.{getattr(p.callback, '__qualname__', '?')}", door(p.callback)]
                    for address, p in routes(get_resolver().url_patterns)
                ],
                "tables": sorted(m._meta.db_table for m in apps.get_models(include_auto_created=True)),
                "states": {
                    m._meta.label: states(m) for m in ours if any(f.name == "state" and isinstance(f, CharField) for f in m._meta.fields)
                },
                "keys": [
                    [m._meta.label, f.name, f.related_model._meta.label]
                    for m in ours
                    for f in m._meta.get_fields()
                    if f.concrete and f.is_relation and f.related_model
                ],
                "modules": sorted(name for name in sys.modules if name.startswith("zhengtong.")),
                "wagtail": "wagtail" in sys.modules,
                "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME],
                "homes": [
                    str(settings.NETWORK_HOME),
                    str(settings.KEYS),
                    str(settings.MEDIA_ROOT),
                    str(settings.DATABASES["default"]["NAME"]),
                ],
            }
        )
    )


if __name__ == "__main__":
    main()
