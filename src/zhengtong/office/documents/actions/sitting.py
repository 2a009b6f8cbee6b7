"""At the writing desk: who sits at a draft, and what he has typed there without saving it yet.

None of this is a change of the document; it is recorded nowhere but in the person's own row.
"""

from collections.abc import Mapping, Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Document, Sitting
from zhengtong.office.documents.rules import desk

Typed = Mapping[str, Sequence[str]]
Told = Sequence[Mapping[str, str]]
KEPT = (".docx", ".doc", ".wps", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")  # names that say what the content is


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
def bring(by: Person, file: File, name: str, typed: Typed, history: Told = (), remarks: Told = (), *, replace: bool = False) -> Sitting:
    """Lay an uploaded file on the desk: its elements fill a new form, the file and its tracked changes go with it.

    What was typed before at a new draft and never saved gives way only when its writer says so.
    """
    before = Sitting.objects.filter(person=by, document=None, typed__isnull=False).first()
    if before and not replace and any("".join((before.typed or {}).get(name, ())).strip() for name in ("title", "text")):
        raise Refused(Objection(_("您写过的内容还没有保存：请先接着写并保存，或者选择换掉它"), field="replace", code="typed"))
    found = keep(by, None, typed)
    found.file, found.file_name = file, name[-200:]
    found.history, found.remarks = [dict(stage) for stage in history], [dict(one) for one in remarks]
    found.save(update_fields=["file", "file_name", "history", "remarks"])
    return found


def take_in(data: bytes, name: str) -> File:
    """The file as it came. A page or plain text is kept as the text that it is, whatever it calls itself; it is never shown as a page."""
    plain = not name.lower().endswith(KEPT)
    return store(data, f"{name}.txt" if plain else name, allowed=("docx", "doc", "pdf", "txt", "png", "jpg", "tif"))


@action
def rise(by: Person, document: Document | None) -> None:
    """Leave the desk: what was typed is saved in the document, or thrown away by the one who typed it."""
    Sitting.objects.filter(person=by, document=document).delete()
