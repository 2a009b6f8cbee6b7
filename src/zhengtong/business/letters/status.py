"""What the writer reads on the portal: the state in plain words and the answer, opened by his query code alone."""

import base64
import json

from django.utils.translation import gettext, override

from zhengtong.ferry.actions import send
from zhengtong.foundation import clock, seals

from . import queries, rules
from .models import Letter

KEPT_CLOSE = (rules.Kind.REPORT.value,)  # whoever looks over the writer's shoulder learns nothing of where a report went


def words(letter: Letter) -> dict[str, object]:
    """The status as the writer reads it; names the organ, never a clerk."""
    state = rules.State(letter.state)
    reading = queries.clocks([letter]).get(letter.number)
    told = state in (rules.State.ANSWERED, rules.State.CLOSED)
    with override("zh-hans"):
        return {
            "kind": "letter",
            "case_number": letter.number,
            "item": letter.subject,
            "organ": letter.lead.name if letter.lead else "",
            "state": state.value,
            "label": gettext(rules.STATES[state]),
            "words": gettext(rules.PLAIN[state]),
            "interim": letter.interim if letter.extended and not told else "",
            "answer": letter.answer if told else "",
            "result": letter.passed_on if letter.kind not in KEPT_CLOSE else gettext("已按规定移送处理"),
            "due": reading.due.isoformat() if reading else "",
            "holders": [],
            "received_at": letter.received_at.astimezone(clock.ZONE).isoformat(timespec="minutes"),
            "decided_at": letter.answered_at.astimezone(clock.ZONE).isoformat(timespec="minutes") if letter.answered_at and told else "",
            "closed_at": letter.closed_at.astimezone(clock.ZONE).isoformat(timespec="minutes") if letter.closed_at else "",
            "at": clock.now().isoformat(timespec="minutes"),
            "may_rate": False,
            "may_complete": False,
        }


def tell(letter: Letter) -> None:
    """Queue the present status for the portal, in the caller's transaction. Once handed over, disclosure tells him."""
    if not letter.receipt or (letter.kind == rules.Kind.INFORMATION and letter.passed_on):
        return
    plain = json.dumps(words(letter), ensure_ascii=False).encode()
    sealed = seals.encrypt_with(bytes.fromhex(letter.status_key), plain)
    payload = {"receipt": letter.receipt, "status": base64.b64encode(sealed).decode()}
    send("case_status", payload, {}, by=None, key=f"{letter.number}/{letter.version}/{letter.state}/{clock.now().timestamp()}")
