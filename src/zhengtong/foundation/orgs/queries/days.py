"""What holds on a day: rows with `until`, and rows with `since` and `until`."""

from django.db.models import Q

from zhengtong.foundation import clock


def standing() -> Q:
    """What exists today: not yet ended."""
    return Q(until__isnull=True) | Q(until__gte=clock.today())


def in_force(prefix: str = "") -> Q:
    """Begun and not ended, for rows with `since` and `until`."""
    today = clock.today()
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": today})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": today}))
