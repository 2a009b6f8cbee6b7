"""收文处理单: the handling sheet of an incoming paper, the same on the screen, on paper and in the archive."""

from collections.abc import Iterable

from zhengtong.office.archive.queries import process
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.documents.queries.handling import said, when
from zhengtong.office.documents.rules import kinds
from zhengtong.papers.typeset.paper import day
from zhengtong.papers.typeset.sheet import Box, Said, Sheet

from .models import Handling, Incoming, Instruction
from .rules import elements

NAME = "收文处理单"
IN_BOXES = ("propose", "instruct", "handle")  # what these lines said stands in a box of its own


def handling(paper: Incoming) -> Sheet:
    """The sheet as it stands now: what is still to be done is left blank."""
    lines = process.settled(paper.slip)
    proposed = [said(line) for line in lines if line.stage == "propose"]
    if paper.proposal and proposed:
        proposed[-1] = Said(paper.proposal, proposed[-1].by, proposed[-1].on, proposed[-1].mark)
    instructions = paper.instructions.select_related("leader", "entered_by")
    handlings = paper.handlings.select_related("organ", "unit", "line__done_by")
    boxes = [
        *_registered(paper),
        Box("拟办意见", "" if proposed else paper.proposal, said=tuple(proposed), tall=True),
        Box("领导批示", said=tuple(_instruction(one) for one in instructions), tall=True),
        Box("主办", said=tuple(_handled(one) for one in handlings if one.lead)),
        Box("协办", said=tuple(_handled(one) for one in handlings if not one.lead)),
        Box("传阅", said=tuple(_read(paper))),
        Box("办理结果", paper.outcome, tall=True),
        Box("复文字号", paper.answer_number, half=True),
        Box("办结时间", when(paper.closed_at), half=True),
    ]
    rest = [line for line in lines if line.stage not in IN_BOXES]
    boxes.append(
        Box(
            "办理过程",
            said=tuple(Said(f"{line.label}：{process.said(line)}".rstrip("："), said(line).by, when(line.done_at)) for line in rest),
        )
    )
    return Sheet(paper.organ.name, NAME, tuple(boxes), f"收文编号 {paper.code}")


def _registered(paper: Incoming) -> Iterable[Box]:
    """What was registered on receipt (第二十四条（二）)."""
    yield Box("收文号", paper.number, half=True)
    yield Box("收到时间", when(paper.received_at), half=True)
    yield Box("来文机关", paper.sender, half=True)
    yield Box("来文字号", paper.their_number, half=True)
    yield Box("标题", paper.title)
    yield Box("文种", str(kinds.KINDS[paper.kind].name) if paper.kind else "", half=True)
    yield Box("成文日期", day(paper.dated), half=True)
    yield Box("密级和保密期限", paper.secrecy_mark, half=True)
    yield Box("紧急程度", str(kinds.URGENCY[paper.urgency]) if paper.urgency else "", half=True)
    yield Box("份数、页数", f"{paper.copies}份，{paper.pages}页", half=True)
    yield Box("份号", paper.copy_numbers, half=True)
    yield Box("附件", paper.attachments)
    yield Box("性质", str(elements.NATURES[elements.Nature(paper.nature)]) if paper.nature else "", half=True)
    yield Box("办理时限", day(paper.due), half=True)


def _instruction(one: Instruction) -> Said:
    """What a secretary entered from the leader's hand is marked so and never passes for the leader's own act (design §3b.16)."""
    mark = f"据手迹由{one.entered_by.name}代录" if one.transcribed else ""
    return Said(one.text, one.leader.name, day(one.written_on), mark)


def _handled(one: Handling) -> Said:
    done = one.line.done_by.name if one.line.done_by else ""
    words = f"退回改派：{one.declined}" if one.declined else one.result
    return Said(words, f"{one} {done}".strip(), when(one.line.done_at))


def _read(paper: Incoming) -> Iterable[Said]:
    """Who read it while it circulated, and when (第二十四条（五）)."""
    for round_ in circulation.of_paper(paper.code, paper.organ):
        for one in round_.readings.all():
            if one.removed_at is None:
                yield Said(one.remark, one.person.name, when(one.read_at) or "未阅")
