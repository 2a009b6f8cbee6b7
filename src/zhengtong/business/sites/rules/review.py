"""三审: who reads a text before it goes out, step by step; each site takes one of these schemes.

Nobody reads his own text, and nobody reads the same text twice (三审三校). What the office network released has been
reviewed there and needs the last step only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

SOURCE = "政府网站发展指引 五（一）；三审三校"


@dataclass(frozen=True, slots=True)
class Reading:
    """One step: its name and the role whose holder takes it."""

    code: str
    name: str
    role: str
    article: str


# fmt: off
FIRST = Reading("first",  _("初审"), "unit_reader",   SOURCE)
AGAIN = Reading("second", _("复审"), "office_reader", SOURCE)
LAST = Reading("final",   _("终审"), "publisher",     SOURCE)
SCHEMES: Mapping[str, tuple[str, tuple[Reading, ...]]] = {
    #         name            steps
    "final": (_("只终审"),     (LAST,)),
    "two":   (_("两审"),       (FIRST, LAST)),
    "three": (_("三审"),       (FIRST, AGAIN, LAST)),
}
# fmt: on


def before_last(scheme: str, reviewed_elsewhere: bool) -> tuple[Reading, ...]:
    """The steps that must be passed before a publisher may publish."""
    return () if reviewed_elsewhere else SCHEMES[scheme][1][:-1]


def waiting(scheme: str, passed: Collection[str], reviewed_elsewhere: bool) -> Reading | None:
    """The step that a text waits for before the last one; None when only publishing is left."""
    return next((step for step in before_last(scheme, reviewed_elsewhere) if step.code not in passed), None)


def reader_objection(person: str, authors: Iterable[str], readers: Iterable[str]) -> Objection | None:
    """Why this person can't take the next step: he wrote the text, or read it already; or None."""
    if person in set(authors):
        return Objection(_("不能审自己写的稿件（%(source)s）"), {"source": SOURCE})
    if person in set(readers):
        return Objection(_("一个人不能在同一稿件上审两次（%(source)s）"), {"source": SOURCE})
    return None
