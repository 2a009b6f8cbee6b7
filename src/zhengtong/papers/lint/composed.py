"""A paper that was written here, as the elements that the rules read: nothing is guessed, every part is known."""

from collections.abc import Iterator

from zhengtong.papers.reading.closing import NOTE_NEXT, NOTE_START
from zhengtong.papers.reading.elements import Elements, Line, Piece, Role
from zhengtong.papers.reading.structure import level
from zhengtong.papers.typeset.paper import Block, Heading, Paper, Table, day

# What the press itself sets right, and what is not known before its step: these rules say nothing here.
OWN = frozenset(
    {"SIG-01", "SIG-06", "SEC-05", "SEC-06", "RT-15", "TTL-12", "PG-01", "PG-02", "PG-03", "PG-04", "LV-10", "ATT-06", "ATT-07", "ATT-09"}
)
PAPERS = "文件"
Row = tuple[Role, str, tuple[tuple[str, ...], ...], int]


def elements(paper: Paper) -> Elements:
    """The elements of a paper in the order of its page."""
    rows = [row for row in _rows(paper) if row[1].strip() or row[2]]
    lines = tuple(Line(text, rows=table) for _role, text, table, _part in rows)
    pieces = []
    for at, (role, text, table, part) in enumerate(rows):
        depth = level(text) if role == Role.PARA else 0
        pieces.append(Piece(Role.HEADING if depth else role, text, at, level=depth, rows=table, part=part))
    return Elements(tuple(pieces), lines, "composed")


def _rows(paper: Paper) -> Iterator[Row]:
    plain: list[tuple[Role, str]] = [
        (Role.COPY_NO, paper.copy_no),
        (Role.SECRECY, paper.secrecy),
        (Role.URGENCY, paper.urgency),
        *((Role.MARK, name) for name in _marks(paper)),
        (Role.NUMBER, paper.number),
        (Role.SIGNERS, "签发人：" + "　".join(paper.signers) if paper.signers else ""),
        *((Role.TITLE, line) for line in paper.title.splitlines()),
        (Role.RECIPIENTS, "，".join(paper.recipients) + "：" if paper.recipients else ""),
    ]
    yield from ((role, text, (), 0) for role, text in plain)
    yield from _text(paper.body)
    for order, one in enumerate(paper.attachments, 1):
        number = f"{order}." if len(paper.attachments) > 1 else ""
        yield Role.ATTACHMENT_NOTE, ("附件：" if order == 1 else "") + number + one.name, (), 0
    yield from ((Role.SIGNATURE, name, (), 0) for name in (paper.signature, *(one.name for one in paper.joint)))
    yield Role.DATE, day(paper.date), (), 0
    yield Role.NOTE, f"（{paper.note}）" if paper.note else "", (), 0
    yield from _bound(paper)
    yield Role.CC, "抄送：" + "，".join(paper.cc) + "。" if paper.cc else "", (), 0
    yield Role.IMPRINT, f"{paper.printed_by}　{day(paper.printed_on)}印发" if paper.printed_on else "", (), 0


def _bound(paper: Paper) -> Iterator[Row]:
    """The attachments that are bound in, each with its head."""
    bound = [(order, one) for order, one in enumerate(paper.attachments, 1) if one.body]
    for part, (order, one) in enumerate(bound, 1):
        yield Role.ATTACHMENT_HEAD, f"附件{order}" if len(paper.attachments) > 1 else "附件", (), part
        yield Role.ATTACHMENT_TITLE, one.name, (), part
        yield from ((Role.TABLE if role == Role.TABLE else Role.PARA, text, table, part) for role, text, table, _part in _text(one.body))


def _marks(paper: Paper) -> list[str]:
    """The mark as it is read, an organ to a line; of a joint one the word 文件 stands once, beside all names (7.2.4)."""
    if not paper.joint or not paper.mark_all:
        return [paper.issuer_mark]
    names = [paper.issuer_mark.removesuffix(PAPERS), *(one.name for one in paper.joint)]
    return [*names[:-1], names[-1] + (PAPERS if paper.issuer_mark.endswith(PAPERS) else "")]


def _text(body: tuple[Block, ...]) -> Iterator[Row]:
    """The text; a note of attachments at its end, typed as text, is that note."""
    note = False
    for block in body:
        if isinstance(block, Table):
            yield Role.TABLE, "", block.rows, 0
            continue
        text = block.text + block.after if isinstance(block, Heading) else block.text
        note = bool(NOTE_START.match(text)) or (note and bool(NOTE_NEXT.match(text)))
        yield Role.ATTACHMENT_NOTE if note else Role.PARA, text, (), 0
