"""The balance sheet of a year: every registered document is filed once, waived with a reason, or missing (归档文件齐全完整, DA/T 22-2015 5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import RECEIVED_SERIES, State, Way

SCOPE = "国家档案局令第8号 第四条"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a registered document is not filed, and by which rule; which way it concerns; whether a note is needed."""

    label: str
    source: str
    ways: frozenset[Way]
    note: bool = False


I, R = frozenset({Way.ISSUED}), frozenset({Way.RECEIVED})  # noqa: E741  the column of the table
# fmt: off
GROUNDS = {
    "general":   Ground(_("上级普发性文件，不需本机关办理"),             SCOPE, R),
    "copied":    Ground(_("供参考的抄件，不需办理的抄送文件"),           SCOPE, R),
    "peer":      Ground(_("同级机关文件，不需贯彻执行"),                 SCOPE, R),
    "below":     Ground(_("下级机关供参阅的简报、情况反映，越级抄报"),   SCOPE, R),
    "staff":     Ground(_("任免、奖惩非本机关工作人员的文件"),           SCOPE, R),
    "double":    Ground(_("重份文件"),                                   SCOPE, I | R),
    "routine":   Ground(_("无查考利用价值的事务性、临时性文件"),         SCOPE, I | R),
    "other_job": Ground(_("本机关负责人兼任外单位职务形成的文件"),       SCOPE, I | R, note=True),
    "void":      Ground(_("文号作废，没有形成文件"),                     "DA/T 22-2015 5.1", I | R, note=True),
}
# fmt: on
RETURNED = _("已退文或来文撤回")  # a fact of the register, no decision of the archivist's


@dataclass(frozen=True, slots=True)
class Balance:
    """One numbering series of a year: how many were registered, filed, pre-filed, waived, and which are missing."""

    organ: str
    series: str
    registered: int
    filed: int
    prefiled: int
    waived: int
    missing: tuple[int, ...]

    @property
    def even(self) -> bool:
        """Every registered document is filed or waived."""
        return self.filed + self.waived == self.registered

    @property
    def adds_up(self) -> bool:
        """Nothing is counted twice and nothing is left out, whatever happened."""
        return self.filed + self.prefiled + self.waived + len(self.missing) == self.registered

    @property
    def way(self) -> Way:
        return Way.RECEIVED if self.series == RECEIVED_SERIES else Way.ISSUED


def balance(organ: str, series: str, registered: int, states: Mapping[int, str]) -> Balance:
    """Registered against filed: every serial 1…n must have its item, or the reason why it has none."""
    count = {state: sum(one == state for one in states.values()) for state in State}
    missing = tuple(n for n in range(1, registered + 1) if n not in states)
    filed = len(states) - count[State.PREFILED] - count[State.WAIVED]  # what was filed and has gone since was filed
    return Balance(organ, series, registered, filed, count[State.PREFILED], count[State.WAIVED], missing)


def waive_objection(ground: str, way: Way, note: str, serial: int, last: int, state: str | None) -> Objection | None:
    """Why a registered document can't be waived, or None. `state` is that of its item, None without one."""
    if not 1 <= serial <= last:
        return Objection(_("没有登记这个号，不能定为不归档"), code="unknown")
    if state == State.WAIVED:
        return Objection(_("这一件已定为不归档"), code="stale")
    if state not in (None, State.PREFILED):
        return Objection(_("这一件已经归档，不能定为不归档"), code="stale")
    if ground not in GROUNDS or way not in GROUNDS[ground].ways:
        return Objection(_("请选择不归档的理由"), field="ground")
    if GROUNDS[ground].note and not note.strip():
        return Objection(_("这一理由须写明情况"), field="note")
    return None
