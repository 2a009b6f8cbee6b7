"""What the counter promises a resident: numbers, query codes, how wrong codes are slowed. Knows no Django."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for another when read aloud or written by hand
GROUP, GROUPS = 4, 2
# Wrong codes are slowed by source, never locked by number: nobody can shut another out (design §3b.11).
WRONG_CODES = 5
WAIT = timedelta(hours=1)
FORM_LIVES = 24 * 3600  # seconds in which an open form can be handed in
KEPT_LIVES = 3 * 3600  # seconds in which a sealed upload waits for its corrected form
RECEIPT_LIVES = 600  # seconds in which the receipt page can be shown again in the same browser


LETTER = "xj-"  # begins the code of the mailbox's form
INFORMATION = "xxgk-"  # begins the code of an organ's desk for information


def matter(item: str) -> str:
    """What kind of thing was handed in: `application` for a service item, `information` for a request for information, `letter`."""
    if item.startswith(LETTER):
        return "letter"
    return "information" if item.startswith(INFORMATION) else "application"


def contract_of(item: str) -> str:
    """The contract under which it crosses."""
    if item.startswith(LETTER):
        return "letter"
    return "information_request" if item.startswith(INFORMATION) else "application"


class Kind(StrEnum):
    COMPLETION = "completion"
    RATING = "rating"


KINDS = {Kind.COMPLETION: _("补正"), Kind.RATING: _("评价")}
RATINGS = {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}


def receipt_number(day: date, count: int) -> str:
    """回执号 from the portal's own series, e.g. YL-20261123-000001."""
    return f"YL-{day:%Y%m%d}-{count:06d}"


def code_of(secret: str, token: str) -> str:
    """The query code that belongs to one opened form. The token lives in the resident's browser alone, so nothing kept here gives the code."""
    number = int.from_bytes(hmac.new(secret.encode(), f"query code {token}".encode(), hashlib.sha256).digest(), "big")
    letters = []
    for _place in range(GROUP * GROUPS):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def spoken(code: str) -> str:
    """The code as it is shown: in groups."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def plain_code(typed: str) -> str:
    """The code as it was meant: full width, small letters, spaces and dashes do not matter."""
    return "".join(c for c in _half_width(typed).upper() if c in ALPHABET)


def plain_number(typed: str) -> str:
    """The receipt number as it was meant."""
    return "".join(_half_width(typed).upper().split())[:40]


def _half_width(text: str) -> str:
    return text.translate({0xFF01 + n: 0x21 + n for n in range(94)} | {ord("—"): "-", ord("－"): "-"})


def wait_objection(wrong: Sequence[datetime], now: datetime) -> Objection | None:
    """Why this source must wait before its next try, or None; `wrong` are the times of its wrong codes."""
    recent = sorted(at for at in wrong if at > now - WAIT)
    if len(recent) < WRONG_CODES:
        return None
    minutes = int((recent[-WRONG_CODES] + WAIT - now).total_seconds() // 60) + 1
    return Objection(_("输错次数较多，请%(minutes)d分钟后再试"), {"minutes": minutes}, code="wait")


@dataclass(frozen=True, slots=True)
class Stage:
    """One place on the way of an application, as the resident sees it."""

    label: str
    done: bool
    now: bool
    at: str = ""


# fmt: off
WAY = (
    # place                  shown as now in these states
    (_("提交申请"),          ("sent",)),
    (_("核对材料"),          ("received", "completing")),
    (_("部门办理"),          ("examining",)),
    (_("作出决定"),          ("deciding",)),
    (_("办结"),              ("granted", "refused", "not_accepted")),
)
# fmt: on
INFORMATION_WAY = (
    (_("提交申请"), ("sent",)),
    (_("核对内容"), ("received", "completing")),
    (_("查找审查"), ("handling", "consulting", "paying")),
    (_("作出答复"), ("answered",)),
    (_("办结"), ("closed",)),
)
LETTER_WAY = (
    (_("写信"), ("sent",)),
    (_("登记分类"), ("received",)),
    (_("转给负责单位"), ("sorted", "dispatched")),
    (_("办理"), ("handling", "checking")),
    (_("答复和回访"), ("answered",)),
    (_("办结"), ("closed",)),
)
LETTER_TIMES = ("handed_in_at", "received_at", "", "", "decided_at", "closed_at")
INFORMATION_TIMES = ("handed_in_at", "received_at", "", "decided_at", "closed_at")
TIMES = ("handed_in_at", "received_at", "accepted_at", "decided_at", "decided_at")  # a decision is the end of the case


def way(state: str, told: Mapping[str, object]) -> list[Stage]:
    """The way with the present place marked; an application that was not accepted skips the middle."""
    if told.get("kind") == "information":
        return _way(INFORMATION_WAY, INFORMATION_TIMES, range(len(INFORMATION_WAY)), state, told)
    if told.get("kind") == "letter":
        return _way(LETTER_WAY, LETTER_TIMES, range(len(LETTER_WAY)), state, told)
    places = (0, 1, 4) if state == "not_accepted" else range(len(WAY))
    return _way(WAY, TIMES, places, state, told)


def _way(
    stages: Sequence[tuple[str, tuple[str, ...]]], times: Sequence[str], places: Iterable[int], state: str, told: Mapping[str, object]
) -> list[Stage]:
    last = len(stages) - 1
    place = next((n for n, (_label, states) in enumerate(stages) if state in states), 0)
    return [Stage(stages[n][0], n < place or n == place == last, n == place != last, str(told.get(times[n]) or "")) for n in places]
