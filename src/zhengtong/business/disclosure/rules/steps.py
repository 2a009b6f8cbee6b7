"""How a request for information moves, who moves it, by which article (政府信息公开条例第四章)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    RECEIVED = "received"
    COMPLETING = "completing"
    HANDLING = "handling"
    CONSULTING = "consulting"
    PAYING = "paying"
    ANSWERED = "answered"
    CLOSED = "closed"


STATES = {
    State.RECEIVED: _("待核对"),
    State.COMPLETING: _("待补正"),
    State.HANDLING: _("办理中"),
    State.CONSULTING: _("征求意见中"),
    State.PAYING: _("待缴费"),
    State.ANSWERED: _("已答复待送达"),
    State.CLOSED: _("已办结"),
}
OPEN = frozenset(State) - {State.CLOSED}
WORKING = (State.RECEIVED, State.HANDLING)

# What the applicant reads; plain words.
PLAIN = {
    State.RECEIVED: _("我们已收到您的申请，正在核对内容。"),
    State.COMPLETING: _("申请内容还不够明确，请按下面的说明一次补正。"),
    State.HANDLING: _("申请内容明确，正在查找和审查您要的信息。"),
    State.CONSULTING: _("您要的信息涉及他人，正在征求意见；征求意见的时间不计入答复期限。"),
    State.PAYING: _("申请数量超过了免费标准，请按缴费通知缴费；等待缴费的时间不计入答复期限。"),
    State.ANSWERED: _("我们已作出答复，答复书见下。"),
    State.CLOSED: _("这件申请已经办结。"),
}

CLERK, HEAD, APPLICANT, CLOCK = "disclosure_clerk", "disclosure_head", "applicant", "clock"


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, the states it leads from, the one it leads to, who does it. `letter`: it takes effect when a letter of that kind goes out."""

    verb: str
    label: str
    sources: tuple[State, ...]
    target: State
    role: str
    article: str
    letter: bool = False
    reason: bool = False


A = "政府信息公开条例 "
# fmt: off
STEPS = (
    #    verb              label                      from                                to                who        article
    Step("take_up",        _("内容明确，开始办理"),   (State.RECEIVED,),                  State.HANDLING,   CLERK,     A + "第二十九条"),
    Step("completion",     _("通知补正"),             (State.RECEIVED,),                  State.COMPLETING, CLERK,     A + "第三十条", letter=True),
    Step("complete",       _("收到补正"),             (State.COMPLETING,),                State.RECEIVED,   APPLICANT, A + "第三十条", reason=True),
    Step("give_up",        _("逾期不补正，视为放弃"), (State.COMPLETING,),                State.CLOSED,     CLERK,     A + "第三十条"),
    Step("third_party",    _("征求第三方意见"),       (State.HANDLING, State.CONSULTING),  State.CONSULTING, CLERK,     A + "第三十二条", letter=True),
    Step("co_producer",    _("征求联合制作机关意见"), (State.HANDLING, State.CONSULTING),  State.CONSULTING, CLERK,     A + "第三十四条", letter=True),
    Step("extension",      _("延长答复期限"),         (State.HANDLING,),                  State.HANDLING,   HEAD,      A + "第三十三条第二款", letter=True),
    Step("reasons",        _("要求说明理由"),         (State.HANDLING,),                  State.HANDLING,   CLERK,     A + "第三十五条", letter=True),
    Step("fee",            _("通知缴费"),             (State.HANDLING,),                  State.PAYING,     CLERK,     A + "第四十二条", letter=True),
    Step("pay",            _("已缴费"),               (State.PAYING,),                    State.HANDLING,   CLERK,     A + "第四十二条"),
    Step("forfeit",        _("逾期未缴费，视为放弃"), (State.PAYING,),                    State.CLOSED,     CLERK,     "国办函〔2020〕109号"),
    Step("answer",         _("拟写答复"),             (State.RECEIVED, State.HANDLING),   State.ANSWERED,   HEAD,      A + "第三十三条、第三十六条", letter=True),
    Step("merge",          _("并入另一申请"),         (State.RECEIVED, State.HANDLING),   State.CLOSED,     CLERK,     A + "第三十五条", reason=True),
    Step("withdraw",       _("申请人撤回"),           (State.RECEIVED, State.COMPLETING, State.HANDLING, State.CONSULTING, State.PAYING),
                                                                                          State.CLOSED,     CLERK,     A + "第二十七条", reason=True),
)
# fmt: on
EXTENSION = 20  # working days at most, once (第三十三条第二款)


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes from `state`, or None when there is none."""
    return next((s for s in STEPS if s.verb == verb and state in s.sources), None)


def signer(letter: str) -> str:
    """The role that sends a letter of this kind out."""
    return next(s.role for s in STEPS if s.letter and s.verb == letter)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules must know of a request beside its state. Dates are days in China; `None`: not set."""

    today: date
    completions: int = 0
    completion_due: date | None = None  # last day of the notice's own 7 working days
    complete_until: date | None = None  # the reasonable period that the notice gave
    extended: int = 0
    answer_due: date | None = None
    payment_due: date | None = None
    fee_noticed: bool = False
    reopened: bool = False
    letter_open: bool = False  # a letter is drafted or waits for the head


# fmt: off
BARS = (
    # verb          why not                                                                                holds when
    ("completion",  _("补正只能通知一次"),                                                                  lambda f: f.completions > 0),
    ("completion",  _("补正须在收到申请之日起7个工作日内通知，现已超过"),                                    lambda f: f.completion_due is not None and f.today > f.completion_due),
    ("give_up",     _("补正期限还没有过"),                                                                  lambda f: f.complete_until is None or f.today <= f.complete_until),
    ("extension",   _("答复期限只能延长一次"),                                                              lambda f: f.extended > 0),
    ("extension",   _("答复期限已过，不能再延长"),                                                          lambda f: f.answer_due is not None and f.today > f.answer_due),
    ("extension",   _("法院责令重新答复的期限不能延长"),                                                      lambda f: f.reopened),
    ("fee",         _("缴费通知只能发一次"),                                                                lambda f: f.fee_noticed),
    ("fee",         _("缴费通知须在答复期限内发出，现已超过"),                                              lambda f: f.answer_due is not None and f.today > f.answer_due),
    ("forfeit",     _("缴费期限还没有过"),                                                                  lambda f: f.payment_due is None or f.today <= f.payment_due),
)
# fmt: on
LETTER_FIRST = _("还有一份文书没有发出，请先发出或作废")


def objection(verb: str, state: str, facts: Facts, reason: str = "x") -> Objection | None:
    """Why `verb` can't be done now, or None."""
    found = step(verb, state)
    if found is None:
        return Objection(_("申请现在是“%(state)s”，不能这样办理，可能别人已先办理"), {"state": STATES[State(state)]}, code="stale")
    if facts.letter_open:
        return Objection(LETTER_FIRST)
    if found.reason and not reason.strip():
        return Objection(_("请写明理由"), {}, "reason")
    return next((Objection(text) for of, text, holds in BARS if of == verb and holds(facts)), None)


def offered(state: str, facts: Facts, roles: frozenset[str]) -> list[Step]:
    """What somebody with these roles may begin now: the buttons of the page. Who signs is asked when the letter goes."""
    mine = [
        s
        for s in STEPS
        if state in s.sources and (s.role in roles or (s.role == HEAD and CLERK in roles) or (s.role == APPLICANT and CLERK in roles))
    ]
    return [s for s in mine if objection(s.verb, state, facts) is None]
