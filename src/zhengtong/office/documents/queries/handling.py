"""发文稿纸: the handling sheet of an outgoing document, the same on the screen, on paper and in the archive."""

from collections.abc import Iterable
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.slips.models import Line
from zhengtong.office.archive.queries import process
from zhengtong.office.documents.models import Consultation, Document
from zhengtong.office.documents.rules import kinds, secrecy, strokes
from zhengtong.office.documents.rules.joint import COSEAL, COSIGN
from zhengtong.papers.typeset.paper import day
from zhengtong.papers.typeset.sheet import Box, Said, Sheet

from . import joint
from .attachments import attached

NAME = "发文稿纸"
DRAFTING = ("draft", "consult")  # nobody's opinion: the drafter's own steps stand with his name
DESK = ("number", "typeset", COSEAL, "dispatch")
# fmt: off
BOXES = (
    #  label          stage       side by side
    ("签发",         "sign",      False),
    ("联合签发",     COSIGN,      False),
    ("分管领导审批", "deputy",    False),
    ("处室审核",     "unit",      True),
    ("核稿",         "office",    True),
    ("征求意见",     "advise",    True),
    ("复核",         "recheck",   True),
)
# fmt: on


def when(at: datetime | None) -> str:
    """The full date that every opinion carries (第二十二条), with the time."""
    local = at and at.astimezone(clock.ZONE)
    return f"{day(local.date())} {local:%H:%M}" if local else ""


def said(line: Line, drawn: str = "") -> Said:
    """What was said on a line, by whom, when; for somebody absent it says so."""
    by = line.done_by.name if line.done_by else ""
    mark = f"代{line.done_for.name}" if line.done_for else ""
    back = "退回：" if line.state == "returned" else ""
    return Said(f"{back}{process.said(line)}", by, when(line.done_at), mark, drawn)


def handling(document: Document) -> Sheet:
    """The sheet as it stands now: what is still to be done is left blank."""
    lines = process.settled(document.slip)
    drawn = {one.line_id: strokes.svg([[(x, y, p) for x, y, p in s] for s in one.strokes]) for one in document.handwritings.all()}
    by_stage: dict[str, list[Line]] = {}
    for line in lines:
        by_stage.setdefault(line.stage, []).append(line)

    def opinions(stage: str) -> tuple[Said, ...]:
        return tuple(said(line, drawn.get(line.pk, "")) for line in by_stage.pop(stage, []))

    boxes = [*_head(document)]
    for label, stage, half in BOXES:
        given = opinions(stage)
        if given or stage in ("sign", "office", "unit"):
            boxes.append(Box(label, said=given, half=half, tall=True))
    answers = document.consultations.select_related("organ", "answered_by", "settled_by")
    boxes.append(Box("会签", said=tuple(one for asked in answers for one in _answer(asked))) if answers else Box("会签", "无"))
    by_stage.pop("countersign", None)
    boxes += _text(document)
    desk = "；".join(_did(line) for stage in DESK for line in by_stage.pop(stage, []))
    rest = [line for stage, left in by_stage.items() for line in left if stage not in DRAFTING or line.opinion]
    boxes.append(Box("编号印发", desk))
    if rest:
        boxes.append(
            Box("其他意见", said=tuple(said(line, drawn.get(line.pk, "")) for line in sorted(rest, key=lambda one: (one.done_at, one.pk))))
        )
    return Sheet(
        joint.makers(document), NAME, tuple(boxes), f"文件编号 {document.code}　第{document.version}稿　SM3 {document.content_digest}"
    )


def _head(document: Document) -> Iterable[Box]:
    public = str(secrecy.PUBLICATION[secrecy.Publication(document.publication)])
    reason = f"（{document.publication_reason}）" if document.publication_reason else ""
    yield Box("发文字号", document.number, half=True)
    yield Box("紧急程度", str(kinds.URGENCY[document.urgency]) if document.urgency else "", half=True)
    yield Box("密级和保密期限", document.secrecy_mark, half=True)
    yield Box("公开属性", public + reason, half=True)


def _text(document: Document) -> Iterable[Box]:
    to = list(document.recipients.all())
    yield Box("标题", document.title)
    yield Box("主送", "、".join(dict.fromkeys(r.name for r in to if not r.cc)))
    yield Box("抄送", "、".join(dict.fromkeys(r.name for r in to if r.cc)))
    if names := [one.name for one in attached(document)]:
        yield Box("附件", "、".join(names))
    yield Box("文种", str(kinds.KINDS[document.kind].name), half=True)
    yield Box("份数", f"{len(to)}份" if to else "", half=True)
    yield Box("拟稿单位", document.unit.name if document.unit else "", half=True)
    yield Box("拟稿人", f"{document.drafter.name}　{when(document.created_at)}", half=True)
    yield Box("签发人", "、".join(by.name for _organ, by, _at, _own in joint.signed(document)), half=True)
    yield Box("印发日期", day(document.printed_on), half=True)


def _answer(asked: Consultation) -> Iterable[Said]:
    """What a consulted organ answered, and how a disagreement was settled (第十六条（四）)."""
    words = {"agree": "同意", "disagree": "不同意"}.get(asked.answer, "未答复")
    by = f"{asked.organ.name} {asked.answered_by.name if asked.answered_by else ''}".strip()
    yield Said(f"{words}。{asked.reason}" if asked.reason else words, by, when(asked.answered_at))
    if asked.settled_by:
        yield Said(f"协调结果：{asked.settlement}", asked.settled_by.name, when(asked.settled_at))


def _did(line: Line) -> str:
    return f"{line.label} {line.done_by.name if line.done_by else ''} {when(line.done_at)}"
