"""档案利用: who may read what of the archive, for how long, and who agrees to it (档案法第四章; 条例第二十九至三十二条)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhengtong.foundation.accounts.rules import ADMINISTRATORS, OFFICE, ROLES
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow, Template
from zhengtong.office.archive.rules import Role

LAW = "档案法第二十八条"
ROOM = "机关档案管理规定 利用"
SECRETS = "党政机关公文处理工作条例第二十九条、第三十二条"
READERS = tuple(code for code, role in ROLES.items() if role.networks == OFFICE and code not in ADMINISTRATORS)
HEADS = ("organ_head", "principal_head")  # in this order; nobody approves his own request


class State(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    RECALLED = "recalled"


STATE_LABELS = {
    State.ASKED: _("待审批"),
    State.GRANTED: _("可阅读"),
    State.REFUSED: _("未批准"),
    State.WITHDRAWN: _("已撤回"),
    State.RETURNED: _("已归还"),
    State.RECALLED: _("已收回"),
}
EXPIRED = "expired"  # not stored: a granted loan after its last day
SHOWN: dict[str, str] = {**{state.value: label for state, label in STATE_LABELS.items()}, EXPIRED: _("已到期未归还")}


class Where(StrEnum):
    """Whose the item is, as the reader sees it."""

    OPEN = "open"
    OWN = "own"
    OTHER = "other"


WHERES = {Where.OPEN: _("已开放"), Where.OWN: _("本机关"), Where.OTHER: _("其他机关")}


class Purpose(StrEnum):
    WORK = "work"
    HISTORY = "history"
    EVIDENCE = "evidence"
    RESEARCH = "research"
    DISCLOSURE = "disclosure"
    OTHER = "other"


PURPOSES = {
    Purpose.WORK: _("工作查考"),
    Purpose.HISTORY: _("编史修志"),
    Purpose.EVIDENCE: _("凭证"),
    Purpose.RESEARCH: _("调查研究"),
    Purpose.DISCLOSURE: _("办理信息公开申请"),
    Purpose.OTHER: _("其他"),
}
TEXT = (Role.FINAL, Role.PAGE, Role.ATTACHMENT)
WHOLE = (*TEXT, Role.SHEET, Role.DRAFT, Role.TRACES)


@dataclass(frozen=True, slots=True)
class Access:
    """What is asked for an item: who approves ("" nobody), the most days, how many more once, copies or not, which parts are read."""

    where: Where
    classified: bool
    approver: str
    days: int
    extension: int
    copies: bool
    parts: tuple[Role, ...]
    source: str


# fmt: off
ACCESS = (
    #      whose        classified approver     days extension copies parts  source
    Access(Where.OPEN,  False,     "",          30,  30,       True,  TEXT,  LAW),
    Access(Where.OWN,   False,     "archivist", 30,  15,       True,  WHOLE, ROOM),
    Access(Where.OTHER, False,     "head",      10,  5,        False, TEXT,  ROOM),
    Access(Where.OWN,   True,      "head",      7,   0,        False, TEXT,  SECRETS),
    Access(Where.OTHER, True,      "head",      3,   0,        False, TEXT,  SECRETS),
)
# fmt: on
REMIND_DAYS = 2  # days before the last one on which the reader is reminded
READING_MINUTES = 30  # how long one opening lasts; then it is opened, and logged, again
LONGEST = 200


def access(where: str, classified: bool) -> Access:
    """The row for an item of this kind."""
    return next(row for row in ACCESS if row.where == where and row.classified == classified)


def asking_objection(row: Access, days: int, purpose: str, note: str, copies: bool) -> Objection | None:
    """Why a request can't be made so, or None."""
    if purpose not in set(Purpose):
        return Objection(_("请选择利用目的"), field="purpose")
    if not note.strip():
        return Objection(_("请写明用途"), field="note")
    if not 1 <= days <= row.days:
        return Objection(_("这一件最多借阅%(days)d天"), {"days": row.days}, field="days")
    if copies and not row.copies:
        return Objection(_("这一件只供阅读，不提供复制件（%(source)s）"), {"source": row.source}, field="copies")
    return None


