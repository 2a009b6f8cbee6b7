"""The documents that a text cites, found among those that a person may see, each with what became of it since."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents.rules import cited as rules

from .sight import visible


@dataclass(frozen=True, slots=True)
class Held:
    """A document that a room holds: where it is read, and, where it is not in force unchanged, what is to be said of it."""

    number: str
    title: str
    link: str
    sentence: str = ""
    ended: bool = False  # repealed, superseded or annulled
    by: str = ""  # what ended it


@dataclass(frozen=True, slots=True)
class Cited:
    """What a text cites: the documents that were found, and how the others are written."""

    found: tuple[Held, ...] = ()
    unknown: tuple[str, ...] = ()


Source = Callable[[Person, Collection[str], Collection[str]], Iterable[Held]]
_sources: list[Source] = []


def look_in(source: Source) -> None:
    """Let a room that holds documents say which of these numbers and titles a person may see; called in `AppConfig.ready`."""
    _sources.append(source)


def cited(person: Person, text: str, but: str = "") -> Cited:
    """The documents that the text cites; `but` is the number of the one that cites."""
    cites = [cite for cite in rules.cites(text) if but not in cite.numbers] if but else rules.cites(text)
    if not cites:
        return Cited()
    numbers = {number for cite in cites for number in cite.numbers}
    titles = {full for cite in cites if not cite.numbers for full in _titles(person, cite.title)}
    held = [one for source in _sources for one in source(person, numbers, titles)]
    found: dict[str, Held] = {}
    unknown = []
    for cite in cites:
        same = [one for one in held if cite.names(one.number, one.title)]
        if same:
            best = max(same, key=lambda one: (bool(one.sentence), len(one.number)))  # who knows of its end knows best
            found.setdefault(best.number or best.title, best)
        else:
            unknown.append(cite.text)
    return Cited(tuple(found.values()), tuple(unknown))


def named(numbers: Collection[str], titles: Collection[str], number: str = "number", title: str = "title") -> Q:
    """The filter for rows of these numbers or titles."""
    return (Q(**{f"{number}__in": numbers}) | Q(**{f"{title}__in": titles})) & ~Q(**{number: ""})


def _titles(person: Person, title: str) -> list[str]:
    """The titles that may be meant: one that leaves its organ out is the own organ's, or that of the government above it."""
    organ = person.organ
    known = [organ, organ.parent] if organ else []
    return [title, *(f"{one.name}{title}" for one in known if one)] if title.startswith("关于") else [title]


def ours(person: Person, numbers: Collection[str], titles: Collection[str]) -> list[Held]:
    """Numbered documents of our own that concern the person."""
    rows = visible(person).filter(named(numbers, titles)).values_list("number", "title", "code")[: rules.MOST]
    return [Held(number, title, reverse("documents:page", args=[code])) for number, title, code in rows]
