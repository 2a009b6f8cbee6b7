"""What may be done to a paper that is on its way, beside its next step: return to an earlier stage, take back, add a signer, hand on, urge.

The table says in which states, by whom and by which article; after the signature nothing may be slipped in,
and from the number on nothing goes back (第二十五条).
"""

from dataclasses import dataclass

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow

from .steps import STATE_LABELS, State

S = State
REVIEWED = (S.UNIT, S.OFFICE, S.DEPUTY)
BEFORE_SIGNING = (*REVIEWED, S.SIGNING)
RUNNING = tuple(s for s in State if s not in (S.DRAFT, S.ISSUED))


@dataclass(frozen=True, slots=True)
class Way:
    """One verb: in which states, who (handler, adviser, sender, secretary, watcher), by which article."""

    verb: str
    states: tuple[State, ...]
    who: str
    article: str
    reason: bool = False


# fmt: off
WAYS = (
    #   verb          in which states                         who          article              reason
    Way("advise",     RUNNING,                                "adviser",   "第十九条（六）"),
    Way("add_signer", BEFORE_SIGNING,                         "handler",   "第十九条（六）"),
    Way("forward",    (*BEFORE_SIGNING, S.RECHECK, S.NUMBERING, S.COUNTERSIGN), "handler", "第二十条", True),
    Way("send_back",  (S.OFFICE, S.DEPUTY, S.SIGNING, S.RECHECK, S.NUMBERING), "handler", "第二十一条", True),
    Way("take_back",  (S.CONSULT, S.OFFICE, S.DEPUTY, S.SIGNING, S.COSIGN, S.RECHECK, S.NUMBERING), "sender", "第二十一条"),
    Way("urge",       RUNNING,                                "watcher",   "第二十四条（六）"),
    Way("supervise",  RUNNING,                                "secretary", "第二十四条（六）"),
)
# fmt: on
NAMES = {
    "advise": _("提交加签意见"),
    "add_signer": _("加签"),
    "forward": _("转办"),
    "send_back": _("退到前面环节"),
    "take_back": _("撤回"),
    "urge": _("催办"),
    "supervise": _("督办"),
    "follow": _("关注"),
    "unfollow": _("取消关注"),
}
# To which stage a paper may be sent back from where it is; 会签 is not: whom to ask again is decided at 确定会签.
BACK = {
    S.OFFICE: ("unit", "consult"),
    S.DEPUTY: ("unit", "consult", "office"),
    S.SIGNING: ("unit", "consult", "office", "deputy"),
    S.RECHECK: ("sign",),
    S.NUMBERING: ("sign", "recheck"),
}
# What a person may take back himself as long as nobody after has looked: the stages whose act leaves nothing behind elsewhere.
TAKEN_BACK = frozenset({"unit", "office", "deputy", "sign", "cosign", "recheck"})
WHERE = {"before": _("在我之前"), "beside": _("与我同时"), "after": _("在我之后")}
ADVISE = "advise"


def way(verb: str, state: str) -> Way | None:
    """The row of the table, or None when the verb is not known in this state."""
    return next((w for w in WAYS if w.verb == verb and state in w.states), None)


def way_objection(verb: str, state: str) -> Objection | None:
    """Why the verb can't be done to a paper in this state, or None."""
    if way(verb, state):
        return None
    return Objection(_("%(state)s的文件不能%(verb)s"), {"state": STATE_LABELS[State(state)], "verb": NAMES[verb]}, code="wrong_state")


def straight(state: str) -> bool:
    """Before the signature a mended paper comes straight back to who returned it; after it, all is rechecked (第二十五条（一）)."""
    return State(state) in BEFORE_SIGNING


def voids(state: str, stage: str) -> bool:
    """Whether going back to this stage takes the signature away."""
    return State(state) in (S.RECHECK, S.NUMBERING) and stage == "sign"


def where_objection(state: str, where: str) -> Objection | None:
    """Beside and after the signer nobody is added: what is signed is not discussed any more (第二十二条)."""
    if where not in WHERE:
        return Objection(_("请选择加签的位置"), field="where")
    if state == S.SIGNING and where != "before":
        return Objection(_("签发环节只能在签发之前加签"), field="where")
    return None


def adviser(person: str) -> StageRow:
    """The line of an added signer."""
    return StageRow(ADVISE, _("加签"), person=person)


def may_take_over(stage: str, roles: frozenset[str], role: str, *, principal_only: bool) -> bool:
    """Who may be handed a line: who holds its role there; for signing another head, unless only the principal may sign (第二十二条)."""
    return role in roles or (stage == "sign" and not principal_only and "deputy_head" in roles)
