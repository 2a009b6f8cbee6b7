"""Writing an OFD: the proof of the page read back object by object, each in its true colour and under its tag."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, groupby, pairwise
from xml.sax.saxutils import escape, quoteattr

from zhengtong.foundation import seals
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper

from . import drawn, glyphs, marks, metadata, package

NAMESPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFD = f'xmlns:ofd="{NAMESPACE}"'
PROOF_BLUE = 77  # the third part of every colour that numbers a tag (base.typ)


def number(value: float) -> str:
    """A length in mm, to a thousandth."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    return " ".join(number(v) for v in values)


@dataclass(slots=True)
class _Book:
    """What is collected while the pages are written."""

    tags: tuple[press.Tag, ...]
    leave_seals: bool
    ids: count = field(default_factory=lambda: count(1))
    fonts: dict[str, tuple[int, set[str]]] = field(default_factory=dict)
    pictures: list[tuple[int, bytes]] = field(default_factory=list)
    marked: marks.Marks = field(default_factory=marks.Marks)

    def id(self) -> int:
        return next(self.ids)

    def font(self, name: str, text: str) -> int:
        if name not in self.fonts:
            self.fonts[name] = (self.id(), set())
        self.fonts[name][1].update(text)
        return self.fonts[name][0]


def document(paper: Paper, at: datetime, like: press.Typeset | None = None, *, leave_seals: bool = False, identity: str = "") -> bytes:
    """The paper as OFD; `like` is its PDF when that is already set. The same paper and time give the same bytes.

    With `leave_seals` no seal is drawn: its place is marked, for the electronic seal that will stand there.
    """
    proof = press.proof(paper, at, like or press.notice(paper, at))
    book = _Book(proof.tags, leave_seals)
    pages = [(book.id(), page) for page in drawn.pages(proof.pdf)]
    contents = [_page(book, page_id, page) for page_id, page in pages]
    files: dict[str, bytes] = {"OFD.xml": b""}
    files["Doc_0/Document.xml"] = b""
    files["Doc_0/PublicRes.xml"] = _fonts(book).encode()
    if book.pictures:
        files["Doc_0/DocumentRes.xml"] = _pictures(book).encode()
    files["Doc_0/Tags/CustomTags.xml"] = marks.listing().encode()
    files["Doc_0/Tags/Elements.xml"] = book.marked.xml().encode()
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": xml.encode() for n, xml in enumerate(contents)}
    files |= {f"Doc_0/Res/font_{i}.ttf": glyphs.face(name).embedded(chars) for name, (i, chars) in book.fonts.items()}
    files |= {f"Doc_0/Res/image_{i}.png": png for i, png in book.pictures}
    files["Doc_0/Document.xml"] = _document(book, pages).encode()
    files["OFD.xml"] = metadata.entry(paper, at, identity or seals.sm3(b"".join(files.values()))[:32]).encode()
    return package.write(files)


def _document(book: _Book, pages: list[tuple[int, drawn.Page]]) -> str:
    first = pages[0][1]
    resources = "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    resources += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if book.pictures else ""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n, (i, _page) in enumerate(pages))
    return (
        f"{HEAD}<ofd:Document {OFD}><ofd:CommonData><ofd:MaxUnitID>{book.id()}</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>{numbers(0, 0, first.width, first.height)}</ofd:PhysicalBox></ofd:PageArea>{resources}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>"
    )


def _fonts(book: _Book) -> str:
    rows = "".join(
        f"<ofd:Font ID={quoteattr(str(i))} FontName={quoteattr(name)} FamilyName={quoteattr(glyphs.face(name).family)}>"
        f"<ofd:FontFile>font_{i}.ttf</ofd:FontFile></ofd:Font>"
        for name, (i, _chars) in book.fonts.items()
    )
    return f'{HEAD}<ofd:Res {OFD} BaseLoc="Res"><ofd:Fonts>{rows}</ofd:Fonts></ofd:Res>'


def _pictures(book: _Book) -> str:
    rows = "".join(
        f'<ofd:MultiMedia ID="{i}" Type="Image" Format="PNG"><ofd:MediaFile>image_{i}.png</ofd:MediaFile></ofd:MultiMedia>'
        for i, _png in book.pictures
    )
    return f'{HEAD}<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{rows}</ofd:MultiMedias></ofd:Res>'


