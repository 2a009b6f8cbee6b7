"""Every answer that the regulation knows, its article, its row in the annual report, and what the applicant can do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Remedy(StrEnum):
    FIRST = "first"
    EITHER = "either"
    NONE = "none"


# The day of receipt of the letter is not counted; all three in calendar units (行政复议法第二十条; 行政诉讼法第四十五条、第四十六条).
REMEDIES = {
    # 不予公开: reconsideration first (行政复议法第二十三条第一款第（四）项; its 实施条例第三十一条)
    Remedy.FIRST: "如对本答复不服，应当自收到本答复书之日起60日内，先向{review}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内，依法向{court}提起行政诉讼。",
    Remedy.EITHER: "如对本答复不服，可以自收到本答复书之日起60日内向{review}申请行政复议，或者自收到本答复书之日起6个月内向{court}提起行政诉讼。",
    # 法释〔2025〕8号第十条: these change nothing about anybody's rights
    Remedy.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `row`: where the annual report counts it. `needs`: what must be written for it. `says`: the letter's sentence."""

    label: str
    article: str
    row: str
    remedy: Remedy
    says: str
    needs: tuple[str, ...] = ()
    files: bool = False
    group: str = ""


A = "政府信息公开条例 "
OPENS, REFUSES, CANNOT, UNPROCESSED, ENDS = _("予以公开"), _("不予公开"), _("无法提供"), _("不予处理"), _("其他处理")
P = "根据《中华人民共和国政府信息公开条例》"
# fmt: off
ANSWERS: Mapping[str, Answer] = {
    "public":      Answer(_("已主动公开，告知获取途径"), A + "第三十六条第（一）项", "R3", Remedy.EITHER, P + "第三十六条第（一）项，您申请的信息已主动公开，获取的方式和途径如下：", ("text",), group=OPENS),
    "open":        Answer(_("予以公开"), A + "第三十六条第（二）项", "R3", Remedy.EITHER, P + "第三十六条第（二）项，您申请的信息予以公开，随本答复书提供。", files=True, group=OPENS),
    "partly":      Answer(_("部分公开（区分处理）"), A + "第三十七条", "R4", Remedy.FIRST, P + "第三十七条，对您申请的信息作区分处理：能够公开的内容随本答复书提供，其余内容不予公开。", ("text", "ground"), files=True, group=OPENS),
    "secret":      Answer(_("属于国家秘密"), A + "第十四条", "R5", Remedy.FIRST, P + "第十四条、第三十六条第（三）项，您申请的信息属于国家秘密，不予公开。", ("text",), group=REFUSES),
    "forbidden":   Answer(_("其他法律行政法规禁止公开"), A + "第十四条", "R6", Remedy.FIRST, P + "第十四条、第三十六条第（三）项，您申请的信息属于法律、行政法规禁止公开的信息，不予公开。", ("text",), group=REFUSES),
    "safety":      Answer(_("危及国家安全、公共安全、经济安全、社会稳定"), A + "第十四条", "R7", Remedy.FIRST, P + "第十四条、第三十六条第（三）项，您申请的信息公开后可能危及国家安全、公共安全、经济安全、社会稳定，不予公开。", ("text",), group=REFUSES),
    "third_party": Answer(_("保护第三方合法权益"), A + "第十五条", "R8", Remedy.FIRST, P + "第十五条、第三十六条第（三）项，您申请的信息涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害，不予公开。", ("text",), group=REFUSES),
    "internal":    Answer(_("属于三类内部事务信息"), A + "第十六条第一款", "R9", Remedy.FIRST, P + "第十六条第一款、第三十六条第（三）项，您申请的信息属于本机关内部事务信息，不予公开。", ("text",), group=REFUSES),
    "process":     Answer(_("属于四类过程性信息"), A + "第十六条第二款", "R10", Remedy.FIRST, P + "第十六条第二款、第三十六条第（三）项，您申请的信息属于履行行政管理职能过程中形成的过程性信息，不予公开。", ("text",), group=REFUSES),
    "case_file":   Answer(_("属于行政执法案卷"), A + "第十六条第二款", "R11", Remedy.FIRST, P + "第十六条第二款、第三十六条第（三）项，您申请的信息属于行政执法案卷信息，不予公开。", ("text",), group=REFUSES),
    "register":    Answer(_("属于行政查询事项"), A + "第三十六条第（七）项", "R12", Remedy.NONE, P + "第三十六条第（七）项，您申请的信息属于工商、不动产登记资料等，法律、行政法规对其获取有特别规定，请依照有关规定查询：", ("text",), group=REFUSES),
    "absent":      Answer(_("经检索，信息不存在"), A + "第三十六条第（四）项", "R13", Remedy.EITHER, P + "第三十六条第（四）项，经检索，本机关没有您申请的信息，该信息不存在。", ("search",), group=CANNOT),
    "elsewhere":   Answer(_("不属于本机关负责公开"), A + "第三十六条第（五）项", "R13", Remedy.EITHER, P + "第三十六条第（五）项，您申请的信息不属于本机关负责公开，理由和建议如下：", ("text",), group=CANNOT),
    "making":      Answer(_("没有现成信息，需要另行制作"), A + "第三十八条", "R14", Remedy.EITHER, P + "第三十八条，您申请的信息没有现成的，需要本机关另行加工、分析，不予提供。", ("text",), group=CANNOT),
    "unclear":     Answer(_("补正后申请内容仍不明确"), A + "第三十条、第三十六条第（七）项", "R15", Remedy.EITHER, P + "第三十条，您补正后的申请内容仍不明确，本机关无法据此提供信息。", ("text",), group=CANNOT),
    "petition":    Answer(_("信访举报投诉类申请"), A + "第三十九条第一款", "R16", Remedy.NONE, P + "第三十九条第一款，您以政府信息公开申请的形式进行信访、投诉、举报等活动，本机关不作为政府信息公开申请处理，请通过相应渠道提出：", ("text",), group=UNPROCESSED),
    "repeat":      Answer(_("重复申请"), A + "第三十六条第（六）项", "R17", Remedy.NONE, P + "第三十六条第（六）项，本机关已就您申请的信息作出答复，不予重复处理。原答复如下：", ("text",), group=UNPROCESSED),
    "publication": Answer(_("要求提供公开出版物"), A + "第三十九条第二款", "R18", Remedy.NONE, P + "第三十九条第二款，您申请提供的是公开出版物，获取途径如下：", ("text",), group=UNPROCESSED),
    "excessive":   Answer(_("无正当理由大量反复申请"), A + "第三十五条", "R19", Remedy.EITHER, P + "第三十五条，您申请公开政府信息的数量、频次明显超过合理范围，所述理由不合理，本机关不予处理。", ("text",), group=UNPROCESSED),
    "confirm":     Answer(_("要求确认或重新出具已获取信息"), A + "第三十六条第（六）项", "R20", Remedy.NONE, "您要求本机关确认或者重新出具您已经获取的政府信息，本机关不予处理。", ("text",), group=UNPROCESSED),
    # how a request ends without an answer: nobody chooses these in a letter
    "no_completion": Answer(_("逾期不补正，视为放弃申请"), A + "第三十条", "R21", Remedy.NONE, "", group=ENDS),
    "no_payment":  Answer(_("逾期未缴费，视为放弃申请"), "国办函〔2020〕109号", "R22", Remedy.NONE, "", group=ENDS),
    "merged":      Answer(_("并入另一申请办理"), A + "第三十五条", "R23", Remedy.NONE, "", group=ENDS),
    "withdrawn":   Answer(_("申请人撤回"), A + "第二十七条", "R23", Remedy.NONE, "", group=ENDS),
}
# fmt: on
WRITTEN = {key: row for key, row in ANSWERS.items() if row.says}
# Grounds of a passage that is withheld from an otherwise open paper (第三十七条): the same rows as refusals.
GROUNDS = {key: row for key, row in ANSWERS.items() if row.remedy is Remedy.FIRST and row.group == REFUSES}


