"""What changed since a handler last looked, in words: whose edits, what was done to the paper on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengtong.foundation.refusal import gettext_noop as _

from . import kinds, secrecy

SITTING = timedelta(minutes=30)  # who opens a paper again within it sits there still, and is shown the same
MOST = 4  # so many things are said; of more it is said how many
# fmt: off
DONE = {
    "draft":       _("%(who)s已送审"),
    "unit":        _("%(who)s已审核"),
    "consult":     _("%(who)s已确定会签"),
    "countersign": _("%(who)s已会签"),
    "advise":      _("%(who)s已提意见"),
    "office":      _("%(who)s已审核"),
    "deputy":      _("%(who)s已审批"),
    "sign":        _("%(who)s已签发"),
    "recheck":     _("%(who)s已复核"),
    "number":      _("%(who)s已编号"),
    "instruct":    _("%(who)s已批示"),
    "propose":     _("%(who)s已提出拟办意见"),
}
# fmt: on
ANY = _("%(who)s已办“%(stage)s”")
DISAGREED = _("%(who)s不同意")
RETURNED = _("%(who)s退回")
EDITED = _("%(who)s改动%(n)d处")
MORE = _("等%(n)d项")
ELEMENTS = {
    "organ": _("发文机关"),
    "joint": _("联合发文机关"),
    "kind": _("文种"),
    "recipients": _("主送、抄送"),
    "urgency": _("紧急程度"),
    "important": _("重要公文"),
    "publication": _("公开属性"),
    "secrecy": _("密级"),
    "readers": _("知悉范围"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the slip that was settled meanwhile."""

    who: str
    stage: str
    label: str
    decision: str
    returned: bool = False


Words = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class News:
    """What is new since a moment: the edits of each hand, and what was done. `version` is the one that stood at that moment."""

    at: datetime
    edits: tuple[tuple[str, int], ...] = ()
    deeds: tuple[Deed, ...] = ()
    version: int = 0

    def __bool__(self) -> bool:
        return bool(self.edits or self.deeds)

    def words(self) -> list[Words]:
        """What is said of it, each with what fills it."""
        said = [(EDITED, {"who": hand, "n": n}) for hand, n in self.edits] + [_said(deed) for deed in self.deeds]
        said = [words for number, words in enumerate(said) if words not in said[:number]]
        return said if len(said) <= MOST else [*said[:MOST], (MORE, {"n": len(said)})]


def _said(deed: Deed) -> Words:
    told: dict[str, object] = {"who": deed.who, "stage": deed.label}
    if deed.returned:
        return RETURNED, told
    return (DISAGREED if deed.decision == "disagree" else DONE.get(deed.stage, ANY)), told


def element(name: str, value: object) -> str:
    """An element of the paper as a person reads it; "" for nothing. Words of tables are left to be translated."""
    match name:
        case "recipients" if isinstance(value, Sequence):
            return "、".join(dict.fromkeys(str(row[1]) for row in value))
        case "urgency":
            return str(kinds.URGENCY.get(str(value), "")) if value else ""
        case "kind":
            return str(kinds.KINDS[str(value)].name) if value in kinds.KINDS else ""
        case "publication" if isinstance(value, Sequence) and value:
            return str(secrecy.PUBLICATION[secrecy.Publication(str(value[0]))]) if value[0] else ""
        case "secrecy" if isinstance(value, Sequence) and value:
            return "".join(str(part) for part in value[:2])
        case "important":
            return _("是") if value else _("否")
    return ""
