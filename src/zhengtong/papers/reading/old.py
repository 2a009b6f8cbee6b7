"""doc and wps: the text of Word's binary format ([MS-DOC]), which WPS writes too, read by its piece table.

Paragraphs with their alignment, tables, fields by their result, text that is struck or hidden left out. Looks, lists that
Word numbers by itself and drawings are not read; where there are such lists, that is said.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from struct import unpack_from

import olefile

from .elements import Line, Remark
from .limits import LINES, MB, ROWS, Unreadable, broken, locked, macros, too_big

PAGE = 512
WORD_97 = 0xC1  # of nFib, the version; older files keep their text otherwise
ENCRYPTED, TABLE_1, FAST_SAVED = 0x0100, 0x0200, 0x0004
TEXT_LENGTH, CHPX, PAPX, CLX = 0x4C, 0xFA, 0x102, 0x1A2  # places in the file information block
STRUCK, HIDDEN = 0x0800, 0x083C  # sprmCFRMarkDel, sprmCFVanish
IN_TABLE, ROW_END, LIST = 0x2416, 0x2417, 0x460B
ALIGNS = (0x2403, 0x2461)
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
ALIGN = ("left", "center", "right", "justify")
SIGNS = {"\x1e": "-", "\x1f": "", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\t": "\u3000"}
MACROS = ("macros", "_vba_project_cur", "vba", "_vba_project")
NUMBERED = Remark(
    "文件中有自动编号，旧版格式读不出序号，请核对各级标题的序号",
    "The file numbers its headings by itself; the old format does not tell the numbers: check them",
)
Sprms = dict[int, int]


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches of the file, each with what is said of it."""

    starts: tuple[int, ...]
    said: tuple[Sprms, ...]

    def at(self, place: int) -> Sprms:
        found = bisect_right(self.starts, place) - 1
        return self.said[found] if found >= 0 else {}


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of the text, and where it stands in the file."""

    text: str
    place: int


def lines(data: bytes) -> tuple[list[Line], tuple[Remark, ...]]:
    """The lines of a doc or wps file."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _lines(file)
    except Unreadable:
        raise
    except Exception:  # a damaged container fails in as many ways as it has bytes
        raise broken("doc") from None


def is_encrypted_package(data: bytes) -> bool:
    """A docx, xlsx or pptx under a password is such a container too."""
    return "EncryptedPackage".encode("utf-16-le") in data[: 4 * MB]


def _lines(file: olefile.OleFileIO) -> tuple[list[Line], tuple[Remark, ...]]:
    names = {"/".join(path).lower(): path for path in file.listdir(storages=True)}
    if any(part in MACROS for name in names for part in name.split("/")):
        raise macros()
    if "encryptedpackage" in names:
        raise locked()
    if "worddocument" not in names:
        raise Unreadable("这不是 Word 或 WPS 文字文件", "This is no Word or WPS text document")
    main = file.openstream(names["worddocument"]).read()
    (magic, version), flags = unpack_from("<HH", main), unpack_from("<H", main, 10)[0]
    if flags & ENCRYPTED:
        raise locked()
    if magic != 0xA5EC or version < WORD_97:
        raise Unreadable("这是 Word 97 以前的文件，请另存为 docx 后再试", "This file is older than Word 97; save it as docx and retry")
    name = "1table" if flags & TABLE_1 else "0table"
    if name not in names:
        raise broken("doc")
    table = file.openstream(names[name]).read()
    signs = list(_signs(main, table))
    characters, paragraphs = _runs(main, table, CHPX, _character_sprms), _runs(main, table, PAPX, _paragraph_sprms)
    return Reader(characters, paragraphs).read(signs)


