"""The one exception that carries the sentence a person will read.

`rules.py` never translates: it returns an `Objection`, whose text is simplified Chinese marked with
`gettext_noop`. Verbs raise `Refused`; views, api and cli turn it into the reader's language with `str`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark `text` for the translators; the name is the one that message extraction knows."""
    return text


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule objects to. `text` may hold %(name)s places filled from `params`; `field` names the form field."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    code: str = ""


class Refused(Exception):
    """A verb was refused by a rule; nothing was changed. `str()` is the sentence in the active language."""

    def __init__(self, objection: Objection | str, /, field: str = "", **params: object) -> None:
        if isinstance(objection, str):
            objection = Objection(objection, params, field)
        super().__init__(objection)
        self.objection = objection

    def __str__(self) -> str:
        from django.utils.translation import gettext  # rules.py import this module and may not load Django

        return gettext(self.objection.text) % self.objection.params if self.objection.params else gettext(self.objection.text)
