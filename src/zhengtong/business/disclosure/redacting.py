"""Taking passages and areas out of a file, and proving that they are out.

A page is drawn, the marked areas are painted over in the drawing, and a new file is made of the drawings alone: no text, no
font, no layer, no attachment, no metadata of the old file can come along. Plain text is rewritten with ■ and set anew.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from zhengtong.papers.pdfium import ALONE
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Form, Paper, Para

DOTS = 200  # to the inch
MARGIN = 0.15  # of a character's height around what is covered: nothing of a stroke may look out
BLOCK = "■"
DARK = 48  # 0–255: what is covered may be no lighter
MOST_PAGES = 100
STREAM = re.compile(rb"stream\r?\n")
# What a file made of drawings has no use for; its presence would mean that something came along.
FOREIGN = (b"/EmbeddedFile", b"/OCProperties", b"/OCG", b"/Annots", b"/AcroForm", b"/JavaScript", b"/Metadata", b"/ObjStm", b"/Font")
ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le", "gb18030")


@dataclass(frozen=True, slots=True)
class Box:
    """An area: the page from 1, and left, top, right, bottom as shares of its width and height from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def condensed(text: str) -> str:
    """Text without any white space: how passages are compared."""
    return "".join(text.split())


def find(pdf: bytes, passage: str) -> list[Box]:
    """Every place of a passage, also across the ends of lines; one box for each run on one line."""
    wanted, boxes = condensed(passage), []
    with ALONE:
        document = pypdfium2.PdfDocument(pdf)
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            content = page.get_textpage()
            letters = [(c, n) for n, c in enumerate(_characters(content)) if c.strip()]
            text = "".join(c for c, _n in letters)
            at = text.find(wanted)
            while wanted and at >= 0:
                places = [content.get_charbox(n) for _c, n in letters[at : at + len(wanted)]]
                boxes += [_box(number + 1, line, width, height) for line in _lines(places)]
                at = text.find(wanted, at + 1)
    return boxes


def _characters(content: pypdfium2.PdfTextPage) -> list[str]:
    """One string for each character index of the page, so that an index leads to its box."""
    return [chr(code) if (code := pypdfium2.raw.FPDFText_GetUnicode(content, n)) else " " for n in range(content.count_chars())]


Edges = tuple[float, float, float, float]  # left, bottom, right, top in points


def _lines(places: Sequence[Edges]) -> list[Edges]:
    """The characters of one passage, joined as far as they stand on one line."""
    joined: list[Edges] = []
    for left, bottom, right, top in places:
        if joined and bottom < joined[-1][3] and top > joined[-1][1] and left >= joined[-1][0]:
            a, b, c, d = joined[-1]
            joined[-1] = (min(a, left), min(b, bottom), max(c, right), max(d, top))
        else:
            joined.append((left, bottom, right, top))
    return joined


def _box(page: int, edges: Edges, width: float, height: float) -> Box:
    left, bottom, right, top = edges
    more = max(1.0, MARGIN * (top - bottom))
    return Box(
        page,
        max(0.0, (left - more) / width),
        max(0.0, 1 - (top + more) / height),
        min(1.0, (right + more) / width),
        min(1.0, 1 - (bottom - more) / height),
    )


def pages_of(pdf: bytes) -> int:
    return press.pages(pdf)


def drawing(pdf: bytes, number: int, dots: float) -> Image.Image:
    """One page (from 1) as a picture; form fields and annotations are drawn as they show."""
    with ALONE:
        picture = pypdfium2.PdfDocument(pdf)[number - 1].render(scale=dots / 72).to_pil()
    return picture.convert("RGB")


def png(picture: Image.Image) -> bytes:
    """The picture as the browser shows it."""
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def as_pdf(picture: bytes, at: datetime) -> bytes:
    """A picture as a page, so that areas can be marked on it."""
    with Image.open(BytesIO(picture)) as image:
        return _bound([image.convert("RGB")], at)


