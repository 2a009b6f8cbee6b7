"""How a letter of the public is sorted, moves and ends: tables with the article beside each row. Knows no Django.

The hotline's numbers of days stand in local law (唐山市12345政务服务便民热线条例, taken as this county's own arrangement);
a petition's stand in the 信访工作条例. The limits themselves are rows of `foundation.clock.rules.LIMITS`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

CENTER, HANDLER, CHECKER, CONFIDENTIAL = "letters_center", "letters_handler", "letters_checker", "letters_confidential"
ROLES = (CENTER, HANDLER, CHECKER, CONFIDENTIAL)
HOTLINE, PETITION = "国办发〔2020〕53号；天数为本县约定", "信访工作条例"
ITEM = "xj-YL"  # the code by which the portal names the mailbox's form


class Kind(StrEnum):
    CONSULTATION = "consultation"
    HELP = "help"
    COMPLAINT = "complaint"
    ADVICE = "advice"
    PETITION = "petition"
    REPORT = "report"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of letter: what it is called, what the writer chooses, its limit and the longer one. Without a limit it is passed on."""

    label: str
    asked: str
    limit: str
    extended: str
    article: str


# fmt: off
KINDS = {
    #                       label              as the writer chooses it       limit                  extended             article
    Kind.CONSULTATION: Sort(_("咨询"),         "问政策、问办事",              "letter.consultation", "letter.extended",   HOTLINE),
    Kind.HELP:         Sort(_("求助"),         "有困难，请帮忙解决",          "letter.help",         "letter.extended",   HOTLINE),
    Kind.COMPLAINT:    Sort(_("投诉"),         "对服务或管理不满意",          "letter.help",         "letter.extended",   HOTLINE),
    Kind.ADVICE:       Sort(_("建议"),         "提意见建议",                  "letter.help",         "letter.extended",   HOTLINE),
    Kind.PETITION:     Sort(_("信访"),         "信访请求",                    "petition.decide",     "petition.extended", PETITION + " 第二十二条、第三十四条"),
    Kind.REPORT:       Sort(_("违纪违法举报"), "反映工作人员违纪违法",        "",                    "",                  PETITION + " 第三十条；中国共产党纪律检查委员会工作条例"),
    Kind.INFORMATION:  Sort(_("申请公开信息"), "申请公开政府信息",            "",                    "",                  "政府信息公开条例 第二十七条"),
}
# fmt: on
LABELS = {kind: row.label for kind, row in KINDS.items()}
ORDER_LIMIT = "letter.order"


class Channel(StrEnum):
    WEB = "web"
    WINDOW = "window"
    PHONE = "phone"
    PAPER = "paper"
    HOTLINE = "hotline"


CHANNELS = {
    Channel.WEB: _("网上信箱"),
    Channel.WINDOW: _("当面"),
    Channel.PHONE: _("电话"),
    Channel.PAPER: _("来信"),
    Channel.HOTLINE: _("12345工单"),
}
# How disclosure counts the day of receipt of what came so; what was told by word of mouth was written down for the applicant (第二十九条).
DISCLOSURE = {
    Channel.WEB: "web",
    Channel.WINDOW: "window",
    Channel.PHONE: "window",
    Channel.PAPER: "registered",
    Channel.HOTLINE: "window",
}


class State(StrEnum):
    RECEIVED = "received"
    SORTED = "sorted"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    CHECKING = "checking"
    ANSWERED = "answered"
    CLOSED = "closed"


STATES = {
    State.RECEIVED: _("待分类"),
    State.SORTED: _("待派单"),
    State.DISPATCHED: _("待签收"),
    State.HANDLING: _("办理中"),
    State.CHECKING: _("答复待审核"),
    State.ANSWERED: _("已答复待回访"),
    State.CLOSED: _("已办结"),
}
# What the writer reads; plain words.
PLAIN = {
    State.RECEIVED: _("我们已收到您的来信，正在登记分类。"),
    State.SORTED: _("来信已登记，正在转给负责的单位。"),
    State.DISPATCHED: _("来信已转给负责的单位，等待签收。"),
    State.HANDLING: _("负责的单位正在办理。"),
    State.CHECKING: _("负责的单位已写好答复，正在审核。"),
    State.ANSWERED: _("已作出答复，见下。我们会回访您是否满意。"),
    State.CLOSED: _("这封来信已经办结。"),
}
WITH_ORGAN = (State.DISPATCHED, State.HANDLING, State.CHECKING, State.ANSWERED, State.CLOSED)


