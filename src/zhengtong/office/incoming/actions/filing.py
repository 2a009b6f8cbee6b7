"""What the archive gets of a closed incoming paper: its files, its handling sheet, who did what (条例第二十七条)."""

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.archive import actions as archive
from zhengtong.office.archive.queries import process
from zhengtong.office.archive.rules import RECEIVED_SERIES, Kept, Role, Way, describing
from zhengtong.office.documents.queries import joint
from zhengtong.office.documents.rules import kinds
from zhengtong.office.incoming.handling import NAME, handling
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules import elements, steps
from zhengtong.papers.typeset import sheet

BASIS = {stage: next((row.article for row in steps.STEPS if row.source == state), "") for stage, state in steps.STAGES.items()}


def prefile(paper: Incoming, by: Person) -> None:
    """预归档: a closed paper goes to the archive as it is now; one that came without any file can't, and the balance says so."""
    sheets = list(paper.sheets.select_related("file"))
    main = next((one for one in sheets if not one.handwriting), None)
    if main is None:
        return
    kept = [Kept(Role.FINAL if one == main else Role.ATTACHMENT, one.name, sm3=one.file.sm3) for one in sheets]
    lines = process.settled(paper.slip)
    kept.append(Kept(Role.SHEET, f"{NAME}.pdf", sheet.pdf(handling(paper), clock.now())))
    people = {p.pk: p for line in lines for p in (line.done_by, line.done_for) if p}
    organs = [paper.organ, *([paper.sender_organ] if paper.sender_organ else [])]
    archive.prefile(paper.code, _facts(paper), kept, process.events(lines, BASIS), process.agents(organs, people.values()), by)


def _facts(paper: Incoming) -> describing.Facts:
    assert paper.year and paper.serial
    keeper = joint.original_with(paper.document, paper.organ) if paper.document else ""
    lead = paper.handlings.filter(lead=True, declined="").select_related("unit", "organ").first()
    return describing.Facts(
        way=Way.RECEIVED,
        organ=paper.organ.code,
        maker=paper.sender,
        number=paper.number,
        original=paper.their_number,
        series=RECEIVED_SERIES,
        year=paper.year,
        serial=paper.serial,
        title=paper.title,
        kind=paper.kind,
        kind_name=str(kinds.KINDS[paper.kind].name) if paper.kind else "",
        written_on=paper.dated or paper.received_at.astimezone(clock.ZONE).date(),
        unit=str(lead) if lead else "",
        urgency=str(kinds.URGENCY[paper.urgency]) if paper.urgency else "",
        mains=paper.organ.name,
        secrecy=paper.secrecy,
        secrecy_mark=paper.secrecy_mark,
        important=paper.nature == elements.Nature.ACTION,
        readers=tuple(paper.scope.values_list("person__code", flat=True)),
        joint=f"{joint.COPY_OF}{keeper}" if keeper else "",
        copy=bool(keeper),
    )
