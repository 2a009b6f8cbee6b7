"""The writing desk: what I typed and did not save, who else sits at the same draft, what could help."""

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.rules import Kind
from zhengtong.office.documents.models import Document, Phrase, Scan, Sitting
from zhengtong.office.documents.rules import desk


def typed(person: Person, document: Document | None) -> Sitting | None:
    """What this person typed at this draft (None: at a new one) and has not saved."""
    return Sitting.objects.select_related("file").filter(person=person, document=document, typed__isnull=False).first()


def issuers(person: Person) -> list[Organ]:
    """The organs in whose name a person may draft: his own, and for a department its government (代拟)."""
    own = person.organ
    if own is None:
        return []
    above = own.parent if own.kind == Kind.DEPARTMENT else None
    return [own, above] if above else [own]


def phrases(person: Person) -> list[Phrase]:
    """The templates and stock phrases of the person's own organ."""
    return list(Phrase.objects.filter(organ=person.organ).order_by("-whole", "name")) if person.organ else []


def scans(person: Person) -> list[Scan]:
    """The scans that this person handed in and has not used yet, without their pages."""
    return list(Scan.objects.filter(person=person).defer("sheets").order_by("id"))


def scan(person: Person, pk: int) -> Scan | None:
    return Scan.objects.filter(person=person, pk=pk).first()


def before(scan: Scan) -> int:
    """How many scans the worker reads before this one."""
    return Scan.objects.filter(state=Scan.WAITING, pk__lt=scan.pk).count() if scan.state == Scan.WAITING else 0


def others(person: Person, document: Document | None) -> list[Sitting]:
    """Who else is at this draft now."""
    if document is None:
        return []
    now = clock.now()
    found = document.sittings.select_related("person").exclude(person=person).order_by("since")
    return [sitting for sitting in found if desk.present(sitting.seen_at, now)]
