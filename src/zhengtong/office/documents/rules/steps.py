"""The way of a document: draft, review, consultation, signing, recheck, registration, printing, dispatch.

After that the archive has it (第二十七条): filing is that room's own step.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow, Template, patterns


class State(StrEnum):
    DRAFT = "draft"
    RETURNED = "returned"
    UNIT = "unit"
    CONSULT = "consult"
    COUNTERSIGN = "countersign"
    OFFICE = "office"
    DEPUTY = "deputy"
    SIGNING = "signing"
    COSIGN = "cosign"
    RECHECK = "recheck"
    NUMBERING = "numbering"
    PRINTING = "printing"
    SEALING = "sealing"
    DISPATCHING = "dispatching"
    ISSUED = "issued"


STATE_LABELS = {
    State.DRAFT: _("起草"),
    State.RETURNED: _("退回修改"),
    State.UNIT: _("处室审核"),
    State.CONSULT: _("确定会签"),
    State.COUNTERSIGN: _("会签中"),
    State.OFFICE: _("办公室审核"),
    State.DEPUTY: _("分管领导审批"),
    State.SIGNING: _("待签发"),
    State.COSIGN: _("联合签发中"),
    State.RECHECK: _("复核"),
    State.NUMBERING: _("待编号"),
    State.PRINTING: _("待用印"),
    State.SEALING: _("联合用印中"),
    State.DISPATCHING: _("待分发"),
    State.ISSUED: _("已印发"),
}
UNSIGNED = (State.DRAFT, State.RETURNED, State.UNIT, State.CONSULT, State.COUNTERSIGN, State.OFFICE, State.DEPUTY, State.SIGNING)
UNNUMBERED = (*UNSIGNED, State.COSIGN, State.RECHECK, State.NUMBERING)
SIGNED_UNNUMBERED = (State.RECHECK, State.NUMBERING)


@dataclass(frozen=True, slots=True)
class Step:
    """What may follow what, who does it and by which article. `official` acts ask for the key's PIN (design §3b.14)."""

    verb: str
    source: State
    target: State
    role: str
    article: str
    reason: bool = False
    official: bool = False


