"""Documents: `sight` who sees what, `page` the paper, `margin` what rules find, `traces` the marked-up draft, `filed` the archive."""

from .desk import others, phrases, typed
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
from .similar import similar
from .traces import beside, changes, marked, steps, timeline, verified

__all__ = [
    "beside",
    "changes",
    "clearance",
    "cleared_people",
    "for_person",
    "formal",
    "in_hand",
    "marked",
    "notes",
    "office_of",
    "others",
    "paper",
    "phrases",
    "pictures",
    "preview",
    "recent",
    "release_of",
    "release_verb",
    "sealed_ofd",
    "search",
    "sheet",
    "similar",
    "sketch",
    "steps",
    "timeline",
    "todo",
    "typed",
    "unsaved",
    "verbs",
    "verified",
    "visible",
]
