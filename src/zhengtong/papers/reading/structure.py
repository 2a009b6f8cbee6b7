"""Which line is which element (条例第九条; GB/T 9704-2012 §7): by its place, its form and what stands around it.

Faulty forms are recognised too, so that lint can speak of them: 陇政发[2024]12号 is a number, 2024年05月06日 a date.
"""

import re
from collections.abc import Sequence

from .closing import Closing
from .elements import ORGAN, Elements, Layout, Line, Piece, Remark, Role, joined, names

TYPES = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
TYPE_END = re.compile(rf"(?:{TYPES}|答复|办法|方案|规定|条例|细则|要点|总结|计划|安排)(?:（[^（）]*）|\([^()]*\))?\s*$")
YEAR = r"[\[\(（【［〔〈<]\s*[〇○零一二三四五六七八九十\d０-９]{1,5}\s*年?[\]\)）】］〕〉>]"
NUMBER = re.compile(rf"^[\u4e00-\u9fff\s]{{1,16}}{YEAR}\s*(?:第|字第)?\s*[\d〇零一二三四五六七八九十百０-９]+\s*号?")
NUMBER_ALONE = re.compile(rf"^(?:{YEAR}\s*)?第?\s*[\d一二三四五六七八九十百]+\s*[号期次]$|^(?:国令|国务院令)第\d+号$|^{YEAR}\s*\d+\s*号?$")
SECRECY = re.compile(r"^(?:密级(?:和保密期限)?\s*[:：]\s*)?(?:(?:内部|工作|商业)?(?:绝密|机密|秘密)级?|内部)\S{0,24}$")
URGENCY = re.compile(r"^(?:紧急程度\s*[:：]\s*)?(?:特急|加急|特提|平急|急件|紧急|特级|火急|十万火急|急)$")
COPY = re.compile(r"^(?:份号\s*[:：]\s*\d+|[0-9０-９]{1,9})$")
SIGNERS = re.compile(r"签\s*发\s*人\s*[:：]?")
SIGNER_NAMES = re.compile(r"^[\u4e00-\u9fff·]{2,6}(?:[\s\u3000]+[\u4e00-\u9fff·]{1,6})*$")
MARK = re.compile(r"^.{2,40}(?:文件|公文|电报|令|纪要|公报)$")
ISSUED = re.compile(r"^[\s\u3000]*(\S{2,40})[\s\u3000]+(\d{4}年\d{1,2}月\d{1,2}日)\s*$")
ADOPTED = re.compile(r"^[（(].{0,40}\d{4}年.{1,60}[）)]$")
# fmt: off
ORDINALS = (
    (1, re.compile(r"[一二三四五六七八九十百]{1,4}\s*[、.．，,：:]")),
    (2, re.compile(r"[（(]\s*[一二三四五六七八九十百]{1,4}\s*[）)]")),
    (3, re.compile(r"\d{1,3}\s*(?:[.．](?!\d)|[、，,])")),
    (4, re.compile(r"[（(]\s*\d{1,3}\s*[）)]")),
    (5, re.compile(r"[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")),
)
# fmt: on
NOT_RECIPIENTS = re.compile(r"如下|以下|下列|现将|现就|通知|根据|按照|为了|组\s*长|会议|时间|地点|公告|以来")
LONGEST_TITLE_LINE = 60


def level(text: str) -> int:
    """1 to 4 for a line that begins with an ordinal, 5 for one that the standard does not know, else 0."""
    start = text.lstrip()
    return next((number for number, form in ORDINALS if form.match(start)), 0)


def recognise(lines: Sequence[Line], *, kind: str = "", layout: Layout | None = None, remarks: tuple[Remark, ...] = ()) -> Elements:
    """The elements of these lines."""
    head = Head(lines)
    closing = Closing(lines, head.at, joined([p.text for p in head.pieces if p.role == Role.TITLE]))
    pieces = [*head.pieces, *closing.pieces]
    pieces.sort(key=lambda piece: (piece.line, piece.start))
    return Elements(tuple(_levels(pieces, lines)), tuple(lines), kind, layout, remarks)


