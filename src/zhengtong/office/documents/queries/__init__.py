"""Documents: `sight` who sees what, `page` the paper, `margin` what rules find, `traces` the marked-up draft, `filed` the archive."""

from .cited import cited
from .desk import before, issuers, others, phrases, scan, scans, typed
from .margin import notes, unsaved
from .numbered import Numbered, numbered
from .page import final, formal, paper, picture, preview, sealed_ofd, sheet, sketch
from .several import boxes
from .sight import (
    clearance,
    clearances,
    cleared_people,
    for_person,
    in_hand,
    office_of,
    oversees,
    recent,
    release_of,
    release_verb,
    search,
    text_of,
    todo,
    verbs,
    visible,
)
from .similar import similar
from .since import looked, marked_since, news_since, sitting_since
from .traces import beside, changes, marked, steps, timeline, verified
from .way import LISTS, colleagues, counts, handlers_for, held_by, stages_back, watches, ways, work

__all__ = [
    "LISTS",
    "Numbered",
    "before",
    "beside",
    "boxes",
    "changes",
    "cited",
    "clearance",
    "clearances",
    "cleared_people",
    "colleagues",
    "counts",
    "final",
    "for_person",
    "formal",
    "handlers_for",
    "held_by",
    "in_hand",
    "issuers",
    "looked",
    "marked",
    "marked_since",
    "news_since",
    "notes",
    "numbered",
    "office_of",
    "others",
    "oversees",
    "paper",
    "phrases",
    "picture",
    "preview",
    "recent",
    "release_of",
    "release_verb",
    "scan",
    "scans",
    "sealed_ofd",
    "search",
    "sheet",
    "similar",
    "sitting_since",
    "sketch",
    "stages_back",
    "steps",
    "text_of",
    "timeline",
    "todo",
    "typed",
    "unsaved",
    "verbs",
    "verified",
    "visible",
    "watches",
    "ways",
    "work",
]
