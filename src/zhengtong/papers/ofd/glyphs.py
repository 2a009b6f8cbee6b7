"""Fonts to embed: for the characters that a document uses, as TrueType, since readers fail on CFF outlines.

An outline is converted once in a process and kept; a font is then put together from finished pieces, so that
a document costs milliseconds. Nothing is written to disk.
"""

import struct
from dataclasses import dataclass, field
from functools import lru_cache

import typst
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from zhengtong.papers.typeset import fonts

OFF = 1.5  # how far a converted curve may lie off, in thousandths of the em: 0.01 mm at 3号
MADE = 3_786_912_000  # seconds since 1904; the same in every font, so that its bytes are


@dataclass(frozen=True, slots=True)
class Outline:
    """One character's glyph as it stands in a TrueType file."""

    data: bytes
    advance: int
    box: tuple[int, int, int, int]  # left, bottom, right, top
    points: int
    contours: int


@dataclass(slots=True)
class Face:
    """One face of the font folders and the outlines converted so far."""

    name: str  # the PostScript name, as the PDF calls it
    family: str
    font: TTFont
    outlines: dict[str, Outline] = field(default_factory=dict)

    def outline(self, char: str) -> Outline:
        """The outline of a character; raises KeyError when the face does not hold it."""
        if char not in self.outlines:
            glyphs, name = self.font.getGlyphSet(), self.font.getBestCmap()[ord(char)]
            pen = TTGlyphPen(None)
            scale = self.font["head"].unitsPerEm / 1000
            glyphs[name].draw(DecomposingFilterPen(Cu2QuPen(pen, OFF * scale, reverse_direction="CFF " in self.font), glyphs))
            glyph = pen.glyph()
            data = glyph.compile(None)
            box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) if data else (0, 0, 0, 0)
            count = len(glyph.coordinates) if data else 0
            self.outlines[char] = Outline(
                data + bytes(-len(data) % 4), round(glyphs[name].width), box, count, max(glyph.numberOfContours, 0)
            )
        return self.outlines[char]

    def embedded(self, chars: set[str]) -> bytes:
        """A TrueType file that holds these characters, always the same bytes for the same characters."""
        order = sorted(chars)
        found = [Outline(b"", self.font["head"].unitsPerEm, (0, 0, 0, 0), 0, 0), *(self.outline(c) for c in order)]
        return _file(_tables(self, order, found))


def _tables(face: Face, order: list[str], found: list[Outline]) -> dict[str, bytes]:
    em, hhea = face.font["head"].unitsPerEm, face.font["hhea"]
    boxes = [o.box for o in found if o.data] or [(0, 0, 0, 0)]
    edges = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    widest = max(o.advance for o in found)
    offsets = [0]
    for one in found:
        offsets.append(offsets[-1] + len(one.data))
    bold = "Bold" in face.name
    weight, look = (700 if bold else 400), (1 if bold else 0)
    first, last = (min(ord(order[0]), 0xFFFF), min(ord(order[-1]), 0xFFFF)) if order else (0, 0)
    ascent, descent = abs(hhea.ascent), -abs(hhea.descent)  # some faces give the descent without its sign
    spread = (min(o.box[0] for o in found), min(o.advance - o.box[2] for o in found), max(o.box[2] for o in found))
    raised = (em // 2, em // 2, 0, em // 8)
    return {
        "OS/2": struct.pack(">HhHHH11h10s4I4sHHHhhhHHIIhhHHH", 4, em, weight, 5, 0, *raised, *raised, em // 20, em // 3, 0,
                            bytes(10), 0, 0, 0, 0, b"ZT  ", 0x20 if bold else 0x40, first, last, ascent, descent, 0,
                            ascent, -descent, 1, 0, em // 2, em // 2, 0, 32, 1),
        "cmap": _cmap(order),
        "glyf": b"".join(o.data for o in found),
        "head": struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, em, MADE, MADE, *edges, look, 8, 2, 1, 0),
        "hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ascent, descent, 0, widest, *spread, 1, *(0,) * 7, len(found)),
        "hmtx": b"".join(struct.pack(">Hh", o.advance, o.box[0]) for o in found),
        "loca": struct.pack(f">{len(offsets)}I", *offsets),
        "maxp": struct.pack(">I14H", 0x10000, len(found), max(o.points for o in found), max(o.contours for o in found), 0, 0, 2, *(0,) * 8),
        "name": _names(face),
        "post": struct.pack(">IIhhIIIII", 0x30000, 0, -em // 10, em // 20, 0, 0, 0, 0, 0),
    }  # fmt: skip


def _cmap(order: list[str]) -> bytes:
    """Format 12 for every character; format 4, which older readers ask for, for those of two bytes."""
    groups: list[list[int]] = []
    for glyph, char in enumerate(order, start=1):
        if groups and groups[-1][1] + 1 == ord(char):
            groups[-1][1] += 1
        else:
            groups.append([ord(char), ord(char), glyph])
    long = struct.pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups)) + b"".join(struct.pack(">III", *g) for g in groups)
    short = [g for g in groups if g[1] < 0xFFFF] + [[0xFFFF, 0xFFFF, 0]]
    count = len(short)
    power = count.bit_length() - 1
    head = struct.pack(">HHHHHHH", 4, 16 + 8 * count, 0, 2 * count, 2 << power, power, 2 * count - (2 << power))
    ends, starts = (struct.pack(f">{count}H", *(g[side] for g in short)) for side in (1, 0))
    shifts = struct.pack(f">{count}H", *((g[2] - g[0]) % 0x10000 if g[2] else 1 for g in short))
    table = head + ends + bytes(2) + starts + shifts + bytes(2 * count)
    return struct.pack(">HHHHIHHI", 0, 2, 3, 1, 20, 3, 10, 20 + len(table)) + table + long


def _names(face: Face) -> bytes:
    texts = {1: face.family, 2: "Regular", 4: face.name, 6: face.name}
    stored, rows = b"", b""
    for number, text in texts.items():
        data = text.encode("utf-16-be")
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(data), len(stored))
        stored += data
    return struct.pack(">HHH", 0, len(texts), 6 + len(rows)) + rows + stored


def _sum(data: bytes) -> int:
    data += bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF


def _file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    at, rows, body = 12 + 16 * count, b"", b""
    for tag, data in tables.items():
        rows += struct.pack(">4sIII", tag.encode(), _sum(data), at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    whole = bytearray(head + rows + body)
    place = at + sum(len(d) + -len(d) % 4 for t, d in tables.items() if t < "head") + 8
    struct.pack_into(">I", whole, place, (0xB1B0AFBA - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


@lru_cache(maxsize=2)
def _all(_state: object) -> dict[str, Face]:
    found: dict[str, Face] = {}
    listed = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(p) for p in fonts.folders()]).fonts()
    for one in listed:
        font = TTFont(one.path, fontNumber=one.index, lazy=True)
        name = str(font["name"].getDebugName(6))
        found[name] = Face(name, one.family, font)
    return found


def face(name: str) -> Face:
    """The face that a PDF calls by this name; KeyError when it is in no font folder."""
    return _all(fonts.state())[name]
