"""The verbs of the official document, one transaction and one audit entry each."""

from .attachments import lay
from .clearing import clear, end_clearance
from .drafting import Content, To, check, content_of, draft, save, submit, withdraw
from .groups import drop_group, keep_group
from .handwriting import by_hand
from .issuing import coseal, dispatch, number, typeset
from .phrases import drop_phrase, keep_phrase
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
from .scanning import drop_scan, hand_in, use_scan
from .several import Outcome, sign_several
from .signing import cosign, sign
from .sitting import bring, keep, rise, sit, take_in
from .way import add_signer, advise, follow, forward, hand_over, send_back, supervise, take_back, unfollow, urge

__all__ = [
    "Content",
    "Outcome",
    "To",
    "add_signer",
    "advise",
    "answer_consultation",
    "approve_deputy",
    "bring",
    "by_hand",
    "check",
    "clear",
    "consult",
    "content_of",
    "coseal",
    "cosign",
    "dispatch",
    "draft",
    "drop_group",
    "drop_phrase",
    "drop_scan",
    "end_clearance",
    "follow",
    "forward",
    "hand_in",
    "hand_over",
    "keep",
    "keep_group",
    "keep_phrase",
    "lay",
    "number",
    "propose_release",
    "recheck",
    "refuse_release",
    "release",
    "return_",
    "review_office",
    "review_release",
    "review_unit",
    "rise",
    "save",
    "send_back",
    "settle_disagreement",
    "sign",
    "sign_several",
    "sit",
    "skip_consultation",
    "submit",
    "supervise",
    "take_back",
    "take_in",
    "typeset",
    "unfollow",
    "urge",
    "use_scan",
    "withdraw",
]
