"""From the text to the last line: attachments' note, signature, date, note, attachments, imprint (7.3.3 to 7.4.3)."""

import re
from collections.abc import Sequence

from .elements import ORGAN, Line, Piece, Role

DATE = re.compile(
    r"^[（(]?\s*(?:[\d０-９]{2,4}|[〇○零ＯO一二三四五六七八九]{2,4})\s*年\s*(?:[\d０-９]{1,2}|[一二三四五六七八九十〇]{1,3})\s*月"
    r"(?:\s*(?:[\d０-９]{1,2}|[一二三四五六七八九十〇]{1,3}|[Xx×])\s*日)?\s*[）)]?$|^\d{4}\s*[-./．]\s*\d{1,2}\s*[-./．]\s*\d{1,2}\s*日?$"
)
TRAILING_DATE = re.compile(
    r"[\s\u3000]+((?:[\d]{2,4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)$"
)
NOTE_START = re.compile(r"^附\s*件\s*(?:[:：]|[1１一]\s*[.．、])\s*\S")
NOTE_NEXT = re.compile(r"^(?:附件\s*)?\d{1,2}\s*[.．、，]\s*\S")
ATTACHMENT = re.compile(r"^附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[：:、.．]?$")
REMARK = re.compile(r"^[（(].{2,120}[）)]$|^此件|^[（(]?联系人|^（本文有删减）")
CC = re.compile(r"^(?:抄\s*送|抄\s*报|抄\s*发|分\s*送|主\s*送)\s*[:：]?")
IMPRINT = re.compile(
    r"^.{2,40}?[\s\u3000]*[\d一二三四五六七八九〇]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日\s*印?发?$"
)
PRINTED = re.compile(r"^(?:共印|印数|校对|打印)\s*[:：]?.{0,20}$")
KEYWORDS = re.compile(r"^主\s*题\s*词\s*[:：]")
PAGE = re.compile(r"^(?:[—–-]\s*\d{1,3}\s*[—–-]|第\s*\d{1,3}\s*页(?:\s*共\s*\d{1,3}\s*页)?)$")
PERSON = re.compile(r"^(?:总\s*理|[省市县区乡镇州]\s*长|主\s*席|主\s*任|局\s*长|部\s*长)[\s\u3000]+[\u4e00-\u9fff·\s\u3000]{2,8}$")
ENDING = re.compile(r"[。；：！？，、:;,]$")