def remedy(key: str, review: str, court: str) -> str:
    """The sentence that tells the applicant what to do if he does not agree; empty where nothing can be contested."""
    return REMEDIES[ANSWERS[key].remedy].format(review=review, court=court)


def answer_objection(key: str, given: Mapping[str, object], completions: int, silent_or_against: bool, files: int) -> Objection | None:
    """What is missing of an answer, or None. `given`: text, ground, search. `files`: how many papers go along."""
    row = WRITTEN.get(key)
    if row is None:
        return Objection(_("请选择答复类型"), {}, "answer")
    ground = _("请选择不予公开部分的理由")
    words = {"text": _("请写明理由、途径或建议"), "ground": ground, "search": _("请写明检索的范围、方法和结果")}
    for need in row.needs:
        if not str(given.get(need) or "").strip():
            return Objection(words[need], {}, need)
    if "ground" in row.needs and given.get("ground") not in GROUNDS:
        return Objection(ground, {}, "ground")
    if row.files and not files:
        return Objection(_("予以公开的，请先放入要提供的文件"), {}, "answer")
    if key == "unclear" and not completions:
        return Objection(_("没有通知过补正，不能以内容不明确答复"), {}, "answer")
    if key == "open" and silent_or_against:
        return (
            Objection(_("第三方不同意或没有答复：认为不公开会对公共利益造成重大影响的，请写明理由后再公开（第三十二条）"), {}, "text")
            if not str(given.get("text") or "").strip()
            else None
        )
    return None