def last_day(granted: date, days: int) -> date:
    """The day of the approval is the first of the granted days."""
    return granted + timedelta(days=days - 1)


def standing(state: str, until: date | None, today: date) -> str:
    """The state as it is today: a loan ends by itself, whether or not anything runs in the background."""
    return EXPIRED if state == State.GRANTED and (until is None or until < today) else state


def reading_objection(state: str, until: date | None, today: date) -> Objection | None:
    """Why nothing can be read on this loan today, or None."""
    now = standing(state, until, today)
    if now == EXPIRED:
        return Objection(
            _("借阅已于%(until)s到期，不能再阅读；需要时请重新申请"), {"until": until.isoformat() if until else "—"}, code=EXPIRED
        )
    if now != State.GRANTED:
        return Objection(_("这次借阅的状态是“%(state)s”，不能阅读"), {"state": SHOWN[now]}, code="stale")
    return None


def extension_objection(row: Access, extended: bool, days: int, state: str, until: date | None, today: date) -> Objection | None:
    """Why the loan can't be extended, or None: once, before its end, by no more than its row allows."""
    if no := reading_objection(state, until, today):
        return no
    if not row.extension:
        return Objection(_("这一件不能续借，到期后请重新申请（%(source)s）"), {"source": row.source})
    if extended:
        return Objection(_("只能续借一次，到期后请重新申请"))
    if not 1 <= days <= row.extension:
        return Objection(_("最多续借%(days)d天"), {"days": row.extension}, field="days")
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a loan in a state, and by whom: its reader, whoever approves it, the archivist who keeps the item."""

    verb: str
    label: str
    sources: tuple[State, ...]
    target: State
    who: str
    reason: bool = False


S = State
# fmt: off
STEPS = (
    #    verb        label            from          to           who          needs its reason
    Step("grant",    _("批准"),       (S.ASKED,),   S.GRANTED,   "approver"),
    Step("refuse",   _("不批准"),     (S.ASKED,),   S.REFUSED,   "approver",  reason=True),
    Step("withdraw", _("撤回申请"),   (S.ASKED,),   S.WITHDRAWN, "reader"),
    Step("extend",   _("续借"),       (S.GRANTED,), S.GRANTED,   "reader"),
    Step("give_back", _("归还"),      (S.GRANTED,), S.RETURNED,  "reader"),
    Step("recall",   _("收回"),       (S.GRANTED,), S.RECALLED,  "keeper",    reason=True),
)
# fmt: on
OFFICIAL = ("grant", "refuse", "recall")  # acts that the key's PIN confirms


def step(verb: str) -> Step:
    return next(row for row in STEPS if row.verb == verb)


def step_objection(verb: str, state: str, reason: str = "") -> Objection | None:
    """Why this can't be done to a loan in this state, or None."""
    row = step(verb)
    if state not in row.sources:
        told = {"state": STATE_LABELS[State(state)], "verb": row.label}
        return Objection(_("这次借阅的状态是“%(state)s”，不能“%(verb)s”"), told, code="stale")
    return Objection(_("请写明理由"), field="note") if row.reason and not reason.strip() else None


def verbs(state: str, parts: Collection[str]) -> list[Step]:
    """What somebody who takes these parts may do to a loan in this state."""
    return [row for row in STEPS if state in row.sources and row.who in parts]


def template(role: str, organ: str, person: str) -> Template:
    """The slip of a request: one line, for whoever approves."""
    return Template("borrowing", 1, (StageRow("approve", _("审批借阅"), "" if person else role, organ, person=person),))


def reminds_before(until: date, today: date) -> bool:
    return today <= until <= today + timedelta(days=REMIND_DAYS)
