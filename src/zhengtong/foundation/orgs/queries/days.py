"""What holds on a day: rows with `until`, and rows with `since` and `until`."""

from datetime import date

from django.db.models import Q

from zhengtong.foundation import clock


def standing() -> Q:
    """What exists today: not yet ended."""
    return Q(until__isnull=True) | Q(until__gte=clock.today())


def in_force(prefix: str = "", on: date | None = None) -> Q:
    """Begun and not ended today, or on another day, for rows with `since` and `until`."""
    today = on or clock.today()
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": today})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": today}))
