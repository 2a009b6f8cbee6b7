"""The elements of a document as they stand in a file (条例第九条), each with its place.

`Line` is what a reader of one format hands over; `Piece` is a line, or a part of one, that has been recognised.
Places are the ordinal of the line among those not blank, and the column inside it, both from 0.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from enum import StrEnum


class Role(StrEnum):
    COPY_NO = "copy_no"  # 份号
    SECRECY = "secrecy"  # 密级和保密期限
    URGENCY = "urgency"  # 紧急程度
    MARK = "issuer_mark"  # 发文机关标志
    NUMBER = "number"  # 发文字号
    SIGNERS = "signers"  # 签发人
    TITLE = "title"  # 标题
    ADOPTED = "adopted"  # 题注：通过日期
    RECIPIENTS = "recipients"  # 主送机关
    HEADING = "heading"  # 层次
    PARA = "para"  # 正文
    TABLE = "table"
    ATTACHMENT_NOTE = "attachment_note"  # 附件说明
    SIGNATURE = "signature"  # 发文机关署名
    DATE = "date"  # 成文日期
    NOTE = "note"  # 附注
    ATTACHMENT_HEAD = "attachment_head"  # 附件1
    ATTACHMENT_TITLE = "attachment_title"
    CC = "cc"  # 抄送机关
    IMPRINT = "imprint"  # 印发机关和印发日期
    KEYWORDS = "keywords"  # 主题词, abolished
    PAGE = "page"  # 页码


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, with what its format says about its looks."""

    text: str
    align: str = ""
    font: str = ""
    size: float = 0.0
    bold: bool = False
    new_page: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A recognised element or part of one; `part` is 0 in the document itself, n in its nth attachment or enclosure."""

    role: Role
    text: str
    line: int
    start: int = 0
    level: int = 0
    part: int = 0
    font: str = ""
    bold: bool = False
    new_page: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file says about its page; None where it says nothing. Lengths in millimetres."""

    width: float | None = None
    height: float | None = None
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    page_number: str | None = None
    page_number_align: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader wants said about the file, though it could be read."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Attachment:
    number: int | None
    name: str
    pieces: tuple[Piece, ...] = ()
    enclosed: bool = False  # the paper that a covering notice issues or forwards, without the word 附件


@dataclass(frozen=True, slots=True)
class Elements:
    """A whole document."""

    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...] = ()
    kind: str = ""
    layout: Layout | None = None
    remarks: tuple[Remark, ...] = field(default=())
    _places: dict[Role, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for at, piece in enumerate(self.pieces):
            self._places.setdefault(piece.role, []).append(at)

    def of(self, *roles: Role, part: int | None = 0) -> list[Piece]:
        """The pieces of these roles in the order of the page; `part` None takes those of all parts."""
        places = self._places.get(roles[0], []) if len(roles) == 1 else sorted(at for role in roles for at in self._places.get(role, ()))
        found = [self.pieces[at] for at in places]
        return found if part is None else [p for p in found if p.part == part]

    def text(self, role: Role, joint: str = "") -> str:
        return joint.join(p.text.strip() for p in self.of(role))

    @property
    def title(self) -> str:
        """The title without the breaks and the spread of its lines, joint issuers apart; an order has none but its mark (10.2)."""
        return _titled([p.text for p in self.of(Role.TITLE)]) or next(
            (joined([p.text]) for p in self.of(Role.MARK) if ORDER.search(p.text)), ""
        )

    @property
    def number(self) -> str:
        return self.text(Role.NUMBER)

    @property
    def recipients(self) -> list[str]:
        return names(self.text(Role.RECIPIENTS))

    @property
    def cc(self) -> list[str]:
        return names(re.sub(r"^(抄送|抄报|抄发|分送|主送)\s*[:：]?", "", self.text(Role.CC, "、")))

    @property
    def signatures(self) -> list[str]:
        found = []
        for p in self.of(Role.SIGNATURE):
            stamp = re.match(r"^(\S{1,8}长|总理|主席|主任)[\s\u3000]+([\u4e00-\u9fff·][\u4e00-\u9fff·\s\u3000]{1,7})$", p.text.strip())
            if stamp and not ORGAN.search(stamp[2].strip()):
                found.append(f"{stamp[1]} {joined([stamp[2]])}")
            else:
                found += [name for name in re.split(r"[\s\u3000]+", spread(p.text)) if name]
        return found

    @property
    def signers(self) -> list[str]:
        text = " ".join(re.sub(r"签\s*发\s*人\s*[:：]?", " ", p.text) for p in self.of(Role.SIGNERS))
        return [name for name in re.split(r"[\s\u3000、，,]+", text) if name]

    @property
    def issuers(self) -> list[str]:
        """Who issues: the mark, else the signature, else what stands before the matter in the title."""
        mark = [name for p in self.of(Role.MARK) for name in _marked(p.text)]
        if mark:
            return mark
        found = [name for name in self.signatures if ORGAN.search(name)]
        if found:
            return found
        head = re.split(r"关于|转发|印发|批转|对", self.title, maxsplit=1)[0]
        return [name for name in names(head) if ORGAN.search(name)] if head != self.title else []

    @property
    def date(self) -> Day | None:
        """成文日期, when it is a day of the calendar."""
        pieces = self.of(Role.DATE) or self.of(Role.ADOPTED)
        return day(pieces[0].text) if pieces else None

    @property
    def body(self) -> list[Piece]:
        return self.of(Role.HEADING, Role.PARA, Role.TABLE)

    @property
    def attachments(self) -> list[Attachment]:
        """What is named under the text or stands behind it, in the order of the pages."""
        named = [attachment_name(p.text) for p in self.of(Role.ATTACHMENT_NOTE)]
        found: list[Attachment] = []
        for part in range(1, max((p.part for p in self.pieces), default=0) + 1):
            pieces = tuple(p for p in self.pieces if p.part == part and p.role in (Role.HEADING, Role.PARA, Role.TABLE))
            head = self.of(Role.ATTACHMENT_HEAD, part=part)
            number = re.search(r"\d+", head[0].text) if head else None
            name = joined([p.text for p in self.of(Role.ATTACHMENT_TITLE, part=part)])
            found.append(Attachment(int(number[0]) if number else None, name, pieces, enclosed=not head))
        bound = [a for a in found if not a.enclosed]
        for order, (number_, name) in enumerate(named):
            if order >= len(bound):
                found.append(Attachment(number_, name))
        return found


ORGAN = re.compile(
    r"(政府|国务院|委员会|党委|[省市县区]委|工委|党组|纪委|监委|政协|人大|常委会|办公[室厅]|[局厅部处署院科股队站所社]|中心|法院|检察院|公司|银行|军委|指挥部|领导小组|联席会议|联合会|工会|协会|学校|大学|总会|团委|妇联|街道|办事处|[乡镇]|委|办|会|行|海关|党校)$"
)
ORDER = re.compile(r"令\s*$")
CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "0": 0}
ARABIC_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
CHINESE_DAY = re.compile(r"([一二三四五六七八九〇零○ＯO]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")


