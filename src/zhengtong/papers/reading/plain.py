"""Plain text in the encodings that reach a Chinese office, and the signs nobody sees."""

import re
import unicodedata

from .elements import Line, Remark
from .limits import CHARACTERS, LINES, Unreadable, too_big

# Marks that turn the direction of writing or take no room: they can hide what a text says (GB/T 9704 knows none).
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\ufffe\uffff\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u27bf\ufe0f\U0001f1e6-\U0001f1ff]")
BREAK = re.compile("\r\n|[\r\n\u2028\u2029\u0085]")


def decode(data: bytes) -> str:
    """The text of these bytes: UTF-8, UTF-16 with its mark, else GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文件不是文本（编码不是 UTF-8、UTF-16 或 GB 18030）", "The file is not text in UTF-8, UTF-16 or GB 18030")


def seen(text: str) -> str:
    """The text without what takes no room; every other space than the wide one is a plain space."""
    return UNSEEN.sub("", BIDI.sub("", text)).replace("\u00a0", " ").replace("\t", "\u3000")


def remarks(text: str) -> tuple[Remark, ...]:
    """What was taken out of the text, or has no place in an official document."""
    found = []
    if count := len(BIDI.findall(text)):
        found.append(
            Remark(f"文中有{count}个改变书写方向的不可见字符，已去除", f"{count} invisible marks of writing direction were taken out")
        )
    if count := len(UNSEEN.findall(text)):
        found.append(Remark(f"文中有{count}个不可见字符，已去除", f"{count} invisible characters were taken out"))
    if count := len(EMOJI.findall(text)):
        found.append(Remark(f"文中有{count}个表情符号，公文不使用", f"{count} emoji: official documents use none"))
    if private := sorted({c for c in text if unicodedata.category(c) == "Co"}):
        codes = " ".join(f"U+{ord(c):04X}" for c in private[:8])
        found.append(Remark(f"文中有自造字（{codes}），换一台电脑可能不显示", f"Private-use characters ({codes}) may not show elsewhere"))
    return tuple(found)


def lines(text: str) -> list[Line]:
    """One line for each that is not blank."""
    if len(text) > CHARACTERS:
        raise too_big("文字数量", "characters")
    found = [Line(line.rstrip()) for line in BREAK.split(text) if line.strip()]
    if len(found) > LINES:
        raise too_big("段落数量", "paragraphs")
    return found