S = State
# fmt: off
STEPS = (
    #    verb                   from           to             role               article             reason / official
    Step("submit",              S.DRAFT,       S.UNIT,        "drafter",         "第十九条"),
    # an organ without units goes straight to consultation
    Step("submit",              S.DRAFT,       S.CONSULT,     "drafter",         "第十九条（六）"),
    Step("submit",              S.RETURNED,    S.CONSULT,     "drafter",         "第二十一条"),
    Step("submit",              S.RETURNED,    S.UNIT,        "drafter",         "第二十一条"),
    Step("submit",              S.RETURNED,    S.OFFICE,      "drafter",         "第二十一条"),
    Step("submit",              S.RETURNED,    S.DEPUTY,      "drafter",         "第二十一条"),
    Step("submit",              S.RETURNED,    S.SIGNING,     "drafter",         "第二十一条"),
    Step("withdraw",            S.UNIT,        S.DRAFT,       "drafter",         "第十九条"),
    Step("withdraw",            S.UNIT,        S.RETURNED,    "drafter",         "第十九条"),
    Step("review_unit",         S.UNIT,        S.CONSULT,     "unit_head",       "第十九条（七）"),
    # sent back to an earlier stage, a paper goes from there straight to who returned it (第二十一条)
    Step("review_unit",         S.UNIT,        S.OFFICE,      "unit_head",       "第二十一条"),
    Step("review_unit",         S.UNIT,        S.DEPUTY,      "unit_head",       "第二十一条"),
    Step("review_unit",         S.UNIT,        S.SIGNING,     "unit_head",       "第二十一条"),
    Step("skip_consultation",   S.CONSULT,     S.DEPUTY,      "drafter",         "第二十一条",       reason=True),
    Step("skip_consultation",   S.CONSULT,     S.SIGNING,     "drafter",         "第二十一条",       reason=True),
    Step("answer_consultation", S.COUNTERSIGN, S.DEPUTY,      "office_reviewer", "第二十一条"),
    Step("answer_consultation", S.COUNTERSIGN, S.SIGNING,     "office_reviewer", "第二十一条"),
    Step("review_office",       S.OFFICE,      S.SIGNING,     "office_reviewer", "第二十一条"),
    Step("consult",             S.CONSULT,     S.COUNTERSIGN, "drafter",         "第十九条（六）"),
    Step("skip_consultation",   S.CONSULT,     S.OFFICE,      "drafter",         "第二十条（三）",   reason=True),
    Step("answer_consultation", S.COUNTERSIGN, S.COUNTERSIGN, "office_reviewer", "第十九条（六）"),
    Step("answer_consultation", S.COUNTERSIGN, S.OFFICE,      "office_reviewer", "第十九条（六）"),
    Step("review_office",       S.OFFICE,      S.DEPUTY,      "office_reviewer", "第二十条"),
    Step("approve_deputy",      S.DEPUTY,      S.SIGNING,     "deputy_head",     "第二十二条"),
    Step("approve_deputy",      S.DEPUTY,      S.DEPUTY,      "deputy_head",     "第二十二条"),
    Step("return_",             S.UNIT,        S.RETURNED,    "unit_head",       "第二十一条",       reason=True),
    Step("return_",             S.OFFICE,      S.RETURNED,    "office_reviewer", "第二十一条",       reason=True),
    Step("return_",             S.DEPUTY,      S.RETURNED,    "deputy_head",     "第二十一条",       reason=True),
    Step("return_",             S.SIGNING,     S.RETURNED,    "principal_head",  "第二十一条",       reason=True),
    Step("sign",                S.SIGNING,     S.RECHECK,     "principal_head",  "第二十二条",       official=True),
    # a joint document: every co-issuer's head signs the same digest, every co-issuer's keeper sets its seal (rules/joint.py)
    Step("sign",                S.SIGNING,     S.COSIGN,      "principal_head",  "第二十二条",       official=True),
    Step("cosign",              S.COSIGN,      S.COSIGN,      "principal_head",  "第十七条",         official=True),
    Step("cosign",              S.COSIGN,      S.RECHECK,     "principal_head",  "第十七条",         official=True),
    Step("return_",             S.COSIGN,      S.RETURNED,    "principal_head",  "第二十一条",       reason=True),
    Step("recheck",             S.RECHECK,     S.NUMBERING,   "recheck",         "第二十五条（一）"),
    Step("number",              S.NUMBERING,   S.PRINTING,    "registrar",       "第二十五条（二）", official=True),
    Step("typeset",             S.PRINTING,    S.DISPATCHING, "registrar",       "第二十五条（三）", official=True),
    Step("typeset",             S.PRINTING,    S.SEALING,     "registrar",       "第二十五条（三）", official=True),
    Step("coseal",              S.SEALING,     S.SEALING,     "seal_keeper",     "第九条（十三）",   official=True),
    Step("coseal",              S.SEALING,     S.DISPATCHING, "seal_keeper",     "第九条（十三）",   official=True),
    Step("dispatch",            S.DISPATCHING, S.ISSUED,      "dispatcher",      "第二十五条（四）", official=True),
    # whoever has the paper in hand may mend it; after signing that voids the signature (第二十五条（一）)
    Step("save",                S.DRAFT,       S.DRAFT,       "drafter",         "第十九条"),
    Step("save",                S.RETURNED,    S.RETURNED,    "drafter",         "第二十一条"),
    Step("save",                S.UNIT,        S.UNIT,        "unit_head",       "第十九条"),
    Step("save",                S.CONSULT,     S.CONSULT,     "drafter",         "第十九条"),
    Step("save",                S.OFFICE,      S.OFFICE,      "office_reviewer", "第二十条"),
    Step("save",                S.DEPUTY,      S.DEPUTY,      "deputy_head",     "第二十二条"),
    Step("save",                S.SIGNING,     S.SIGNING,     "principal_head",  "第二十二条"),
    Step("save",                S.RECHECK,     S.SIGNING,     "recheck",         "第二十五条（一）"),
    Step("save",                S.NUMBERING,   S.SIGNING,     "registrar",       "第二十五条（一）"),
)
# fmt: on
VERBS = {
    "save": _("修改"),
    "submit": _("送审"),
    "withdraw": _("撤回"),
    "review_unit": _("审核通过"),
    "consult": _("送会签"),
    "skip_consultation": _("不需会签"),
    "answer_consultation": _("答复会签"),
    "review_office": _("审核通过"),
    "approve_deputy": _("同意，呈签发"),
    "return_": _("退回修改"),
    "sign": _("签发"),
    "cosign": _("联合签发"),
    "recheck": _("复核通过"),
    "number": _("编号"),
    "typeset": _("排版用印"),
    "coseal": _("联合用印"),
    "dispatch": _("分发"),
}
# What takes effect by an official act, shown before it is confirmed (design §3b.14).
EFFECTS = {
    "sign": _("签发后，文件内容即与您的签名绑定；此后任何改动都使签发失效，须重新送您签发。"),
    "cosign": _("签发后，您的签名与主办机关的签名并列，同一内容；此后任何改动都使各机关的签发一并失效，须重新签发。"),
    "number": _("编号后，发文字号即占用，不能收回，文件内容不能再改。"),
    "typeset": _("按国家标准排版并加盖本机关印章，生成正式版面。"),
    "coseal": _("在正式版面上加盖本机关印章，记入本机关用印登记，不能收回。"),
    "dispatch": _("立即送达各主送、抄送机关，不能收回。"),
    "release": _("批准后，文件送往政务外网，由编辑在政府网站发布，任何人都可以看到。"),
}
OTHER_VERBS = {
    "settle_disagreement": _("记录协调结果"),
    "propose_release": _("送公开"),
    "review_release": _("审查通过，可以公开"),
    "release": _("批准公开"),
    "refuse_release": _("不予公开"),
}
STAGES = {
    "draft": State.DRAFT,
    "unit": State.UNIT,
    "consult": State.CONSULT,
    "countersign": State.COUNTERSIGN,
    "office": State.OFFICE,
    "deputy": State.DEPUTY,
    "sign": State.SIGNING,
    "cosign": State.COSIGN,
    "recheck": State.RECHECK,
    "number": State.NUMBERING,
    "typeset": State.PRINTING,
    "coseal": State.SEALING,
    "dispatch": State.DISPATCHING,
}
STAGE_OF = {state: stage for stage, state in STAGES.items()} | {State.RETURNED: "draft"}


