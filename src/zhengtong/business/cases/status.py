"""What goes back to the portal: the status in plain words, readable with the resident's query code only."""

import base64
import json
from datetime import datetime

from django.utils.translation import gettext, override

from zhengtong.ferry.actions import send
from zhengtong.foundation import clock, seals
from zhengtong.foundation.clock.queries import reading
from zhengtong.foundation.clock.rules import State as ClockState
from zhengtong.foundation.slips.queries import open_lines

from . import rules
from .models import Case


def words(case: Case) -> dict[str, object]:
    """The status as the resident reads it; names organs, never a clerk (design §3b.10)."""
    state = rules.State(case.state)
    shown = reading(case.number, "licence.decision" if case.accepted_at else "licence.acceptance")
    with override("zh-hans"):
        return {
            "case_number": case.number,
            "item": case.item.name,
            "organ": case.organ.name,
            "state": state.value,
            "label": gettext(rules.STATES[state]),
            "words": gettext(rules.PLAIN[state]),
            "notice": case.notice if state is rules.State.COMPLETING else "",
            "reason": case.reason,
            "remedy": gettext(rules.REMEDY) if state in (rules.State.REFUSED, rules.State.NOT_ACCEPTED) else "",
            "due": shown.due.isoformat() if shown and shown.state is not ClockState.FINISHED else "",
            "result": case.item.result if state is rules.State.GRANTED else "",
            "holders": holders(case),
            "handed_in_at": _shown(case.handed_in_at),
            "received_at": _shown(case.received_at),
            "accepted_at": _shown(case.accepted_at),
            "decided_at": _shown(case.decided_at),
            "at": _shown(clock.now()),
            "may_rate": state in rules.CLOSED,
            "may_complete": state is rules.State.COMPLETING,
        }


def holders(case: Case) -> list[str]:
    """The organs that have it now."""
    lines = [] if case.state in rules.CLOSED else open_lines(case.number)
    return list(dict.fromkeys(line.organ.name for line in lines if line.organ))


def _shown(at: datetime | None) -> str:
    return at.astimezone(clock.ZONE).isoformat(timespec="minutes") if at else ""


def tell(case: Case) -> None:
    """Queue the present status for the portal, in the caller's transaction."""
    plain = json.dumps(words(case), ensure_ascii=False).encode()
    sealed = seals.encrypt_with(bytes.fromhex(case.status_key), plain)
    payload = {"receipt": case.receipt, "status": base64.b64encode(sealed).decode()}
    send("case_status", payload, {}, by=None, key=f"{case.number}/{case.version}/{case.state}/{clock.now().timestamp()}")