class Result(StrEnum):
    SATISFIED = "satisfied"
    REOPEN = "reopen"
    EXPLAINED = "explained"


RESULTS = {
    Result.SATISFIED: _("满意，办结"),
    Result.REOPEN: _("不满意，核实后发回重办"),
    Result.EXPLAINED: _("不满意，核实办理并无不当，已说明"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, the states it leads from, the one it leads to, who does it."""

    verb: str
    label: str
    sources: tuple[State, ...]
    target: State | None
    role: str
    article: str
    main: bool = False


# fmt: off
STEPS = (
    #    verb             label                     from                               to                role          article
    Step("classify",      _("分类"),                (State.RECEIVED, State.SORTED),    State.SORTED,     CENTER,       PETITION + " 第二十二条", main=True),
    Step("dispatch",      _("派单"),                (State.SORTED,),                   State.DISPATCHED, CENTER,       "12345热线 派单2小时（本县约定）", main=True),
    Step("hand_over",     _("转为信息公开申请"),    (State.SORTED,),                   State.CLOSED,     CENTER,       "政府信息公开条例 第二十九条", main=True),
    Step("transfer",      _("移送纪检监察机关"),    (State.SORTED,),                   State.CLOSED,     CONFIDENTIAL, PETITION + " 第三十条", main=True),
    Step("sign_for",      _("签收"),                (State.DISPATCHED,),               State.HANDLING,   HANDLER,      "12345热线 签收1个工作日（本县约定）", main=True),
    Step("give_back",     _("退单"),                (State.DISPATCHED,),               State.SORTED,     HANDLER,      "12345热线 退单；" + PETITION + " 第二十三条"),
    Step("draft",         _("拟写答复"),            (State.HANDLING,),                 State.CHECKING,   HANDLER,      HOTLINE, main=True),
    Step("ask_extension", _("申请延期"),            (State.HANDLING,),                 None,             HANDLER,      "12345热线 延期；" + PETITION + " 第三十四条"),
    Step("extend",        _("同意延期"),            (State.HANDLING,),                 None,             CENTER,       "12345热线 延期；" + PETITION + " 第三十四条", main=True),
    Step("refuse_extension", _("不同意延期"),       (State.HANDLING,),                 None,             CENTER,       "12345热线 延期"),
    Step("send_back",     _("退回重写"),            (State.CHECKING,),                 State.HANDLING,   CHECKER,      "一人拟写、另一人审核"),
    Step("answer",        _("审核通过，发出答复"),  (State.CHECKING,),                 State.ANSWERED,   CHECKER,      "一人拟写、另一人审核", main=True),
    Step("call_back",     _("登记回访"),            (State.ANSWERED,),                 None,             CENTER,       "12345热线 回访", main=True),
    Step("urge",          _("催办"),                (State.DISPATCHED, State.HANDLING, State.CHECKING), None, CENTER,  "12345热线 督办"),
)
# fmt: on
BY_VERB = {step.verb: step for step in STEPS}
DISPATCH_HOURS = 2  # 唐山 第二十条: within two hours after acceptance; counted in hours around the clock, as the hotline is staffed
ACCUSED = _("这封信反映的就是这个单位或它的下级，不能交给它办理")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules must know of a letter. `asked`: an extension waits for the center; `order`: the city's number leads."""

    kind: str
    state: str
    asked: bool = False
    extended: bool = False
    order: bool = False


def objection(verb: str, facts: Facts) -> Objection | None:
    """Why this verb can't be taken now, or None."""
    step = BY_VERB[verb]
    if facts.state not in step.sources:
        return Objection(_("现在不能办这一步，请刷新后再看"))
    passed_on = {"hand_over": Kind.INFORMATION, "transfer": Kind.REPORT}
    if verb in passed_on and facts.kind != passed_on[verb]:
        return Objection(_("这类来信不走这一步"))
    if verb == "dispatch" and not KINDS[Kind(facts.kind)].limit:
        return Objection(_("这类来信不派单，请移送或转办"))
    if verb in ("extend", "refuse_extension") and not facts.asked:
        return Objection(_("没有待同意的延期申请"))
    if verb == "ask_extension":
        if facts.order:
            return Objection(_("12345工单的期限由热线平台决定，请向平台申请延期"))
        if facts.extended or facts.asked:
            return Objection(_("只能延期一次"))
    return None


def offered(facts: Facts, roles: Collection[str]) -> list[Step]:
    """The steps that these roles can take now; a report is sorted by the one who keeps reports."""
    mine = set(roles)
    return [step for step in STEPS if role_of(step.verb, facts.kind) in mine and objection(step.verb, facts) is None]


def role_of(verb: str, kind: str) -> str:
    """Who takes the step; nothing of a report is done in the open inbox."""
    return CONFIDENTIAL if kind == Kind.REPORT else BY_VERB[verb].role


def limit_of(kind: str, order: bool, extended: bool) -> str:
    """The clock under which a letter is answered; "" for what is passed on."""
    row = KINDS.get(Kind(kind)) if kind else None
    if row is None or not row.limit:
        return ""
    return ORDER_LIMIT if order else row.extended if extended else row.limit


def return_limit(kind: str, hard: bool) -> str:
    """Within which limit an organ may give a letter back (唐山 第二十三条; 信访工作条例 第二十三条)."""
    return "petition.objection" if kind == Kind.PETITION else "letter.return_hard" if hard else "letter.sign_for"


def dispatch_by(sorted_at: datetime) -> datetime:
    return sorted_at + timedelta(hours=DISPATCH_HOURS)


def kind_asked(words: str) -> str:
    """The kind that the writer chose on the form, or ""."""
    return next((kind.value for kind, row in KINDS.items() if row.asked == words), "")


def named(text: str, names: Iterable[tuple[int, Sequence[str]]]) -> set[int]:
    """The keys of those whose name stands in the text; a name of one character is none."""
    return {key for key, known in names if any(len(name) > 1 and name in text for name in known)}


def pairs(text: str) -> set[str]:
    """Every two characters that stand together, without marks."""
    return {text[n : n + 2] for n in range(len(text) - 1) if text[n : n + 2].isalnum()}


def suggest(text: str, duties: Iterable[tuple[int, str]], earlier: Iterable[tuple[int, str]], most: int = 3) -> list[int]:
    """The organs whose duties and earlier letters share most with this text, best first. An earlier letter weighs double."""
    mine = pairs(text)
    score: dict[int, float] = {}
    if not mine:
        return []
    for weight, rows in ((1, duties), (2, earlier)):
        for organ, words in rows:
            theirs = pairs(words)
            shared = len(mine & theirs)
            if shared:
                score[organ] = score.get(organ, 0.0) + weight * shared / (len(theirs) ** 0.5)
    return sorted(score, key=lambda organ: (-score[organ], organ))[:most]


# The portal's form, as data: the portal asks it, the business network checks it again.
FIELDS: tuple[Mapping[str, object], ...] = (
    {"key": "kind", "label": "想反映什么", "kind": "choice", "choices": [row.asked for row in KINDS.values()]},
    {"key": "subject", "label": "标题", "limit": 60},
    {"key": "text", "label": "内容", "kind": "long", "limit": 2000, "help": "写明时间、地点和经过。"},
    {"key": "place", "label": "事情发生在哪里", "limit": 120, "required": False},
    {
        "key": "about", "label": "反映的是哪个单位或工作人员", "limit": 120, "required": False,
        "help": "投诉、举报时填写。被反映的单位和人看不到这封信。",
    },
    {"key": "name", "label": "姓名", "limit": 80},
    {"key": "phone", "label": "联系电话", "kind": "phone"},
)  # fmt: skip
MATERIALS: tuple[Mapping[str, object], ...] = (
    {"key": "photo", "label": "照片或材料", "required": False, "help": "可以不传。", "limit_mb": 10},
)
COMPLETION: tuple[Mapping[str, object], ...] = ({"key": "supplement", "label": "补正内容", "kind": "long", "limit": 2000},)