# Whose a stage is: the organ that issues, the office that handles its papers (the government's office for the government), the drafter's.
PLACES = {"organ": _("发文机关"), "office": _("办公室"), "home": _("拟稿单位")}
ADVISERS = ("organ_head", "unit_head", "office_reviewer", "secretary", "classifier", "archivist")
# fmt: off
OUTGOING = patterns.Kind(
    "outgoing", _("发文"),
    (
        #              stage       label              who                                place     article
        patterns.Stage("draft",    _("起草"),         ("drafter",),                      "home",   "第十九条", fixed=True, who=_("拟稿人本人")),
        patterns.Stage("unit",     _("处室审核"),     ("unit_head",),                    "home",   "第十九条（七）", must=False, alone=False, who=_("拟稿科室负责人")),
        patterns.Stage("consult",  _("确定会签"),     ("drafter",),                      "home",   "第十九条（六）", fixed=True, who=_("拟稿人本人")),
        patterns.Stage("advise",   _("征求意见"),     ADVISERS,                          "office", "第十九条（六）", must=False, several=True, alone=False),
        patterns.Stage("office",   _("办公室审核"),   ("office_reviewer", "organ_head"), "office", "第二十条", alone=False),
        patterns.Stage("deputy",   _("分管领导审批"), ("deputy_head",),                  "organ",  "第二十二条", must=False, several=True, alone=False),
        patterns.Stage("sign",     _("签发"),         ("principal_head", "organ_head"),  "organ",  "第二十二条"),
        patterns.Stage("recheck",  _("复核"),         ("recheck",),                      "office", "第二十五条（一）"),
        patterns.Stage("number",   _("登记编号"),     ("registrar",),                    "office", "第二十五条（二）"),
        patterns.Stage("typeset",  _("印制用印"),     ("registrar",),                    "office", "第二十五条（三）"),
        patterns.Stage("dispatch", _("核发分发"),     ("dispatcher",),                   "office", "第二十五条（四）"),
    ),
    (
        #              before     after       article              said
        patterns.Order("draft",   "unit",     "第十九条",          _("先起草，再审核")),
        patterns.Order("draft",   "consult",  "第十九条",          _("先起草，再会签")),
        patterns.Order("draft",   "advise",   "第十九条",          _("先起草，再征求意见")),
        patterns.Order("unit",    "consult",  "第十九条（七）",    _("处室审核以后再确定会签")),
        patterns.Order("consult", "office",   "第二十条（三）",    _("办公室审核以前须完成会签")),
        patterns.Order("office",  "deputy",   "第二十条",          _("分管领导审批以前须经办公室审核")),
        patterns.Order("office",  "sign",     "第二十条",          _("签发以前须经办公室审核")),
        patterns.Order("deputy",  "sign",     "第二十二条",        _("分管领导审批在签发以前")),
        patterns.Order("advise",  "sign",     "第二十二条",        _("签发以后不再征求意见")),
        patterns.Order("sign",    "recheck",  "第二十五条（一）",  _("签发以后才能复核")),
        patterns.Order("sign",    "number",   "第二十五条（二）",  _("签发以后才能编号")),
        patterns.Order("recheck", "number",   "第二十五条（二）",  _("复核以后才能编号")),
        patterns.Order("number",  "typeset",  "第二十五条（三）",  _("编号以后才能印制")),
        patterns.Order("typeset", "dispatch", "第二十五条（四）",  _("印制以后才能分发")),
    ),
    (
        patterns.Entry("draft",    _("起草"),         "drafter"),
        patterns.Entry("unit",     _("处室审核"),     "unit_head"),
        patterns.Entry("consult",  _("确定会签"),     "drafter"),
        patterns.Entry("office",   _("办公室审核"),   "office_reviewer"),
        patterns.Entry("deputy",   _("分管领导审批"), "deputy_head"),
        patterns.Entry("sign",     _("签发"),         "principal_head"),
        patterns.Entry("recheck",  _("复核"),         "recheck"),
        patterns.Entry("number",   _("登记编号"),     "registrar"),
        patterns.Entry("typeset",  _("印制用印"),     "registrar"),
        patterns.Entry("dispatch", _("核发分发"),     "dispatcher"),
    ),
    PLACES,
)
# Release review: the reviewer checks, the head of the office that publishes approves (design §3b.8).
RELEASE = patterns.Kind(
    "release", _("公开审查"),
    (
        patterns.Stage("review_release", _("公开保密审查"), ("release_reviewer",), "office", "政府信息公开条例 第十七条"),
        patterns.Stage("release",        _("批准公开"),     ("organ_head",),       "office", "政府信息公开条例 第十七条"),
    ),
    (patterns.Order("review_release", "release", "政府信息公开条例 第十七条", _("先审查，后公开")),),
    (
        patterns.Entry("review_release", _("公开保密审查"), "release_reviewer"),
        patterns.Entry("release",        _("批准公开"),     "organ_head"),
    ),
    PLACES,
)
# fmt: on


