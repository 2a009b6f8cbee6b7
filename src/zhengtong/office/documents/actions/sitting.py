"""At the writing desk: who sits at a draft, and what he has typed there without saving it yet.

None of this is a change of the document; it is recorded nowhere but in the person's own row.
"""

from collections.abc import Mapping, Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents.models import Document, Sitting
from zhengtong.office.documents.rules import desk

Typed = Mapping[str, Sequence[str]]


@action
def sit(by: Person, document: Document | None) -> Sitting:
    """Sit down at a draft, or stay there; who was away long sits down anew."""
    now = clock.now()
    found, new = Sitting.objects.get_or_create(person=by, document=document, defaults={"since": now, "seen_at": now})
    if not new:
        if not desk.present(found.seen_at, now):
            found.since = now
        found.seen_at = now
        found.save(update_fields=["since", "seen_at"])
    return found


@action
def keep(by: Person, document: Document | None, typed: Typed) -> Sitting:
    """暂存: what is typed in the form, whole, as it stands; offered again on return."""
    found = sit(by, document)
    found.typed, found.typed_at = {name: list(values) for name, values in typed.items()}, clock.now()
    found.save(update_fields=["typed", "typed_at"])
    return found


@action
def bring(by: Person, data: bytes, name: str, typed: Typed, history: Sequence[Mapping[str, str]]) -> Sitting:
    """Lay an uploaded file on the desk: its elements fill a new form, the file and its tracked changes go with it."""
    found = keep(by, None, typed)
    page = name.lower().endswith((".html", ".htm"))  # kept as the text that it is, never shown as a page
    found.file = store(data, f"{name}.txt" if page else name, allowed=("docx", "pdf", "txt"))
    found.file_name, found.history = name[-200:], [dict(stage) for stage in history]
    found.save(update_fields=["file", "file_name", "history"])
    return found


@action
def rise(by: Person, document: Document | None) -> None:
    """Leave the desk: what was typed is saved in the document, or thrown away by the one who typed it."""
    Sitting.objects.filter(person=by, document=document).delete()
