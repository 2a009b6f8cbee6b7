"""What every verb begins and ends with: the paper locked, the line in hand, the state that the slip now gives."""

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.foundation.slips.rules import LineState
from zhengtong.foundation.written import keep
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import steps, way

LOCKED = Prepared(
    lambda code: Document.objects.select_for_update(of=("self",)).select_related("organ", "unit", "drafter", "slip").filter(code=code)
)
UNSETTLED = (LineState.OPEN, LineState.WAITING)


def locked(code: str) -> Document:
    """The document, locked first of all (order of locks: paper, number, chain)."""
    if found := LOCKED.first(code):
        return found
    raise Document.DoesNotExist


def in_hand(verb: str, code: str, by: Person) -> tuple[Document, Line]:
    """The locked document and the open line that makes it this person's turn, or the reason why not."""
    document = locked(code)
    if no := steps.step_objection(verb, document.state):
        raise Refused(no)
    line = slips.at_hand(by, document.slip, steps.STAGE_OF[steps.State(document.state)])
    if line is None:
        raise Refused(_("这份文件现在不由您办理"))
    return document, line


def slip_of(document: Document) -> Slip:
    """The slip that `draft` pinned to the document in the same transaction."""
    assert document.slip is not None
    return document.slip


def state_by_slip(document: Document) -> str:
    """The state that follows from where the slip stands: at the first stage of the way that is not settled.

    An added signer changes no state: the paper still stands before the stage that asked for him.
    """
    rows = slips.rows_of(slip_of(document))
    first = next((row for row in rows if row.state in UNSETTLED and row.stage != way.ADVISE), None)
    if first is None:
        return steps.State.ISSUED.value
    if first.stage == "draft" and any(row.state == LineState.RETURNED for row in rows):
        return steps.State.RETURNED.value
    return steps.STAGES[first.stage].value


def move(verb: str, document: Document, *changed: str) -> None:
    """Take the state over from the slip; the rule book must know the step. Saves it with the `changed` columns."""
    target = state_by_slip(document)
    if no := steps.step_objection(verb, document.state, target):
        raise Refused(no)
    document.state, document.changed_at = target, clock.now()
    keep(document, "state", "changed_at", *changed)