def whose(organ: str, office: str, home: str) -> dict[str, str]:
    """The organs behind the places of an outgoing document; a department that drafts for the county (代拟) reviews at home first."""
    return {"organ": organ, "office": office, "home": home}


def own(unit: str, drafter: str) -> dict[str, patterns.Own]:
    """What the document itself says: the drafter's name, and his unit, whose head answers for the draft."""
    return {"draft": patterns.Own(drafter), "unit": patterns.Own(unit=unit), "consult": patterns.Own(drafter)}


def template(organ: str, office: str, home: str, unit: str, drafter: str) -> Template:
    """The slip of an outgoing document by the county's own rows."""
    return patterns.resolve(OUTGOING, OUTGOING.entries, whose(organ, office, home), own(unit, drafter))


def countersign(organ: str) -> StageRow:
    """The line of a consulted organ: its office answers for it."""
    return StageRow("countersign", _("会签"), "office_reviewer", organ)


def steps(verb: str, state: str) -> list[Step]:
    """The rows of the table for this verb in this state; more than one where the slip decides what follows."""
    return [s for s in STEPS if s.verb == verb and s.source == state]


def step_objection(verb: str, state: str, target: str = "") -> Objection | None:
    """Whether the rule book knows this verb in this state, leading to `target`."""
    rows = steps(verb, state)
    if not rows or (target and target not in {row.target for row in rows}):
        return Objection(_("%(state)s的文件不能%(verb)s"), {"state": STATE_LABELS[State(state)], "verb": VERBS[verb]}, code="wrong_state")
    return None


def verbs(state: str) -> list[Step]:
    """What whoever has the open line may do now, one row for each verb, in the order of the table."""
    found: dict[str, Step] = {}
    for row in STEPS:
        if row.source == state:
            found.setdefault(row.verb, row)
    return list(found.values())


def verb_name(verb: str) -> str:
    """The word on the button."""
    return VERBS.get(verb) or OTHER_VERBS[verb]


def signed(state: str) -> bool:
    """Whether a document in this state bears a valid signature."""
    return State(state) not in UNSIGNED