class Closing:
    """Reads everything below the recipients."""

    def __init__(self, lines: Sequence[Line], start: int, title: str) -> None:
        self.lines, self.title = lines, title
        self.pieces: list[Piece] = []
        self.tail = len(lines)
        self._imprint(start)
        date = self._date(start)
        end = self._signature(start, date) if date is not None else self.tail
        self._body(start, end)
        if date is not None:
            self._after(date + 1)

    def put(self, role: Role, at: int, text: str | None = None, start: int = 0, part: int = 0) -> None:
        self.pieces.append(Piece(role, self.lines[at].text if text is None else text, at, start, part=part))

    def text(self, at: int) -> str:
        return self.lines[at].text.strip() if at < len(self.lines) else ""

    def _imprint(self, start: int) -> None:
        """版记: read upwards from the end while lines belong to it (7.4)."""
        at, found = len(self.lines) - 1, False
        while at >= start and not self.lines[at].rows:
            text = self.text(at)
            if CC.match(text):
                role = Role.CC
            elif KEYWORDS.match(text):
                role = Role.KEYWORDS
            elif PAGE.match(text) or PRINTED.match(text):
                role = Role.PAGE
            elif IMPRINT.match(text) and not found and not DATE.match(text) and self._dated_above(at, start):
                role, found = Role.IMPRINT, True
            elif found and self._wraps(at, start):
                role = Role.CC
            else:
                break
            self.put(role, at)
            at -= 1
        self.tail = at + 1

    def _dated_above(self, at: int, start: int) -> bool:
        """An imprint stands under a dated signature or names printing; else name and date are the signature itself."""
        if self.text(at).endswith("发"):
            return True
        return any(DATE.match(self.text(n)) or CC.match(self.text(n)) for n in range(max(start, at - 60), at))

    def _wraps(self, at: int, start: int) -> bool:
        """A second line of 抄送: organs, with 抄送 itself right above."""
        above = next((n for n in range(at - 1, max(start, at - 4), -1) if CC.match(self.text(n))), None)
        return above is not None and "年" not in self.text(at)

    def _date(self, start: int) -> int | None:
        """The line of 成文日期: the first bare date with a name above it, or a name and a date in one line."""
        for at in range(start, self.tail):
            text = self.text(at)
            if len(text) < 24 and DATE.match(text):
                return at
            if (
                len(text) < 60
                and not ENDING.search(text)
                and (found := TRAILING_DATE.search(text))
                and ORGAN.search(text[: found.start()].strip())
            ):
                return at
            if ATTACHMENT.match(text) and at > start:
                return None
        return None

    def _signature(self, start: int, date: int) -> int:
        """Puts date and signature; gives the line where the text ends."""
        line = self.lines[date].text
        trailing = TRAILING_DATE.search(line.rstrip())
        if trailing and not DATE.match(line.strip()):
            self.put(Role.SIGNATURE, date, line[: trailing.start()].strip(), len(line) - len(line.lstrip()))
            self.put(Role.DATE, date, trailing[1], trailing.start(1))
        else:
            self.put(Role.DATE, date, line.strip(), len(line) - len(line.lstrip()))
        at = date
        top = start if date == start + 1 else start + 1  # the line below the recipients is text
        while at - 1 >= top and date - at < 12 and self._names(at - 1, first=at == date):
            at -= 1
            self.put(Role.SIGNATURE, at)
        return at

    def _names(self, at: int, *, first: bool) -> bool:
        text = self.text(at)
        if not text or self.lines[at].rows or len(text) > 60 or ENDING.search(text) or NOTE_START.match(text) or NOTE_NEXT.match(text):
            return False
        if re.match(r"^[一二三四五六七八九十]+、|^[（(]", text):
            return False
        parts = re.split(r"[\s\u3000]+", text)
        organs = all(ORGAN.search(part) for part in parts) or bool(ORGAN.search("".join(parts)) and len("".join(parts)) < 12)
        return organs or bool(PERSON.match(text)) or (first and len(text) <= 25 and not NOTE_NEXT.match(text) and not self._listed(at))

    def _listed(self, at: int) -> bool:
        """A line that goes on from an attachments' note above is not a name."""
        return at > 0 and bool(NOTE_START.match(self.text(at - 1)) or NOTE_NEXT.match(self.text(at - 1)))

    def _body(self, start: int, end: int) -> None:
        """Text up to the signature, the note of attachments at its end, and pages bound in when nothing is signed."""
        note, part, at = False, 0, start
        while at < end:
            text = self.text(at)
            if PAGE.match(text):
                self.put(Role.PAGE, at)
            elif self.lines[at].rows:
                self.put(Role.PARA, at, part=part)
            elif NOTE_START.match(text) and not part:
                note = True
                self.put(Role.ATTACHMENT_NOTE, at)
            elif note and not part and (NOTE_NEXT.match(text) or (len(text) < 60 and not ENDING.search(text) and self._closes(at, end))):
                self.put(Role.ATTACHMENT_NOTE, at)
            elif ATTACHMENT.match(text) and (at > start or end > start + 1):
                part += 1
                at = self._attachment(at, part)
            elif KEYWORDS.match(text):
                self.put(Role.KEYWORDS, at)
            else:
                self.put(Role.PARA, at, part=part)
            at += 1

    def _closes(self, at: int, end: int) -> bool:
        """Only lines of the note follow: this one wraps an attachment's name."""
        return all(NOTE_NEXT.match(self.text(n)) or len(self.text(n)) < 40 for n in range(at, end)) and end - at < 12

    def _after(self, at: int) -> None:
        """附注, then what is bound in: attachments with their head, or the paper that a notice issues."""
        part = 0
        while at < self.tail:
            text = self.text(at)
            if not part and REMARK.match(text):
                self.put(Role.NOTE, at)
            elif not part and NOTE_START.match(text):
                self.put(Role.ATTACHMENT_NOTE, at)
            elif PAGE.match(text):
                self.put(Role.PAGE, at)
            elif CC.match(text) and len(text) < 400 and part == 0:
                self.put(Role.CC, at)
            elif KEYWORDS.match(text):
                self.put(Role.KEYWORDS, at)
            elif self._heads(at):
                part += 1
                at = self._attachment(at, part)
            elif not part:
                part += 1
                at = self._titled(at, part) - 1
            else:
                self.put(Role.PARA, at, part=part)
            at += 1

    def _heads(self, at: int) -> bool:
        """附件1 at the head of a page; in a table of a list the same word is only a cell."""
        return bool(ATTACHMENT.match(self.text(at))) and not self.lines[at].rows

    def _attachment(self, at: int, part: int) -> int:
        self.put(Role.ATTACHMENT_HEAD, at, part=part)
        return self._titled(at + 1, part) - 1

    def _titled(self, at: int, part: int) -> int:
        """The title of what is bound in: its first lines while they look like one (7.3.7); gives the line after it."""
        first, count = at, 0
        while at < self.tail and count < 4:
            line, text = self.lines[at], self.text(at)
            if (
                line.rows
                or len(text) > 50
                or ENDING.search(text)
                or re.match(r"^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十百]+[章条]|\d+[.．])", text)
            ):
                break
            if count and not self._same_title(first, at):
                break
            self.put(Role.ATTACHMENT_TITLE, at, part=part)
            at, count = at + 1, count + 1
        return at

    def _same_title(self, first: int, at: int) -> bool:
        if self.lines[at].align or self.lines[first].align:
            return self.lines[at].align == self.lines[first].align == "center"
        above = "".join(self.text(n) for n in range(first, at))
        whole = re.search(r"(?:办法|方案|规定|条例|细则|清单|名单|标准|规划|要点|意见|指标|目录|表|规则|制度|计划|纲要|工作)$", above)
        return (
            above.count("《") > above.count("》")
            or bool(re.match(r"^[（(].{1,20}[）)]$", self.text(at)))
            or (not whole and len(self.text(at)) <= 24)
        )