def covered(pdf: bytes, boxes: Iterable[Box], at: datetime) -> bytes:
    """The file drawn anew with these areas black. Raises ValueError beyond 100 pages."""
    count, areas = pages_of(pdf), list(boxes)
    if count > MOST_PAGES:
        raise ValueError("too many pages")
    pictures = []
    for number in range(1, count + 1):
        picture = drawing(pdf, number, DOTS)
        pen = ImageDraw.Draw(picture)
        for box in (b for b in areas if b.page == number):
            pen.rectangle(_pixels(box, picture), fill=(0, 0, 0))
        pictures.append(picture)
    return _bound(pictures, at)


def _pixels(box: Box, picture: Image.Image) -> tuple[int, int, int, int]:
    width, height = picture.size
    return int(box.left * width), int(box.top * height), int(box.right * width) + 1, int(box.bottom * height) + 1


def _bound(pictures: list[Image.Image], at: datetime) -> bytes:
    out = BytesIO()
    moment = at.utctimetuple()
    pictures[0].save(
        out, "PDF", save_all=True, append_images=pictures[1:], resolution=DOTS, creationDate=moment, modDate=moment, producer="", quality=85
    )
    return out.getvalue()


def rewritten(text: str, passages: Iterable[str]) -> tuple[str, dict[str, int]]:
    """A plain text with the passages as blocks, whatever white space stands inside them, and how often each was found."""
    counts = {}
    for passage in sorted(passages, key=lambda one: -len(one)):
        pattern = re.compile(r"\s*".join(re.escape(c) for c in condensed(passage)))
        text, counts[passage] = pattern.subn(lambda hit: BLOCK * len(condensed(hit.group())), text)
    return text, counts


def typeset(title: str, organ: str, text: str, at: datetime) -> bytes:
    """The rewritten text as a page that can be read aloud and searched."""
    lines = tuple(Para(line.strip()) for line in text.splitlines() if line.strip())
    return press.notice(Paper(issuer_mark=organ, title=title, body=lines, form=Form.LETTER), at).pdf


def text_of(pdf: bytes) -> str:
    """All text that a reader can take out of the file."""
    with ALONE:
        document = pypdfium2.PdfDocument(pdf)
        return condensed("".join(document[n].get_textpage().get_text_range() for n in range(len(document))))


def layers(content: bytes, depth: int = 0) -> list[bytes]:
    """The bytes of a file as they lie, and everything packed inside: streams of a PDF, members of an archive."""
    found = [content]
    for start in STREAM.finditer(content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.end() :], 64 << 20))
        except zlib.error:
            continue
    if content.startswith(b"PK\x03\x04") and depth < 3:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                found += [name.encode(), *layers(archive.read(name), depth + 1)]
    return found


def surviving(content: bytes, passages: Iterable[str]) -> list[str]:
    """Those of the passages that can still be got out of the file: as text, as bytes, in metadata or anything packed in it."""
    readable = text_of(content) if content.startswith(b"%PDF") else ""
    packed = layers(content)
    tagless = [re.sub(rb"<[^>]*>|\s+", b"", one) for one in packed[1:]] if content.startswith(b"PK") else []
    return [passage for passage in passages if condensed(passage) in readable or any(_holds(one, passage) for one in [*packed, *tagless])]


def _holds(data: bytes, passage: str) -> bool:
    for words in {passage, condensed(passage)}:
        for encoding in ENCODINGS:
            try:
                wanted = words.encode(encoding)
            except UnicodeEncodeError:
                continue
            if wanted in data or wanted.hex().encode() in data or wanted.hex().upper().encode() in data:
                return True
    return False


def foreign(pdf: bytes) -> list[str]:
    """Parts that a file made of drawings must not have: attachments, layers, notes, fields, scripts, metadata, fonts."""
    frame = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    return [part.decode() for part in FOREIGN if part in frame]


def uncovered(pdf: bytes, boxes: Iterable[Box]) -> list[Box]:
    """Those areas that are not black on the new page."""
    open_ones = []
    for box in boxes:
        picture = drawing(pdf, box.page, DOTS)
        left, top, right, bottom = _pixels(box, picture)
        inside = picture.convert("L").crop((left + 2, top + 2, max(left + 3, right - 2), max(top + 3, bottom - 2)))
        if inside.getextrema()[1] > DARK:  # type: ignore[operator]
            open_ones.append(box)
    return open_ones