def _levels(pieces: Sequence[Piece], lines: Sequence[Line]) -> list[Piece]:
    """Headings known by their ordinal, with the looks of their line; the indent before a text is no part of it."""
    found = []
    for piece in pieces:
        line = lines[piece.line]
        text = piece.text.strip()
        start = piece.start + len(piece.text) - len(piece.text.lstrip())
        role, rank = piece.role, 0
        if role == Role.PARA:
            rank = level(text)
            role = Role.TABLE if line.rows else Role.HEADING if rank else role
        found.append(Piece(role, text, piece.line, start, rank, piece.part, line.font, line.bold, line.new_page, line.rows))
    return found


class Head:
    """From the top to the recipients: mark, number, signers, title (7.2.1 to 7.3.2)."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.pieces: list[Piece] = []
        self.at = 0
        self._above()
        self._title()
        self._below()

    def put(self, role: Role, text: str | None = None, start: int = 0) -> None:
        self.pieces.append(Piece(role, self.lines[self.at].text if text is None else text, self.at, start))

    def text(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.lines[at].text.strip() if at < len(self.lines) else ""

    def _above(self) -> None:
        while self.at < min(len(self.lines), 14):
            if not self._small() and not self._number() and not self._issued():
                if not self._is_mark():
                    return
                self.put(Role.MARK)
            self.at += 1

    def _small(self) -> bool:
        """份号, 密级, 紧急程度, alone or side by side; the abolished and the printed page number too."""
        parts = list(re.finditer(r"[^\s\u3000]+", self.lines[self.at].text))
        roles = []
        for part in parts:
            word = part[0]
            role = next(
                (r for form, r in ((COPY, Role.COPY_NO), (SECRECY, Role.SECRECY), (URGENCY, Role.URGENCY)) if form.match(word)), None
            )
            if role is None and roles and _numbered(rest := self.lines[self.at].text[part.start() :].strip()):
                roles.append((Role.NUMBER, rest, part.start()))  # a letter's number stands at the right of its first line (10.1)
                break
            if role is None or (role == Role.COPY_NO and self.at > 2 and not word.startswith("份号")):
                return False
            roles.append((role, word, part.start()))
        for role, word, start in roles:
            label = re.match(r"^(?:份号|密级(?:和保密期限)?|紧急程度)\s*[:：]\s*", word)
            skip = label.end() if label else 0
            self.put(role, word[skip:], start + skip)
        return bool(roles)

    def _number(self) -> bool:
        """The number, with the signers at its right on upward documents (7.2.5, 7.2.6)."""
        line = self.lines[self.at].text
        text = line.strip()
        signers = SIGNERS.search(line)
        if not signers and self.pieces and self.pieces[-1].role == Role.SIGNERS and (found := NUMBER.match(text)):
            names_ = text[found.end() :]  # the number in one line with the last signers (7.2.6)
            if names_ and SIGNER_NAMES.match(names_.strip()):
                self.put(Role.NUMBER, found[0], line.index(found[0]))
                self.put(Role.SIGNERS, names_.strip(), line.index(names_.strip(), line.index(found[0]) + found.end()))
                return True
        before = line[: signers.start()] if signers else line
        numbered = bool(before.strip()) and len(before) < 60 and bool(NUMBER.match(before.strip()) or NUMBER_ALONE.match(before.strip()))
        if numbered and not signers and re.search(r"[，。《》]", text):
            return False
        if numbered:
            start = len(before) - len(before.lstrip())
            self.put(Role.NUMBER, before.strip(), start)
        if signers and len(text) < 60 and (numbered or not before.strip()):
            self.put(Role.SIGNERS, line[signers.start() :].rstrip(), signers.start())
            return True
        if not numbered and self.pieces and self.pieces[-1].role == Role.SIGNERS and SIGNER_NAMES.match(text) and not ORGAN.search(text):
            self.put(Role.SIGNERS)
            return True
        return numbered

    def _issued(self) -> bool:
        """Who issued minutes, and when, in one line above the red one (10.3)."""
        line = self.lines[self.at].text
        found = ISSUED.match(line)
        if not found or not self.pieces or self.pieces[-1].role != Role.NUMBER or not ORGAN.search(found[1].strip()):
            return False
        self.put(Role.SIGNATURE, found[1].strip(), line.index(found[1].strip()))
        self.put(Role.DATE, found[2], found.start(2))
        return True

    def _is_mark(self) -> bool:
        """文件头: a line ending in 文件 or 令, or an organ's bare name over a number or over its own full title (7.2.4, 10.1)."""
        text = self.text()
        if len(text) > 44 or "关于" in text or re.search(r"[，。：；《]", text):
            return False
        following = [self.text(n) for n in range(1, 6)]
        if MARK.match(text):
            if text.endswith("文件"):
                return True
            return any(NUMBER_ALONE.match(line) or NUMBER.match(line) for line in following[:1]) and any(len(x) > 4 for x in following[1:3])
        if not ORGAN.search(text.replace(" ", "").replace("\u3000", "")):
            return False
        for line in following:
            if NUMBER.match(line) or SIGNERS.search(line) or MARK.match(line) or _small(line) or _numbered(*line.split()[-1:]):
                return True
            if not ORGAN.search(line) or "关于" in line:
                return line.startswith(text) and "关于" in line
        return False

    def _title(self) -> None:
        started: list[str] = []
        aligned = ""
        while self.at < len(self.lines) and len(started) < 8:
            text = self.text()
            if self.lines[self.at].rows or not self._goes_on(started, aligned, text):
                break
            self.put(Role.TITLE)
            started.append(text)
            aligned = self.lines[self.at].align
            self.at += 1

    def _goes_on(self, started: list[str], aligned: str, text: str) -> bool:
        if len(text) > (2 * LONGEST_TITLE_LINE if not started else LONGEST_TITLE_LINE) or text.endswith(("。", ":", "：", "；")):
            return False
        if NUMBER.match(text) or NUMBER_ALONE.match(text) or ADOPTED.match(text) or re.match(r"附\s*件", text):
            return False
        if not started:
            return level(text) == 0 or "关于" in text
        so_far = joined(started)
        if so_far.count("《") > so_far.count("》") or re.match(r"的(?:决|命|公|通|意|报|请|批|议|函|纪|复)", text):
            return True
        if level(text) or re.match(r"第[一二三四五六七八九十百]+[章条]", text):
            return False
        if TYPE_END.search(so_far) and ("关于" in so_far or "转发" in so_far or "印发" in so_far or not aligned):
            return bool(aligned == "center" and self.lines[self.at].align == "center" and len(text) < 30 and not NUMBER.match(text))
        if self.lines[self.at].align not in ("", aligned) and aligned:
            return False
        if ORGAN.search(so_far) and "关于" not in so_far:
            return True
        looks_listed = ORGAN.search(text) and not TYPE_END.search(text) and TYPE_END.search(self.text(1)) is None
        return (
            len(text) <= 40
            and not re.search(r"[。；，]$", text)
            and not looks_listed
            and ("关于" in so_far or "关于" in text or bool(TYPE_END.search(text)))
        )

    def _below(self) -> None:
        """What may stand between title and text: number and adoption on published pages, then the recipients."""
        while self.at < len(self.lines) and not self.lines[self.at].rows:
            if ADOPTED.match(self.text()) and len(self.text()) < 120:
                self.put(Role.ADOPTED)
            elif not self._number():
                break
            self.at += 1
        if self.at < len(self.lines) and self._is_recipients(self.text()):
            self.put(Role.RECIPIENTS)
            self.at += 1

    def _is_recipients(self, text: str) -> bool:
        if self.lines[self.at].rows or len(text) > 600 or level(text) or re.search(r"[。；]", text):
            return False
        body = text.rstrip(":：").rstrip()
        found = names(body)
        if not found or re.match(r"附\s*件|抄\s*送|主题词|签发人|[（(]", text):
            return False
        organs = [name for name in found if ORGAN.search(re.sub(r"[（(].*?[）)]", "", name))]
        if text.endswith((":", "：")):
            return not NOT_RECIPIENTS.search(body) or len(organs) == len(found)
        return len(organs) == len(found) and len(text) < 200 and len(self.lines) - self.at > 1 and not _is_signature(self.lines, self.at)


def _is_signature(lines: Sequence[Line], at: int) -> bool:
    """A name right above a date closes a document rather than opening it."""
    after = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return bool(re.match(r"^[\d〇一二三四五六七八九零]{2,4}\s*[年.\-/]", after)) and len(after) < 20


def _numbered(text: str = "") -> bool:
    found = NUMBER.match(text)
    return bool(found and found.end() == len(text)) or bool(NUMBER_ALONE.match(text))


def _small(text: str) -> bool:
    return bool(SECRECY.match(text) or URGENCY.match(text))
