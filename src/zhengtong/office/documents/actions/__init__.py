"""The verbs of the official document, one transaction and one audit entry each."""

from .drafting import Content, To, check, clear, content_of, draft, issuers, save, submit, withdraw
from .issuing import dispatch, number, typeset
from .releasing import propose_release, refuse_release, release, review_release
from .reviewing import (
    answer_consultation,
    approve_deputy,
    consult,
    recheck,
    return_,
    review_office,
    review_unit,
    settle_disagreement,
    skip_consultation,
)
from .signing import sign

__all__ = [
    "Content",
    "To",
    "answer_consultation",
    "approve_deputy",
    "check",
    "clear",
    "consult",
    "content_of",
    "dispatch",
    "draft",
    "issuers",
    "number",
    "propose_release",
    "recheck",
    "refuse_release",
    "release",
    "return_",
    "review_office",
    "review_release",
    "review_unit",
    "save",
    "settle_disagreement",
    "sign",
    "skip_consultation",
    "submit",
    "typeset",
    "withdraw",
]
