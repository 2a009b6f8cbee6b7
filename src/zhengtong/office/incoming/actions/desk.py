"""What every verb begins and ends with: the paper locked, the line in hand, the state that the slip now gives."""

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.foundation.slips.rules import LineState, StageRow
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import cleared
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules import steps


def locked(code: str) -> Incoming:
    """The paper, locked first of all (order of locks: paper, number, chain)."""
    found = Incoming.objects.select_for_update(of=("self",)).select_related("organ", "office", "slip").filter(code=code).first()
    if found is None:
        raise Refused(_("没有这份收文"))
    return found


def in_hand(verb: str, code: str, by: Person) -> tuple[Incoming, Line]:
    """The locked paper and the open line that makes it this person's turn, or the reason why not."""
    paper = locked(code)
    if no := steps.step_objection(verb, paper.state):
        raise Refused(no)
    line = slips.todo(by).filter(slip=paper.slip, stage=steps.STAGE_OF_VERB[verb]).first()
    if line is None:
        raise Refused(_("这份收文现在不由您办理"))
    return paper, line


def slip_of(paper: Incoming) -> Slip:
    """The slip that registration pinned to the paper."""
    assert paper.slip is not None
    return paper.slip


def move(verb: str, paper: Incoming, *changed: str) -> None:
    """Take the state over from the slip; the rule book must know the step. Saves it with the `changed` columns."""
    open_ = set(slip_of(paper).lines.filter(state=LineState.OPEN.value).values_list("stage", flat=True))
    target = steps.state_of(open_)
    if no := steps.step_objection(verb, paper.state, target):
        raise Refused(no)
    paper.state = target.value
    paper.save(update_fields=["state", *changed])


def clerk(paper: Incoming, role: str) -> str:
    """The role that does the secretary's or receiver's part in this office; a small organ's receiver does both."""
    return role if accounts.people_with(role, paper.office) else "receiver"


def secretary(paper: Incoming, by: Person) -> None:
    """Only the office that handles the paper urges, replies and lets it circulate."""
    if not accounts.holds(by, clerk(paper, "secretary"), paper.office) and not accounts.holds(by, "receiver", paper.office):
        raise Refused(_("这份收文不由您的机关办理"))
    if paper.secrecy and not paper.scope.filter(person=by).exists():
        raise Refused(_("没有这份收文"))


def row(paper: Incoming, stage: str, label: str, role: str, organ: str, unit: str = "", person: str = "") -> StageRow:
    """A line of the slip. A classified paper goes from hand to hand by name, so that no list shows it to others (design §3b.2)."""
    if person or not paper.secrecy:
        return StageRow(stage, label, role, organ, unit, person)
    at = orgs.organ(organ)
    for entry in paper.scope.select_related("person"):
        if accounts.holds(entry.person, role, at) and cleared(documents.clearance(entry.person), paper.secrecy):
            return StageRow(stage, label, role, organ, unit, entry.person.code)
    raise Refused(_("知悉范围内没有可办理“%(stage)s”的人员"), field="readers", stage=label)


def known_to(paper: Incoming, person: Person) -> None:
    """Nobody outside the 知悉范围 is given a classified paper."""
    if paper.secrecy and not (paper.scope.filter(person=person).exists() and cleared(documents.clearance(person), paper.secrecy)):
        raise Refused(_("涉密文件只能交给知悉范围内且具备涉密等级的人员"))
