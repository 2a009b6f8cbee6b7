"""The elements of a document as they will stand on the page (条例第九条; GB/T 9704-2012 §7).

Texts are plain and are never read as markup. Nothing here decides whether a document is lawful: that is lint.
"""

import re
from dataclasses import dataclass
from datetime import date as Day
from enum import StrEnum


class Form(StrEnum):
    """The four formats of GB/T 9704-2012: general (§7), letter (10.1), order (10.2), minutes (10.3)."""

    GENERAL = "general"
    LETTER = "letter"
    ORDER = "order"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of the text (7.3.3)."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its own ordinal, 一、（一）1.（1） for levels 1 to 4; `after` runs on in the same line (7.3.3)."""

    level: int
    text: str
    after: str = ""

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside the text; its first row is the head. A wide one stands across a page of its own (§8)."""

    rows: tuple[tuple[str, ...], ...]
    wide: bool = False


Block = Para | Heading | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as named under the text (7.3.4) and, where it is bound in, its pages (7.3.7)."""

    name: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """An organ's seal, drawn as vectors; `mark` stands below the star (a seal for trying says 测试)."""

    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A further organ of a joint document, after the lead one (7.2.4, 7.3.5.1)."""

    name: str
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A signer's stamp: the office in black, the name in red (7.3.5.3)."""

    office: str
    name: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was present, excused or sat in (10.3)."""

    label: str
    names: str


# fmt: off
@dataclass(frozen=True, slots=True)
class Paper:
    """One document; an element that is empty is not set."""

    issuer_mark: str                             # 发文机关标志 7.2.4
    title: str                                   # 标题 7.3.1; a line feed breaks the line there
    body: tuple[Block, ...]                      # 正文 7.3.3
    number: str = ""                             # 发文字号 7.2.5
    copy_no: str = ""                            # 份号 7.2.1
    secrecy: str = ""                            # 密级和保密期限 7.2.2
    urgency: str = ""                            # 紧急程度 7.2.3
    signers: tuple[str, ...] = ()                # 签发人 7.2.6, on upward documents
    recipients: tuple[str, ...] = ()             # 主送机关 7.3.2
    attachments: tuple[Attachment, ...] = ()     # 附件说明 7.3.4, 附件 7.3.7
    signature: str = ""                          # 发文机关署名 7.3.5
    date: Day | None = None                      # 成文日期 7.3.5.4
    seal: Seal | None = None                     # 印章 7.3.5.1
    note: str = ""                               # 附注 7.3.6, without brackets
    cc: tuple[str, ...] = ()                     # 抄送机关 7.4.2
    printed_by: str = ""                         # 印发机关 7.4.3
    printed_on: Day | None = None                # 印发日期 7.4.3
    form: Form = Form.GENERAL                    # 通用格式, 信函、命令、纪要格式 §7, §10
    joint: tuple[Issuer, ...] = ()               # the other organs of a joint document 7.2.4
    mark_all: bool = True                        # whether the mark names them too, or the lead organ alone 7.2.4
    stamps: tuple[Stamp, ...] = ()               # 签发人签名章 7.3.5.3
    attendance: tuple[Attendance, ...] = ()      # 出席、请假、列席 10.3
# fmt: on


ORDINALS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"（[一二三四五六七八九十百]+）"),
    re.compile(r"\d+[.．](?!\d)"),
    re.compile(r"（\d+）"),
)


def day(value: Day | None) -> str:
    """A date in Arabic digits without leading zeros, 2026年1月5日 (7.3.5.4)."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: one for each line that is not blank, headings known by their ordinals.

    Of a line such as （一）加强领导。各单位要… the heading ends with the first full stop.
    """
    return tuple(_block(line.strip()) for line in text.splitlines() if line.strip())


def _block(line: str) -> Block:
    for level, ordinal in enumerate(ORDINALS, start=1):
        if ordinal.match(line):
            head, stop, after = line.partition("。")
            return Heading(level, head + stop, after)
    return Para(line)
