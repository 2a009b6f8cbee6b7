"""The verbs of an incoming paper, one transaction and one audit entry each."""

from .closing import circulate, close, recalled, reply, urge, withdraw
from .deciding import decline, finish, instruct, propose, return_, transcribe
from .exchanging import exchange, send_out
from .registering import arrive, check, register, register_copy, send_back, sign_for

__all__ = [
    "arrive",
    "check",
    "circulate",
    "close",
    "decline",
    "exchange",
    "finish",
    "instruct",
    "propose",
    "recalled",
    "register",
    "register_copy",
    "reply",
    "return_",
    "send_back",
    "send_out",
    "sign_for",
    "transcribe",
    "urge",
    "withdraw",
]
