"""The rows of the navigation.

A room writes its own rows on its AppConfig, and they show wherever the room is installed:

    class DocumentsConfig(AppConfig):
        name = "zhengtong.office.documents"
        label = "documents"
        navigation = (
            #     label             address           who sees it              more
            Entry(_("拟写公文"), "documents:draft", ("drafter",), icon="pencil", group=_("公文"), order=20),
            Entry(_("公文登记簿"), "documents:register", ("registrar",), icon="list", group=_("公文"), order=30),
        )

`roles` are the same codes as in the view's `@door`; no role means every signed-in person. `order` sorts
rows and groups (a group stands where its first row stands). `count` is called with the request and says
how many things wait there; nought is not shown. `place="account"` puts a row into the menu under the name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what it is called, where it leads, who sees it."""

    label: str
    url: str
    roles: tuple[str, ...] = ()
    icon: str = "file-text"
    group: str = ""
    order: int = 50
    place: str = "side"
    count: Callable[[HttpRequest], int] | None = None

    def open_to(self, roles: Iterable[str]) -> bool:
        """Whether somebody with these roles sees the row."""
        return not self.roles or not frozenset(self.roles).isdisjoint(roles)


@dataclass(slots=True)
class Link:
    """A row as one person sees it on one page."""

    label: str
    href: str
    icon: str
    group: str
    current: bool = False
    count: int = 0


@cache
def entries() -> tuple[Entry, ...]:
    """All rows of the rooms installed in this network, in order."""
    rows = [entry for config in apps.get_app_configs() for entry in getattr(config, "navigation", ())]
    return tuple(sorted(rows, key=lambda entry: entry.order))


def links(request: HttpRequest, roles: Iterable[str], place: str = "side") -> list[Link]:
    """The rows that somebody with `roles` sees, the one for the present page marked."""
    roles, found = frozenset(roles), []
    for entry in entries():
        if entry.place != place or not entry.open_to(roles):
            continue
        try:
            href = reverse(entry.url)
        except NoReverseMatch:  # the room is installed, but this network does not serve that page; a test finds such rows
            continue
        count = entry.count(request) if entry.count else 0
        found.append(Link(str(entry.label), href, entry.icon, str(entry.group), count=count))
    if nearest := max((link for link in found if covers(link.href, request.path)), key=lambda link: len(link.href), default=None):
        nearest.current = True
    return found


def covers(href: str, path: str) -> bool:
    """Whether the page at `path` belongs under the row that leads to `href`."""
    return path == href or (href != "/" and path.startswith(href if href.endswith("/") else f"{href}/"))


def grouped(rows: Iterable[Link]) -> list[tuple[str, list[Link]]]:
    """Rows under their headings, each heading where its first row stands."""
    groups: dict[str, list[Link]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return list(groups.items())
