"""The attachments of a draft as its form holds them: parallel lists of fields, a row for each, in the order of the page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Document
from .queries import attachments as queries
from .rules.attachments import KINDS, LARGEST_MB, Attached

PARTS = ("key", "name", "text", "sm3", "file", "gone")
ACCEPTED = ",".join(f".{kind}" for kind in (*KINDS, "wps", "jpeg", "tiff", "csv"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row; one that was removed stays in the form until it is saved, so that it can be taken back."""

    one: Attached
    gone: bool = False


def rows(lists: Callable[[str], Sequence[str]]) -> list[Row]:
    """The rows that were typed, by the lists of each part."""
    parts = [lists(f"attachment_{part}") for part in PARTS]
    return [Row(Attached(name, text, sm3, file, key), gone == "1") for key, name, text, sm3, file, gone in zip(*parts, strict=False)]


def kept(lists: Callable[[str], Sequence[str]]) -> tuple[Attached, ...]:
    """The rows that were not removed."""
    return tuple(row.one for row in rows(lists) if not row.gone)


def typed(those: Sequence[Attached]) -> dict[str, list[str]]:
    """The lists of each part that these rows make, as a form sends them."""
    parts = [(one.key, one.name, one.text, one.sm3, one.file, "") for one in those]
    return {f"attachment_{part}": [row[at] for row in parts] for at, part in enumerate(PARTS)}


class Rows(forms.Widget):
    """Reads the rows; the template draws them."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> list[Row]:
        several = getattr(data, "getlist", None)
        return rows(several) if several else []

    def value_omitted_from_data(self, data: object, files: object, name: str) -> bool:
        return False


class AttachmentsField(forms.Field):
    """Every row with the size of its file, as far as it is the document's own or was brought by the person himself."""

    widget = Rows
    more = {"accept": ACCEPTED, "limit": LARGEST_MB}

    def __init__(self) -> None:
        super().__init__(label=_("附件"), required=False)

    def clean(self, value: Sequence[Row]) -> tuple[Attached, ...]:
        return queries.sized([row.one for row in value if not row.gone])


def initial(document: Document | None) -> list[Row]:
    return [Row(one) for one in queries.attached(document)] if document else []


def seen(given: Sequence[Row]) -> list[Row]:
    """The rows as they are shown, with the sizes of their files."""
    return [Row(one, row.gone) for one, row in zip(queries.sized([row.one for row in given]), given, strict=True)]
