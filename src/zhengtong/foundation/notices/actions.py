"""Telling people: a row in the transaction of what it tells of, so that nobody is told of what did not happen.

Notices repeat what the audit already holds; they leave no entries of their own.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.queries import people_with
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.prepared import Prepared

from .models import Notice

UNREAD: Prepared[tuple[int]] = Prepared(
    lambda subject: Notice.objects.filter(subject=subject, read_at__isnull=True).order_by().values_list("pk")
)
Recipients = Person | tuple[str, Organ | str | None] | Iterable[Person]


@transaction.atomic(savepoint=False)
def notify(to: Recipients, text: str, link: str = "", subject: str = "", params: Mapping[str, object] | None = None) -> int:
    """Tell a person, several people, or all who hold a role in an organ: `notify(("registrar", organ), …)`.

    `text` is a source string with %(name)s places filled from `params` in the reader's language. Who has an unread
    notice of the same words on the same subject isn't told twice. Answers how many were told.
    """
    filled = {name: value if isinstance(value, int) else str(value) for name, value in (params or {}).items()}
    people = _people(to)
    known: set[int] = set()
    if subject:
        waiting = Notice.objects.filter(subject=subject, text=text, read_at__isnull=True, person__in=people)
        known = set(waiting.values_list("person", flat=True).order_by())
    rows = [
        Notice(person=person, text=text, params=filled, link=link, subject=subject, at=clock.now())
        for person in people
        if person.pk not in known
    ]
    Notice.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic(savepoint=False)
def mark_read(person: Person, notices: Iterable[int] | None = None) -> int:
    """The person has read these notices of his, or all of them."""
    mine = Notice.objects.filter(person=person, read_at__isnull=True)
    return (mine if notices is None else mine.filter(pk__in=notices)).update(read_at=clock.now())


@transaction.atomic(savepoint=False)
def settle(subject: str) -> int:
    """The matter is done: what was still unread about it waits for nobody any more."""
    waiting = [pk for (pk,) in UNREAD(subject)]
    return Notice.objects.filter(pk__in=waiting).update(read_at=clock.now()) if waiting else 0


def _people(to: Recipients) -> list[Person]:
    if isinstance(to, Person):
        return [to]
    if isinstance(to, tuple) and len(to) == 2 and isinstance(to[0], str):
        return people_with(to[0], to[1])
    return list(dict.fromkeys(to))
