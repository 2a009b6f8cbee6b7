"""What the archive keeps of a completed document: its pages, handling sheet, final and marked-up draft, what was signed, by whom.

Files that stay readable without this system (GB/T 39362-2020; 条例第二十七条).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.files.queries import read
from zhengtong.office.archive.queries import process
from zhengtong.office.archive.rules import Kept, Role, Way, describing
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import attachments, body, kinds, secrecy, steps
from zhengtong.office.documents.rules import traces as marks
from zhengtong.office.stamps import queries as stamps
from zhengtong.papers.archive import Agent, Event, leaf, signatures
from zhengtong.papers.typeset import sheet

from . import joint
from .attachments import files_of
from .handling import NAME, handling
from .traces import marked
from .traces import steps as history_of

HELD = "联合行文，本件为原件；复制件存"
SIGNED, PAGE, SEALED = "签发内容.json", "正本.pdf", "正本.ofd"
# the verb that settles each stage; its article is the basis of the step (第二十一条 is that of what was returned and comes back)
SETTLES = {
    "draft": "submit", "unit": "review_unit", "consult": "consult", "countersign": "answer_consultation", "office": "review_office",
    "deputy": "approve_deputy", "sign": "sign", "cosign": "cosign", "recheck": "recheck", "number": "number",
    "typeset": "typeset", "coseal": "coseal", "dispatch": "dispatch",
}  # fmt: skip
BASIS = {
    stage: next(
        row.article for row in steps.STEPS if row.verb == verb and row.source == steps.STAGES[stage] and row.article != "第二十一条"
    )
    for stage, verb in SETTLES.items()
}


@dataclass(frozen=True, slots=True)
class Filed:
    """Everything that is handed over for filing."""

    facts: describing.Facts
    kept: Sequence[Kept]
    events: Sequence[Event]
    agents: Sequence[Agent]


def filed(document: Document, at: datetime) -> Filed:
    """A completed document as it is now."""
    lines = process.settled(document.slip)
    people = {p.pk: p for line in lines for p in (line.done_by, line.done_for) if p}
    organs = [*joint.organs(document), *(r.organ for r in document.recipients.select_related("organ"))]
    kept = [
        *_pages(document),
        *(Kept(Role.ATTACHMENT, one.name, sm3=one.sm3) for one in files_of(document)),
        Kept(Role.SHEET, f"{NAME}.pdf", sheet.pdf(handling(document), at)),
        Kept(Role.DRAFT, "定稿.pdf", leaf.pdf(_draft(document), at)),
        Kept(Role.SIGNED, SIGNED, exact(document)),
        Kept(Role.TRACES, "花脸稿.pdf", leaf.pdf(_traces(document), at)),
        Kept(Role.SIGNATURES, "电子签名.xml", signatures.write(_signatures(document))),
    ]
    return Filed(_facts(document), kept, process.events(lines, BASIS), process.agents(organs, people.values()))


def exact(document: Document) -> bytes:
    """The bytes whose SM3 was signed: the content in its one form (`body.digest`)."""
    return json.dumps(document.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _facts(document: Document) -> describing.Facts:
    day, others = joint.day(document), joint.organs(document)[1:]
    assert day and document.number_year and document.number_serial
    to = list(document.recipients.all())
    return describing.Facts(
        way=Way.ISSUED,
        organ=document.organ.code,
        maker=joint.makers(document),
        number=document.number,
        series=document.number_code,
        year=document.number_year,
        serial=document.number_serial,
        title=document.title,
        kind=document.kind,
        kind_name=str(kinds.KINDS[document.kind].name),
        written_on=day,
        joint=f"{HELD}{'、'.join(organ.name for organ in others)}" if others else "",
        unit=document.unit.name if document.unit else "",
        urgency=_urgency(document),
        mains="、".join(dict.fromkeys(r.name for r in to if not r.cc)),
        copies="、".join(dict.fromkeys(r.name for r in to if r.cc)),
        secrecy=document.secrecy,
        secrecy_mark=document.secrecy_mark,
        important=document.important,
        public=document.publication == secrecy.Publication.PROACTIVE,
        readers=tuple(document.readers.values_list("person__code", flat=True)),
    )


def _urgency(document: Document) -> str:
    return str(kinds.URGENCY[document.urgency]) if document.urgency else ""


def _pages(document: Document) -> list[Kept]:
    """正本: the sealed OFD with the PDF beside it, or the PDF alone."""
    pdf = Kept(Role.PAGE if document.ofd else Role.FINAL, PAGE, sm3=document.pdf.sm3 if document.pdf else "")
    return [Kept(Role.FINAL, SEALED, sm3=document.ofd.sm3), pdf] if document.ofd else [pdf]


def _draft(document: Document) -> leaf.Leaf:
    """定稿: the text that was signed, with the digest that binds it."""
    lines = [leaf.Line((leaf.Run(document.title),), "title")]
    lines += [_line(text, (leaf.Run(text),)) for text in (attachments.shown(str(b["id"]), str(b["text"])) for b in document.blocks)]
    facts = (("发文字号", document.number), ("文件编号", document.code))
    note = "".join(f"签发：{by.name}　{process.moment(at)}　" for _organ, by, at, _own in joint.signed(document))
    return leaf.Leaf("定稿", document.title, facts, lines=tuple(lines), note=note + f"SM3 {document.content_digest}")


def _line(text: str, runs: tuple[leaf.Run, ...]) -> leaf.Line:
    return leaf.Line(runs, "heading" if body.nature(text) == ("heading", 1) else "para")


def _traces(document: Document) -> leaf.Leaf:
    """花脸稿: who wrote and struck what, each hand in its colour and under its number."""
    draft, history = marked(document), history_of(document)
    hands = {hand: number for number, hand in enumerate(marks.hands(history), start=1)}

    def runs(block: marks.Marked) -> tuple[leaf.Run, ...]:
        word = (leaf.Run("附件　"),) if attachments.kind(block.key) == "attachment" else ()
        return word + tuple(
            leaf.Run(attachments.stretch(block.key, p.text), hands[p.put.hand] if p.put else 0, hands[p.cut.hand] if p.cut else 0)
            for p in block.pieces
        )

    lines = [leaf.Line(runs(draft.title), "title")]
    lines += [_line("".join(p.text for p in block.pieces if not p.cut or block.cut), runs(block)) for block in draft.blocks]
    versions = document.revisions.count()
    note = f"共{versions}稿。下划线为增写，删除线为删去，右上角数字为修改人。" if hands else "起草后没有改动。"
    facts = (("发文字号", document.number), ("文件编号", document.code))
    return leaf.Leaf("花脸稿", document.title, facts, lines=tuple(lines), legend=tuple(hands), note=note)


def _signatures(document: Document) -> list[signatures.Signed]:
    """签发 of every issuing organ over the exact content, and the seals' keys over the page."""
    found = [
        signatures.Signed(
            "签发" if organ == document.organ else "联合签发", SIGNED, own["digest"], by.name, _iso(at), signatures.OVER_DIGEST,
            bytes.fromhex(own["signature"]), bytes.fromhex(own["public_key"]),
        )
        for organ, by, at, own in joint.signed(document)
    ]  # fmt: skip
    for use in stamps.uses_of(document.code):
        if document.pdf and stamps.holds(use, read(document.pdf.sm3)):
            found.append(
                signatures.Signed(
                    "用印", PAGE, document.pdf.sm3, use.stamp.name, _iso(use.at), signatures.OVER_CONTENT,
                    bytes.fromhex(use.signature), bytes.fromhex(use.stamp.public),
                )
            )  # fmt: skip
    return found


def _iso(at: datetime) -> str:
    return at.astimezone(clock.ZONE).isoformat(timespec="seconds")
