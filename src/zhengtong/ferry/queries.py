"""What became of what was sent, what came, and what needs a person."""

from django.db.models import QuerySet

from .models import Incoming, Outgoing, Trouble


def sent(contract: str, key: str) -> Outgoing | None:
    """The package queued under this key: its state, and the receiver's reason when it was refused."""
    return Outgoing.objects.filter(contract=contract, key=key).defer("payload", "files").first()


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
