"""What is printed, and how paper ends: copies are kept like originals, and no copy is lost or destroyed alone (条例第三十二、三十四、三十五条)."""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

MOST = 500  # copies in one act: more are a mistake of typing
LONGEST = 200  # characters of a reason


class Thing(StrEnum):
    """What was printed."""

    PAGE = "page"
    SHEET = "sheet"
    COPY = "copy"
    INCOMING = "incoming"


class Fate(StrEnum):
    """How copies ended."""

    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class End:
    """A way in which copies end: what it is called, its article, and whether a second person must be there."""

    fate: Fate
    name: str
    article: str
    two: bool


# fmt: off
THINGS = {
    Thing.PAGE:     _("正式文件"),
    Thing.SHEET:    _("发文稿纸"),
    Thing.COPY:     _("收到的文件"),
    Thing.INCOMING: _("收文处理单"),
}
ENDS = (
    #   fate             name       article          two persons
    End(Fate.RETURNED,  _("收回"), "第三十四条",     False),
    End(Fate.DESTROYED, _("销毁"), "第三十五条",     True),
)
# fmt: on
FATES = {end.fate: end.name for end in ENDS}


def print_objection(copies: int, receiver: str, reason: str) -> Objection | None:
    """Why these copies can't be printed, or None (第三十二条: a copy is kept like the original, so each has somebody who has it)."""
    if not 1 <= copies <= MOST:
        return Objection(_("份数须在1至%(most)d之间"), {"most": MOST}, field="copies")
    if not receiver.strip():
        return Objection(_("请写明印给谁"), field="receiver")
    if not reason.strip():
        return Objection(_("请写明用途"), field="reason")
    return None


def end_objection(fate: str, copies: int, left: int, *, witnessed: bool) -> Objection | None:
    """Why copies can't end so, or None. `left`: copies that nobody has accounted for yet; `witnessed`: a second person was there."""
    end = next((one for one in ENDS if one.fate == fate), None)
    if end is None:
        return Objection(_("请选择收回或销毁"), field="fate")
    if not 1 <= copies <= left:
        return Objection(_("还在外的只有%(left)d份"), {"left": left}, field="copies")
    if end.two and not witnessed:
        return Objection(_("销毁须有第二人在场监销，不得个人私自销毁（%(article)s）"), {"article": end.article}, field="witness")
    return None
