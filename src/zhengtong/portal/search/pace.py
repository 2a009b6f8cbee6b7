"""How often one address may ask one process: whoever asks faster waits, and nobody else notices.

Held in memory only; nothing is noted of anybody.
"""

import threading
from collections import OrderedDict

from . import rules

REMEMBERED = 10_000  # addresses; the one longest silent is forgotten
_left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
_lock = threading.Lock()


def wait(kind: str, caller: str, at: float) -> int:
    """Seconds until this caller may ask, 0 when he may now, which counts as asking. `at` is a time in seconds."""
    rate = rules.RATES[kind]
    with _lock:
        left, since = _left.pop((kind, caller), (float(rate), at))
        left = min(rate, left + max(0.0, at - since) * rate / 60)
        allowed = left >= 1
        _left[kind, caller] = (left - 1 if allowed else left, at)
        while len(_left) > REMEMBERED:
            _left.popitem(last=False)
    return 0 if allowed else max(1, round((1 - left) * 60 / rate))


def forget() -> None:
    """Everybody begins anew."""
    with _lock:
        _left.clear()
