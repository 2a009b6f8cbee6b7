"""What became of what was sent, what came, and what needs a person."""

from django.db.models import QuerySet

from .models import Incoming, Outgoing, Trouble
from .sequence import Sent


def sent(contract: str, key: str) -> Outgoing | None:
    """The package queued under this key: its state, and the receiver's reason when it was refused."""
    return Outgoing.objects.filter(contract=contract, key=key).defer("payload", "files").first()


def unconfirmed(contract: str, prefix: str) -> list[tuple[str, bool]]:
    """Packages whose key begins so, the newest first, as far back as the newest that was delivered: key, and whether it was refused."""
    found = []
    rows = Outgoing.objects.filter(contract=contract, key__startswith=prefix).order_by("-id")
    for state, key in rows.values_list("state", "key").iterator(chunk_size=20):
        if state == Sent.DELIVERED.value:
            break
        found.append((key, state == Sent.REFUSED.value))
    return found


def outgoing(state: str = "") -> QuerySet[Outgoing]:
    """Packages on their way out, the newest first; receipts are not counted as packages."""
    rows = Outgoing.objects.exclude(contract="receipt").order_by("-id").defer("payload", "files")
    return rows.filter(state=state) if state else rows


def incoming(state: str = "") -> QuerySet[Incoming]:
    """Packages that came, the newest first."""
    rows = Incoming.objects.exclude(contract="receipt")
    return rows.filter(state=state) if state else rows


def troubles() -> QuerySet[Trouble]:
    """What is wrong now."""
    return Trouble.objects.filter(ended_at__isnull=True)
