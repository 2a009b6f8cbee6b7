"""What has been used."""

from .models import Series


def used(series: str, organ: str, year: int) -> int:
    """The last number taken; 0 when none was."""
    return Series.objects.filter(series=series, organ=organ, year=year).values_list("last", flat=True).first() or 0
