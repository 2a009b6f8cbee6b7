"""Looking into the log."""

from datetime import date

from django.db.models import Q, QuerySet

from . import naming
from .models import Entry


def entries(words: str = "", chain: str = "", verb: str = "", since: date | None = None, until: date | None = None) -> QuerySet[Entry]:
    """Entries, newest first, that match all given filters; `words` looks in actor, verb and target."""
    found = Entry.objects.order_by("-id")
    if words:
        found = found.filter(
            Q(actor_name__icontains=words)
            | Q(actor_code=words)
            | Q(target__icontains=words)
            | Q(verb__icontains=words)
            | Q(verb__in=naming.matching(words))
            | Q(hash=words)
        )
    if chain:
        found = found.filter(chain=chain)
    if verb:
        found = found.filter(verb__startswith=verb)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def last() -> Entry | None:
    return Entry.objects.order_by("-id").first()
