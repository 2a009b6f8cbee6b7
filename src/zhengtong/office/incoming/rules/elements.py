"""What is registered of an incoming paper (第二十四条（二）), and what the first check looks at (第二十四条（三）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.clock.rules import Calendar, Limit, Unit, due
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.rules import kinds, secrecy


class Source(StrEnum):
    DISPATCH = "dispatch"
    PAPER = "paper"
    EXCHANGE = "exchange"


class Nature(StrEnum):
    """What the paper wants of us (第二十四条（四）)."""

    READING = "reading"
    ACTION = "action"


SOURCES = {Source.DISPATCH: _("县内分发"), Source.PAPER: _("纸质来文"), Source.EXCHANGE: _("市级交换")}
NATURES = {Nature.ACTION: _("批办件"), Nature.READING: _("阅知件")}
LONGEST = 500
SUFFIXES = ("pdf", "png", "jpg", "ofd", "docx")  # what may be a scan or an upload


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the first check sends a paper back (第二十四条（三）)."""

    label: str
    article: str


# fmt: off
GROUNDS = {
    "not_ours":     Ground(_("不应由本机关办理"),               "第二十四条（三）"),
    "routing":      Ground(_("不符合行文规则"),                 "第二十四条（三）、第十三条至第十七条"),
    "form":         Ground(_("文种、格式不符合要求"),           "第二十四条（三）、第八条、第九条"),
    "consultation": Ground(_("涉及其他机关职权，没有协商会签"), "第二十四条（三）、第十九条（六）"),
    "drafting":     Ground(_("不符合公文起草的其他要求"),       "第二十四条（三）、第十九条"),
}
# Urgent papers must have a time limit; how long it is, is the county's own convention.
LIMITS = {
    "top":    Limit(1,  Unit.WORKING_DAYS, "第二十四条（四）；天数为本县约定"),
    "urgent": Limit(3,  Unit.WORKING_DAYS, "第二十四条（四）；天数为本县约定"),
    "":       Limit(10, Unit.WORKING_DAYS, "第二十四条（四）；天数为本县约定"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Elements:
    """What stands on a paper that comes in, and how many of it came."""

    title: str
    sender: str
    their_number: str = ""
    kind: str = ""
    dated: date | None = None
    urgency: str = ""
    secrecy: str = ""
    secrecy_mark: str = ""
    copies: int = 1
    pages: int = 1
    copy_numbers: str = ""
    envelope: str = ""
    attachments: str = ""


def elements_objection(elements: Elements, received: date, classified: bool) -> Objection | None:
    """What can't be registered, or None."""
    if not elements.title.strip():
        return Objection(_("请写标题"), field="title")
    if not elements.sender.strip():
        return Objection(_("请写来文机关"), field="sender")
    if elements.kind and elements.kind not in kinds.KINDS:
        return Objection(_("请选择文种"), field="kind")
    if elements.urgency not in kinds.URGENCY:
        return Objection(_("紧急程度只有加急、特急"), field="urgency")
    if elements.dated and elements.dated > received:
        return Objection(_("成文日期不能晚于收到日期"), field="dated")
    if elements.copies < 1:
        return Objection(_("份数至少为1"), field="copies")
    if elements.pages < 1:
        return Objection(_("页数至少为1"), field="pages")
    return _secrecy_objection(elements, classified)


def _secrecy_objection(elements: Elements, classified: bool) -> Objection | None:
    if not elements.secrecy:
        return None
    if not classified:
        return Objection(_("本网络不处理涉密文件，不能登记"), field="secrecy", code="classified")
    if elements.secrecy not in secrecy.LEVELS:
        return Objection(_("密级只有秘密、机密、绝密三级"), field="secrecy")
    if not elements.copy_numbers.strip():
        return Objection(_("涉密文件须登记份号"), field="copy_numbers")
    return None


def kind_of(title: str) -> str:
    """The type that a title ends with, "" when it ends with none (第九条（七）)."""
    plain = title.strip().removesuffix("）").strip()
    ends = [code for code, kind in kinds.KINDS.items() if plain.endswith(kind.name) or (code == "order" and plain.endswith("令"))]
    return max(ends, key=lambda code: len(kinds.KINDS[code].name), default="")


def limit(urgency: str, start: date, calendar: Calendar) -> date:
    """By when a paper of this urgency is to be done with."""
    return due(start, LIMITS.get(urgency, LIMITS[""]), calendar)


def due_objection(nature: str, urgency: str, wanted: date | None, today: date) -> Objection | None:
    """An urgent paper has a time limit, and no limit lies in the past (第二十四条（四）)."""
    if nature not in set(Nature):
        return Objection(_("请选择是批办件还是阅知件"), field="nature")
    if wanted is None:
        return Objection(_("紧急公文须明确办理时限"), field="due") if urgency else None
    return Objection(_("办理时限不能早于今天"), field="due") if wanted < today else None


def hints(elements: Elements, routing: Objection | None) -> Iterable[Objection]:
    """What the machine finds for the first check; the clerk decides whether it is a ground to send back."""
    if elements.their_number and not kinds.is_number(elements.their_number):
        yield Objection(_("来文字号“%(number)s”不合规定格式"), {"number": elements.their_number})
    if not elements.kind:
        yield Objection(_("标题没有以法定文种结尾"))
    if routing:
        yield routing
    if elements.secrecy and not secrecy.MARK.match(elements.secrecy_mark or elements.secrecy):
        yield Objection(_("密级标志“%(mark)s”不合规定"), {"mark": elements.secrecy_mark})


def number(letters: str, year: int, serial: int) -> str:
    """收文号: 云政收〔2026〕1号."""
    return f"{letters}收〔{year}〕{serial}号"
