"""The verbs of the official document, one transaction and one audit entry each."""

from .drafting import Content, To, check, draft, save, submit, withdraw
from .issuing import archive, dispatch, number, typeset
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
    "archive",
    "check",
    "consult",
    "dispatch",
    "draft",
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
