"""The lines of the co-issuers: laid side by side after the lead organ's own line, when that is settled."""

from collections.abc import Callable

from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import StageRow
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.queries import joint as queries
from zhengtong.office.documents.rules import joint

from .drafting import named_row


def ask_to_sign(document: Document, line: Line, by: Person) -> None:
    """Every co-issuer's principal head signs after the lead organ's, in any order among themselves."""
    _lay(document, line, by, joint.cosigner, lambda organ: organ)


def ask_to_seal(document: Document, line: Line, by: Person) -> None:
    """Every co-issuer's keeper sets its seal on the page that the lead organ has printed and sealed."""
    _lay(document, line, by, joint.cosealer, queries.keeping)


def _lay(document: Document, line: Line, by: Person, row: Callable[[str], StageRow], whose: Callable[[Organ], Organ]) -> None:
    previous = line
    for issuer in document.issuers.select_related("organ"):
        wanted = row(whose(issuer.organ).code)
        if document.secrecy:
            wanted = named_row(wanted, document)
        where = "after" if previous == line else "beside"
        previous = slips.add_line(previous, by, wanted, where, verb="documents.ask", target=document, reason=issuer.organ.name)
