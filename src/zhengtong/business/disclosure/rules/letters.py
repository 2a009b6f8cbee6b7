"""The letters of a request (文书): their titles, to whom they go, what must be written, and how they read.

Every letter is the organ's own sentence to a person: complete, in Chinese, never translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import answers, fees
from .steps import EXTENSION

P = "根据《中华人民共和国政府信息公开条例》"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter. `other`: it goes to somebody other than the applicant. `fields`: what the clerk writes."""

    title: str
    fields: tuple[str, ...]
    other: bool = False


# fmt: off
KINDS: Mapping[str, Kind] = {
    "completion":  Kind(_("政府信息公开申请补正告知书"),         ("text", "until")),
    "third_party": Kind(_("政府信息公开第三方意见征求书"),       ("addressee", "text"), other=True),
    "co_producer": Kind(_("政府信息公开联合制作机关意见征求函"), ("addressee", "text"), other=True),
    "extension":   Kind(_("政府信息公开延期答复告知书"),         ("text", "days")),
    "reasons":     Kind(_("政府信息公开申请说明理由通知书"),     ("text", "until")),
    "fee":         Kind(_("政府信息公开信息处理费缴费通知书"),   ("measure", "count", "account")),
    "answer":      Kind(_("政府信息公开申请答复书"),             ("answer", "text", "ground", "search")),
}
# fmt: on
DELIVERIES = {"web": _("网上"), "post": _("邮寄"), "window": _("当面")}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter takes from its request and its organ."""

    organ: str
    unit: str
    phone: str
    address: str
    review: str
    court: str
    applicant: str
    number: str
    received: date
    channel: str
    description: str
    merged: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()


def _day(value: object) -> str:
    found = value if isinstance(value, date) else date.fromisoformat(str(value))
    return f"{found.year}年{found.month}月{found.day}日"


def objection(kind: str, given: Mapping[str, object], today: date) -> Objection | None:
    """What is missing or wrong in what the clerk wrote, or None. An answer is judged by `answers.answer_objection`."""
    wanted = KINDS[kind].fields
    if "addressee" in wanted and not str(given.get("addressee") or "").strip():
        return Objection(_("请写明征求谁的意见"), {}, "addressee")
    if kind != "answer" and "text" in wanted and not str(given.get("text") or "").strip():
        return Objection(_("请写明内容"), {}, "text")
    if "until" in wanted:
        try:
            if date.fromisoformat(str(given.get("until"))) < today + timedelta(days=3):
                return Objection(_("请给申请人合理的期限，至少三天"), {}, "until")
        except ValueError:
            return Objection(_("请填写最后日期"), {}, "until")
    if "days" in wanted and not 1 <= _number(given.get("days")) <= EXTENSION:
        return Objection(_("最多可延长%(days)d个工作日"), {"days": EXTENSION}, "days")
    if kind == "fee":
        if given.get("measure") not in fees.MEASURES:
            return Objection(_("请选择按件或按量，只能选一种"), {}, "measure")
        if not fees.fee(str(given["measure"]), _number(given.get("count"))):
            return Objection(_("在免费标准以内，不收费"), {}, "count")
        if not str(given.get("account") or "").strip():
            return Objection(_("请写明缴费办法"), {}, "account")
    return None


def _number(value: object) -> int:
    return int(str(value)) if str(value or "").isdecimal() else 0


def body(kind: str, facts: Facts, given: Mapping[str, object]) -> list[str]:
    """The paragraphs of the letter, below its addressee."""
    text = [line.strip() for line in str(given.get("text") or "").splitlines() if line.strip()]
    opening = f"本机关于{_day(facts.received)}收到您（单位）{facts.channel}提交的政府信息公开申请（编号：{facts.number}），申请公开的内容为：“{_one_line(facts.description)}”。"
    about = f"本机关收到一件政府信息公开申请（编号：{facts.number}），申请公开的内容为：“{_one_line(facts.description)}”。"
    contact = f"联系人：{facts.unit}；电话：{facts.phone}；地址：{facts.address}。"
    match kind:
        case "completion":
            return [opening, f"经审查，申请内容不明确。{P}第三十条，请您（单位）于{_day(given['until'])}前一次补正以下内容：", *text,
                    "答复期限自本机关收到补正之日起重新计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该申请。", contact]  # fmt: skip
        case "third_party":
            return [about, "其中涉及贵方的信息如下：", *text, f"{P}第十五条、第三十二条，公开该信息可能损害贵方合法权益，现书面征求贵方意见。请自收到本征求书之日起15个工作日内，书面告知是否同意公开；不同意的，请说明理由。",
                    "逾期未提出意见的，由本机关依照条例的规定决定是否公开。", contact]  # fmt: skip
        case "co_producer":
            return [
                about,
                "其中由贵机关与本机关共同制作的信息如下：",
                *text,
                f"{P}第三十四条，现征求贵机关意见。请自收到本函之日起15个工作日内提出意见，逾期未提出意见的视为同意公开。",
                contact,
            ]
        case "extension":
            return [opening, f"因以下原因不能按期答复：{'；'.join(text)}。", f"{P}第三十三条第二款，经本机关政府信息公开工作机构负责人同意，答复期限延长{_number(given.get('days'))}个工作日。"
                    "征求第三方和其他机关意见所需时间不计算在内。", contact]  # fmt: skip
        case "reasons":
            return [
                opening,
                f"您（单位）申请公开政府信息的数量、频次明显超过合理范围。{P}第三十五条，请于{_day(given['until'])}前书面说明理由：",
                *text,
                contact,
            ]
        case "fee":
            count, measure = _number(given.get("count")), str(given["measure"])
            unit = "页" if measure == "page" else "件"
            return [opening, f"经计算，本次申请的信息共{count}{unit}，超过免费标准。{P}第四十二条和《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），应收取信息处理费{fees.fee(measure, count)}元。",
                    f"缴费办法：{_one_line(str(given['account']))}", "请自收到本通知书之日起20个工作日内缴费，逾期未缴纳的，视为放弃申请，本机关不再处理该申请。从本通知书发出次日至缴费之日的时间不计入答复期限。", contact]  # fmt: skip
    return [opening, *_answer(facts, given, text), contact]


def _answer(facts: Facts, given: Mapping[str, object], text: list[str]) -> list[str]:
    key = str(given["answer"])
    row = answers.ANSWERS[key]
    out = [f"您（单位）的另外几件申请（{'、'.join(facts.merged)}）并入本件一并答复。"] if facts.merged else []
    out.append(f"经审查，现答复如下：{row.says}")
    if key == "partly":
        ground = answers.ANSWERS[str(given["ground"])]
        out.append(f"其余内容不予公开的理由：{ground.label}（{ground.article.removeprefix(answers.A)}）。")
    out += text
    if given.get("search"):
        out.append(f"检索情况：{_one_line(str(given['search']))}")
    if facts.files and row.files:
        out.append(f"随本答复书提供：{'、'.join(f'“{name}”' for name in facts.files)}。")
        out += facts.covered
    if told := answers.remedy(key, facts.review, facts.court):
        out.append(told)
    return out


def _one_line(text: str) -> str:
    return " ".join(text.split())
