"""The verbs of disclosure, by noun."""

from .annual import approve_report, begin_report, hand_in_report, return_report, write_report
from .catalogue import enter, match, note_published, withhold
from .consultations import lapse_consultations, note_opinion
from .contests import conclude, contest, reply
from .desks import make_seal, open_desk, publish_desks
from .letters import deliver, discard, draft, issue, send_back, send_up
from .redactions import begin_redaction, finish_redaction, mark, unmark
from .requests import (
    complete,
    forfeit,
    give_paper,
    give_up,
    merge,
    pay,
    receive,
    receive_completion,
    register,
    take_away,
    take_over,
    take_up,
    withdraw,
)

__all__ = (
    "approve_report",
    "begin_redaction",
    "begin_report",
    "complete",
    "conclude",
    "contest",
    "deliver",
    "discard",
    "draft",
    "enter",
    "finish_redaction",
    "forfeit",
    "give_paper",
    "give_up",
    "hand_in_report",
    "issue",
    "lapse_consultations",
    "make_seal",
    "mark",
    "match",
    "merge",
    "note_opinion",
    "note_published",
    "open_desk",
    "pay",
    "publish_desks",
    "receive",
    "receive_completion",
    "register",
    "reply",
    "return_report",
    "send_back",
    "send_up",
    "take_away",
    "take_over",
    "take_up",
    "unmark",
    "withdraw",
    "withhold",
    "write_report",
)
