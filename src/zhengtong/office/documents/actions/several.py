"""一并签发: one PIN for several papers; each is signed in a transaction of its own, with its own signature and audit entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import several

from .desk import in_hand
from .signing import sign


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper: signed, or why it was left out."""

    title: str
    why: Objection | None = None


def sign_several(chosen: Sequence[tuple[str, str]], by: Person, pin: str, opinion: str = "") -> list[Outcome]:
    """Sign these papers (code, digest that stood beside the box). A wrong PIN counts once and nothing is signed."""
    wanted = dict(chosen)
    if not wanted:
        raise Refused(_("请勾选要签发的文件"))
    if len(wanted) > several.MOST:
        raise Refused(_("一次最多签发%(most)d件"), most=several.MOST)
    confirm(by.account, pin)
    return [_outcome(code, seen, by, pin, opinion) for code, seen in wanted.items()]


def _outcome(code: str, seen: str, by: Person, pin: str, opinion: str) -> Outcome:
    document = queries.visible(by).filter(code=code).first()
    if document is None:
        return Outcome(code, Objection(_("没有这份文件")))
    try:
        _sign(code, by, pin, seen, opinion)
    except Refused as no:
        return Outcome(document.title, no.objection)
    return Outcome(document.title)


@action
def _sign(code: str, by: Person, pin: str, seen: str, opinion: str) -> Document:
    """The rows are asked again under the lock: what changed meanwhile is left out."""
    document, line = in_hand("sign", code, by)
    bar = queries.boxes(by, [(line, document)])[line.pk].bar
    if bar:
        raise Refused(Objection(bar.said, code=bar.code))
    return sign(code, by, pin, opinion, seen=seen or "-")
