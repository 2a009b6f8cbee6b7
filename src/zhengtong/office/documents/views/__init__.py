"""The screens: `pages` the desk and each document, `writing` the draft, `tracing` who changed what, `way` verbs and lists."""

from .pages import ACTS, act, handwriting, home, ofd, original, page, pdf, picture, register
from .phrases import drop_phrase, phrases
from .tracing import beside, timeline, traces, tracked
from .writing import cited, draft, edit, findings, keep, lay_without_script, preview, similar, throw_away, upload

__all__ = [
    "ACTS",
    "act",
    "beside",
    "cited",
    "draft",
    "drop_phrase",
    "edit",
    "findings",
    "handwriting",
    "home",
    "keep",
    "lay_without_script",
    "ofd",
    "original",
    "page",
    "pdf",
    "phrases",
    "picture",
    "preview",
    "register",
    "similar",
    "throw_away",
    "timeline",
    "traces",
    "tracked",
    "upload",
]
