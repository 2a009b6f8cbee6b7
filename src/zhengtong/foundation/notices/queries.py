"""What a person has been told."""

from django.db.models import QuerySet

from zhengtong.foundation.orgs.models import Person

from .models import Notice


def of(person: Person, unread: bool = False) -> QuerySet[Notice]:
    """The person's notices, the newest first."""
    mine = Notice.objects.filter(person=person)
    return mine.filter(read_at__isnull=True) if unread else mine


def unread_count(person: Person) -> int:
    return of(person, unread=True).count()
