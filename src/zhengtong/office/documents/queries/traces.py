"""The traces of every handler (留痕): the marked-up draft is computed from the revisions."""

from dataclasses import dataclass
from itertools import pairwise

from zhengtong.office.documents.models import Document, Revision
from zhengtong.office.documents.rules import body


@dataclass(frozen=True, slots=True)
class Trace:
    """What one handler changed: the marks of title and text, line by line; unchanged stretches are left out."""

    revision: Revision
    title: list[body.Mark]
    lines: list[list[body.Mark]]


def traces(document: Document) -> list[Trace]:
    """The marked-up draft (花脸稿): who struck and wrote what, from the first version to the last."""
    found = []
    for old, new in pairwise(document.revisions.select_related("by")):
        title = body.marks(str(old.content["title"]), str(new.content["title"]))
        found.append(Trace(new, title if len(title) > 1 else [], body.line_marks(old.text, new.text)))
    return found
