"""What the archive gets of a closed incoming paper: its files, its handling sheet, who did what (条例第二十七条)."""

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips.models import Line
from zhengtong.office.archive import actions as archive
from zhengtong.office.archive.queries import process
from zhengtong.office.archive.rules import RECEIVED_SERIES, Kept, Role, Way, describing
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.documents.queries import joint
from zhengtong.office.documents.rules import kinds
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules import elements, steps
from zhengtong.papers.archive import leaf

BASIS = {stage: next((row.article for row in steps.STEPS if row.source == state), "") for stage, state in steps.STAGES.items()}
READ = ("阅件人", "送阅时间", "阅毕时间", "阅件意见")


def prefile(paper: Incoming, by: Person) -> None:
    """预归档: a closed paper goes to the archive as it is now; one that came without any file can't, and the balance says so."""
    sheets = list(paper.sheets.select_related("file"))
    main = next((one for one in sheets if not one.handwriting), None)
    if main is None:
        return
    kept = [Kept(Role.FINAL if one == main else Role.ATTACHMENT, one.name, sm3=one.file.sm3) for one in sheets]
    lines = process.settled(paper.slip)
    kept.append(Kept(Role.SHEET, "收文处理单.pdf", leaf.pdf(_sheet(paper, lines), clock.now())))
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


def _sheet(paper: Incoming, lines: list[Line]) -> leaf.Leaf:
    """收文处理单: what was registered, every settled line, who read it, how it ended."""
    facts = _facts(paper)
    told = (
        ("收文号", paper.number),
        ("收到时间", process.moment(paper.received_at)),
        ("来文机关", paper.sender),
        ("来文字号", paper.their_number),
        ("标题", paper.title),
        ("文种", facts.kind_name),
        ("成文日期", f"{paper.dated:%Y-%m-%d}" if paper.dated else ""),
        ("密级和保密期限", paper.secrecy_mark),
        ("紧急程度", facts.urgency),
        ("份数", str(paper.copies)),
        ("页数", str(paper.pages)),
        ("份号", paper.copy_numbers),
        ("附件", paper.attachments),
        ("性质", str(elements.NATURES[elements.Nature(paper.nature)]) if paper.nature else ""),
        ("办理时限", f"{paper.due:%Y-%m-%d}" if paper.due else ""),
        ("拟办意见", paper.proposal),
        ("办理结果", paper.outcome),
        ("复文字号", paper.answer_number),
    )
    rows = [*process.rows(lines), *_read(paper)]
    return leaf.Leaf("收文处理单", paper.title, told, process.HEAD, tuple(rows))


def _read(paper: Incoming) -> list[tuple[leaf.Cell, ...]]:
    """Who read it while it circulated (第二十四条（五）)."""
    found: list[tuple[leaf.Cell, ...]] = []
    for round_ in circulation.of_paper(paper.code, paper.organ):
        for one in round_.readings.all():
            if one.removed_at is None:
                when = process.moment(one.read_at) or "未阅"
                found.append((leaf.Cell("传阅"), leaf.Cell(one.person.name), leaf.Cell(when), leaf.Cell(one.remark)))
    return found
