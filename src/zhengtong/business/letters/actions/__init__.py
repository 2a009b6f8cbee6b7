"""The verbs of letters."""

from .arriving import bring_order, publish_mailbox, receive, register
from .handling import answer, ask_extension, assist, draft, extend, give_back, refuse_extension, send_back, sign_for
from .sorting import call_back, classify, dispatch, hand_over, transfer, urge

__all__ = [
    "answer", "ask_extension", "assist", "bring_order", "call_back", "classify", "dispatch", "draft", "extend", "give_back",
    "hand_over", "publish_mailbox", "receive", "refuse_extension", "register", "send_back", "sign_for", "transfer", "urge",
]  # fmt: skip