def _signs(main: bytes, table: bytes) -> Iterator[Sign]:
    """The characters of the text proper in their order, by the piece table."""
    length = unpack_from("<i", main, TEXT_LENGTH)[0]
    at, size = unpack_from("<II", main, CLX)
    clx = table[at : at + size]
    at = 0
    while clx[at : at + 1] == b"\x01":  # what pieces refer to for their looks
        at += 3 + unpack_from("<H", clx, at + 1)[0]
    if clx[at : at + 1] != b"\x02" or length < 0:
        raise broken("doc")
    plan = clx[at + 5 : at + 5 + unpack_from("<I", clx, at + 1)[0]]
    count = (len(plan) - 4) // 12
    ends = unpack_from(f"<{count + 1}I", plan)
    for number in range(count):
        start, end = ends[number], min(ends[number + 1], length)
        where = unpack_from("<I", plan, 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(where & 0x40000000)
        place, step = ((where & 0x3FFFFFFF) // 2, 1) if narrow else (where, 2)
        if end < start or place + step * (end - start) > len(main):
            raise broken("doc")
        piece = main[place : place + step * (end - start)]
        text = piece.decode("cp1252", "replace") if narrow else piece.decode("utf-16-le", "surrogatepass")
        for sign in text:
            yield Sign(sign, place)
            place += step * (2 if ord(sign) > 0xFFFF else 1)


def _runs(main: bytes, table: bytes, where: int, read) -> Runs:
    """All stretches of one kind (looks of characters, of paragraphs) from their pages of 512 bytes."""
    at, size = unpack_from("<II", main, where)
    count = max(0, (size - 4) // 8)
    pages = unpack_from(f"<{count}I", table, at + 4 * (count + 1)) if count and at + size <= len(table) else ()
    found: list[tuple[int, Sprms]] = []
    for page in pages:
        sheet = main[(page & 0x3FFFFF) * PAGE : (page & 0x3FFFFF) * PAGE + PAGE]
        if len(sheet) == PAGE:
            found += read(sheet)
    found.sort(key=lambda run: run[0])
    return Runs(tuple(start for start, _said in found), tuple(said for _start, said in found))


def _character_sprms(sheet: bytes) -> Iterator[tuple[int, Sprms]]:
    count = min(sheet[511], 101)
    for number, start in enumerate(unpack_from(f"<{count}I", sheet)):
        at = sheet[4 * (count + 1) + number] * 2
        yield start, _sprms(sheet[at + 1 : at + 1 + sheet[at]]) if at else {}


def _paragraph_sprms(sheet: bytes) -> Iterator[tuple[int, Sprms]]:
    count = min(sheet[511], 29)
    for number, start in enumerate(unpack_from(f"<{count}I", sheet)):
        at = sheet[4 * (count + 1) + 13 * number] * 2
        if not at:
            yield start, {}
            continue
        long = sheet[at] == 0
        begin, size = (at + 2, 2 * sheet[at + 1]) if long else (at + 1, 2 * sheet[at] - 1)
        yield start, _sprms(sheet[begin + 2 : begin + size])  # behind the number of the style


def _sprms(given: bytes) -> Sprms:
    """What is said, by its code; only short values count here."""
    found, at = {}, 0
    while at + 3 <= len(given):
        code = unpack_from("<H", given, at)[0]
        size = SIZES.get(code >> 13)
        if size is None:
            size = 1 + (unpack_from("<H", given, at + 2)[0] if code == 0xD608 and at + 4 <= len(given) else given[at + 2])
        else:
            found[code] = int.from_bytes(given[at + 2 : at + 2 + size], "little")
        at += 2 + size
    return found


class Reader:
    """Puts characters together to lines and rows."""

    def __init__(self, characters: Runs, paragraphs: Runs) -> None:
        self.characters, self.paragraphs = characters, paragraphs
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.cells: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self.pending: list[str] = []
        self.count = 0
        self.numbered = False

    def read(self, signs: list[Sign]) -> tuple[list[Line], tuple[Remark, ...]]:
        fields: list[bool] = []  # of each open field, whether its result has begun
        for sign in signs:
            text = sign.text
            if text == "\x13":
                fields.append(False)
            elif text == "\x14" and fields:
                fields[-1] = True
            elif text == "\x15" and fields:
                fields.pop()
            elif text in "\r\x07":
                self.end(text, self.paragraphs.at(sign.place))
            elif all(fields) and not self.left_out(sign):
                self.words.append(SIGNS.get(text, text if text >= " " else ""))
        self.end("\r", {})
        self.end_table()
        return self.lines, (NUMBERED,) if self.numbered else ()

    def left_out(self, sign: Sign) -> bool:
        said = self.characters.at(sign.place)
        return said.get(STRUCK) == 1 or said.get(HIDDEN) == 1

    def end(self, mark: str, said: Sprms) -> None:
        text = "".join(self.words)
        self.words.clear()
        if mark == "\x07" and said.get(ROW_END):
            self.count += 1
            if self.count > ROWS:
                raise too_big("表格行数", "table rows")
            self.rows.append(tuple(self.cells))
            self.cells = []
        elif mark == "\x07":
            self.cells.append(" ".join([*self._open_cell(), *text.split("\n")]).strip())
        elif said.get(IN_TABLE):
            self.pending = [*self._open_cell(), text]
        else:
            self.end_table()
            align = next((ALIGN[said[code]] for code in ALIGNS if said.get(code, 9) < len(ALIGN)), "")
            self.numbered = self.numbered or bool(said.get(LIST) and text.strip() and not re.match(r"\s*[（(一二三四五六七八九十\d]", text))
            for line in text.split("\n"):
                if line.strip():
                    self.add(Line(line.rstrip(), align=align))

    def _open_cell(self) -> list[str]:
        """Earlier paragraphs of the cell that is being read."""
        found, self.pending = [text for text in self.pending if text.strip()], []
        return found

    def end_table(self) -> None:
        if self.cells:  # no end of the row was marked
            self.rows.append(tuple(self.cells))
            self.cells = []
        rows, self.rows = self.rows, []
        if rows and max(map(len, rows)) == 1:  # a frame around text
            for row in rows:
                if row and row[0]:
                    self.add(Line(row[0], align="center"))
        elif any(cell for row in rows for cell in row):
            self.add(Line("", rows=tuple(rows)))

    def add(self, line: Line) -> None:
        if len(self.lines) >= LINES:
            raise too_big("段落数量", "paragraphs")
        self.lines.append(line)
