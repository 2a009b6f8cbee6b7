"""The attachments of a document: as the form holds them, as the page sets them, as others take them along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhengtong.foundation.files.models import File
from zhengtong.foundation.prepared import Prepared
from zhengtong.office.documents.models import Attachment, Document
from zhengtong.office.documents.rules import attachments as rules
from zhengtong.office.documents.rules.attachments import Attached
from zhengtong.papers.typeset import paper as papers

ATTACHED = Prepared(lambda document: Attachment.objects.filter(document=document).select_related("file"))


def attached(document: Document) -> tuple[Attached, ...]:
    """The attachments as the form holds them, in their order."""
    return tuple(_row(one) for one in ATTACHED(document.pk))


def _row(one: Attachment) -> Attached:
    if one.file:
        return Attached(one.name, sm3=one.file.sm3, file=one.file_name, key=one.key, size=one.file.size)
    return Attached(one.name, one.text, key=one.key)


def printed(document: Document) -> tuple[papers.Attachment, ...]:
    """The attachments as the page sets them (GB/T 9704-2012 7.3.4, 7.3.7)."""
    return rules.printed((one.name, one.text, bool(one.file_id)) for one in document.attachments.all())


def sized(rows: Sequence[Attached]) -> tuple[Attached, ...]:
    """Rows of a form with the true sizes of their files."""
    sizes = dict(File.objects.filter(sm3__in=[one.sm3 for one in rows if one.sm3]).values_list("sm3", "size"))
    return tuple(replace(one, size=sizes.get(one.sm3, 0)) for one in rows)


def sketched(rows: Sequence[Attached]) -> tuple[papers.Attachment, ...]:
    """The attachments of an unsaved form as the page sets them; of a long table only its beginning while one types."""
    return rules.printed((one.name, rules.beginning(one.text), bool(one.sm3)) for one in rows)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along with its document wherever that goes."""

    key: str
    name: str
    sm3: str
    size: int
    kind: str


def files_of(document: Document) -> list[Enclosed]:
    """The files that go along, each under the word and number by which the text knows it (附件2 名单.xlsx)."""
    rows = list(document.attachments.select_related("file"))
    placed = [(rules.label(place, len(rows)), one) for place, one in enumerate(rows, start=1) if one.file]
    names = rules.file_names((label, one.file_name) for label, one in placed)
    return [
        Enclosed(one.key, name, one.file.sm3, one.file.size, one.file.kind)
        for (_label, one), name in zip(placed, names, strict=True)
        if one.file
    ]


def going_along(code: str) -> list[Enclosed]:
    """The files that go along with a dispatched document; for rooms that know it by its code only. Nothing of it changes any more."""
    found = Document.objects.filter(code=code, issued_at__isnull=False).first()
    return files_of(found) if found else []


def lines(document: Document) -> list[str]:
    """What one may find of the attachments: their names, texts and file names."""
    return [line for one in attached(document) for line in (one.name, one.text, one.file) if line]
