"""Documents: `sight` who sees what, `page` the paper, `margin` what rules find, `traces` the marked-up draft, `filed` the archive."""

from .margin import notes, unsaved
from .page import formal, paper, pictures, preview, sealed_ofd, sheet, sketch
from .sight import (
    clearance,
    cleared_people,
    for_person,
    in_hand,
    office_of,
    recent,
    release_of,
    release_verb,
    search,
    todo,
    verbs,
    visible,
)
from .traces import traces

__all__ = [
    "clearance",
    "cleared_people",
    "for_person",
    "formal",
    "in_hand",
    "notes",
    "office_of",
    "paper",
    "pictures",
    "preview",
    "recent",
    "release_of",
    "release_verb",
    "sealed_ofd",
    "search",
    "sheet",
    "sketch",
    "todo",
    "traces",
    "unsaved",
    "verbs",
    "visible",
]
