"""The verbs of dispatch: giving out and taking back, gathering replies, saying which document ends which."""

from .giving import acknowledge, dispatch, on_recall, recall, refuse, send_again, send_back, sign_for, urge, urge_late
from .replying import answer, ask, close_call, urge_missing
from .standing import affect

__all__ = [
    "acknowledge",
    "affect",
    "answer",
    "ask",
    "close_call",
    "dispatch",
    "on_recall",
    "recall",
    "refuse",
    "send_again",
    "send_back",
    "sign_for",
    "urge",
    "urge_late",
    "urge_missing",
]