def _page(book: _Book, page_id: int, page: drawn.Page) -> str:
    layer, out = book.id(), []
    for one in page.drawn:
        tag = _tag(one)
        known = tag is not None and tag < len(book.tags)
        if known and tag is not None and book.leave_seals and book.tags[tag].name == "seal":
            if isinstance(one, drawn.Path):
                book.marked.place(tag, book.tags[tag], page_id, _edges(one, one.width / 2 if one.stroke else 0))
            continue
        colour = book.tags[tag].colour if known and tag is not None else None
        object_id = book.id()
        if known and tag is not None:
            book.marked.add(tag, book.tags[tag], page_id, object_id)
        match one:
            case drawn.Run():
                out.append(_text(book, object_id, one, colour))
            case drawn.Path():
                out.append(_path(object_id, one, colour))
            case drawn.Picture():
                book.pictures.append((book.id(), one.png))
                left, top, width, height = one.box
                box, turn = numbers(left, top, width, height), numbers(width, 0, 0, height, 0, 0)
                out.append(f'<ofd:ImageObject ID="{object_id}" Boundary="{box}" CTM="{turn}" ResourceID="{book.pictures[-1][0]}"/>')
    area = f"<ofd:Area><ofd:PhysicalBox>{numbers(0, 0, page.width, page.height)}</ofd:PhysicalBox></ofd:Area>"
    return (
        f'{HEAD}<ofd:Page {OFD}>{area}<ofd:Content><ofd:Layer ID="{layer}" Type="Body">{"".join(out)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _tag(one: drawn.Drawn) -> int | None:
    """The number of the tag that an object's colour says, or None where the colour is a true one."""
    if isinstance(one, drawn.Picture):
        return None
    colour = one.fill if one.fill is not None else one.stroke
    return colour[0] * 256 + colour[1] if colour and colour[2] == PROOF_BLUE else None


def _colour(name: str, value: tuple[int, int, int]) -> str:
    return f'<ofd:{name} Value="{value[0]} {value[1]} {value[2]}"/>'


def _text(book: _Book, object_id: int, run: drawn.Run, colour: tuple[int, int, int] | None) -> str:
    font, size, ink = book.font(run.face, run.text), run.size, colour or run.fill
    look = f' LineWidth="{number(run.width)}" Stroke="true"' if run.stroke is not None else ""
    inks = _colour("FillColor", ink) + (_colour("StrokeColor", ink) if run.stroke is not None else "") if any(ink) else ""
    if run.turn == (1.0, 0.0, 0.0, 1.0):
        # a glyph's ink may stand out of its square: half a character of room on every side
        left, top, room = round(run.xs[0] - size / 2, 3), round(run.y - 1.4 * size, 3), size / 2
        box, turn = numbers(left, top, run.xs[-1] - left + 1.5 * size, 2 * size), ""
        xs = [round(x, 3) for x in run.xs]
        x, y, steps = number(xs[0] - left), number(run.y - top), _steps([b - a for a, b in pairwise(xs)])
    else:
        room = 1.5 * size
        box = numbers(run.xs[0] - room, run.y - room, 2 * room, 2 * room)
        a, b, c, d = run.turn
        turn = f' CTM="{a:g} {-b:g} {-c:g} {d:g} {number(room)} {number(room)}"'  # OFD's y goes down
        x = y = "0"
        steps = ""
    return (
        f'<ofd:TextObject ID="{object_id}" Boundary="{box}"{turn} Font="{font}" Size="{number(size)}"{look}>{inks}'
        f'<ofd:TextCode X="{x}" Y="{y}"{steps}>{escape(run.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _steps(steps: list[float]) -> str:
    """DeltaX, equal steps written once: g, how many, how far."""
    if not steps:
        return ""
    parts = []
    for step, same in groupby(number(s) for s in steps):
        times = len(list(same))
        parts.append(f"g {times} {step}" if times > 2 else " ".join([step] * times))
    return f' DeltaX="{" ".join(parts)}"'


def _edges(path: drawn.Path, room: float) -> tuple[float, float, float, float]:
    """Left, top, width and height of what the path covers."""
    points = [p for _letter, row in path.segments for p in row]
    left, top = min(p[0] for p in points) - room, min(p[1] for p in points) - room
    return left, top, max(p[0] for p in points) + room - left, max(p[1] for p in points) + room - top


def _path(object_id: int, path: drawn.Path, colour: tuple[int, int, int] | None) -> str:
    left, top, width, height = _edges(path, path.width + 0.01)
    fill, stroke = (colour or path.fill) if path.fill is not None else None, (colour or path.stroke) if path.stroke is not None else None
    inks = (_colour("StrokeColor", stroke) if stroke else "") + (_colour("FillColor", fill) if fill else "")
    data = " ".join(" ".join([letter, *(numbers(x - left, y - top) for x, y in row)]) for letter, row in path.segments)
    look = f'Stroke="{str(stroke is not None).lower()}" Fill="{str(fill is not None).lower()}"' + (
        ' Rule="Even-Odd"' if path.even_odd else ""
    )
    return (
        f'<ofd:PathObject ID="{object_id}" Boundary="{numbers(left, top, width, height)}" LineWidth="{number(path.width)}" {look}>'
        f"{inks}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