def _marked(text: str) -> list[str]:
    """The organs on a mark; spaces part several, or spread the characters of one."""
    bare = re.sub(r"(文件|公文|命令|令|(常务|办公|专题|全体|党组|常委|常委会)?会?议?纪要)$", "", spread(text)).strip()
    parts = re.split(r"[\s\u3000]+", bare)
    return parts if len(parts) > 1 and all(ORGAN.search(part) for part in parts) else names(joined([bare]))


def spread(text: str) -> str:
    """A name of two characters loses the space that spreads it (王　强); other spaces stay."""
    return re.sub(r"^([\u4e00-\u9fff])[\s\u3000]+([\u4e00-\u9fff])$", r"\1\2", text.strip())


def joined(lines: Sequence[str]) -> str:
    """Lines of one title as one text; characters spread by spaces come together, words in other letters stay apart."""
    text = "".join(line.strip() for line in lines)
    return re.sub(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])", "", text)


def _titled(lines: Sequence[str]) -> str:
    """A title in one line. Between two organs a space stays, and so does a break where the second begins as the first does
    (云岭县财政局 / 云岭县教育局关于…); any other break may part one name."""
    first, *rest = re.split(r"([\s\u3000]+)", "\n".join(line.strip() for line in lines))
    text = last = first
    for gap, word in zip(rest[::2], rest[1::2], strict=True):
        organ, breaks = re.split(r"关于|转发|印发|批转", word, maxsplit=1)[0], "\n" in gap
        apart = len(last) > 2 and ORGAN.search(last) and ORGAN.search(organ) and (not breaks or organ[:2] == last[:2])
        text += ("\x1f" if apart else "" if breaks else " ") + word
        last = word
    return joined([text]).replace("\x1f", " ")


def names(text: str) -> list[str]:
    """The organs of a list such as 各乡镇人民政府，县政府各部门： — brackets keep their commas."""
    found, start, depth = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "（(":
            depth += 1
        elif sign in "）)":
            depth = max(0, depth - 1)
        elif sign in "、，,；;：:。\n" and not depth:
            found.append(text[start:at])
            start = at + 1
    found.append(text[start:])
    return [name.strip() for name in found if name.strip()]


def attachment_name(text: str) -> tuple[int | None, str]:
    """Number and name of one line of the note: 附件：1.防汛方案."""
    rest = re.sub(r"^\s*附\s*件\s*", "", text)
    match = re.match(r"\s*[:：]?\s*(?:(\d{1,2})\s*[.．、，:：]?)?\s*(.*)$", rest, re.DOTALL)
    if not match:
        return None, rest.strip()
    return (int(match[1]) if match[1] else None), match[2].strip(" 　；;。，,")


def day(text: str) -> Day | None:
    """The day a text names, in Arabic or Chinese digits; None when the calendar has no such day."""
    match = ARABIC_DAY.search(text)
    if match:
        parts = [int(part) for part in match.groups()]
    elif match := CHINESE_DAY.search(text):
        parts = [int("".join(str(CHINESE_DIGITS[c]) for c in match[1])), _tens(match[2]), _tens(match[3])]
    else:
        return None
    try:
        return Day(*parts)
    except ValueError:
        return None


def _tens(text: str) -> int:
    before, ten, after = text.partition("十")
    if not ten:
        return CHINESE_DIGITS.get(text, 0)
    return (CHINESE_DIGITS.get(before, 1) if before else 1) * 10 + (CHINESE_DIGITS.get(after, 0) if after else 0)


def paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    yield from (line for line in lines if line.text.strip() or line.rows)
