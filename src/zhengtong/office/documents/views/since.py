"""What changed since I last looked: the quiet line above the paper. Thin: ask, draw."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips import actions as slips
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import since as rules
from zhengtong.office.documents.rules import traces

from .marking import Hand, lines_of

Given = dict[str, Any]


def look(request: HttpRequest, document: Document) -> None:
    """Note that the person has this content before him now, and from when on it is new to him."""
    if document.slip:
        since = queries.sitting_since(request.person, document)
        slips.look(document.slip, request.person, digest=document.content_digest, since=since)


def line(person: Person, document: Document) -> Given | None:
    """What is new in this sitting, in words and marked up; None when nothing is."""
    seen = queries.looked(person, document)
    news = queries.news_since(person, document, seen.since) if seen and seen.since else None
    return {"at": news.at, "words": said(news), "version": news.version} | _drawn(document, news) if news else None


def said(news: rules.News) -> list[str]:
    """The words in the reader's language."""
    return [
        _(text) % {name: _(value) if isinstance(value, str) and value else value for name, value in told.items()}
        for text, told in news.words()
    ]


def _drawn(document: Document, news: rules.News) -> Given:
    """The title and blocks that were touched, and the elements that are others now."""
    if not news.edits:
        return {"lines": [], "elements": []}
    history, draft = queries.marked_since(document, news.version)
    hands = {hand: number for number, hand in enumerate(traces.hands(history, news.version), start=1)}
    lines = lines_of(traces.Draft(draft.title, tuple(block for block in draft.blocks if block.touched), draft.elements), hands)
    return {
        "lines": lines if draft.title.touched else lines[1:],
        "elements": _elements(draft.elements),
        "legend": [(hand, Hand(number)) for hand, number in hands.items()],
    }


def _elements(steps: tuple[traces.Step, ...]) -> list[Given]:
    first: dict[str, object] = {}
    last: dict[str, object] = {}
    for step in steps:
        name = str(step.op["element"])
        first.setdefault(name, step.op["was"])
        last[name] = step.op["now"]
    return [
        {"label": _(rules.ELEMENTS[name]), "was": _word(name, first[name]), "now": _word(name, now)}
        for name, now in last.items()
        if now != first[name]
    ]


def _word(name: str, value: object) -> str:
    word = rules.element(name, value)
    return _(word) if word else ""
