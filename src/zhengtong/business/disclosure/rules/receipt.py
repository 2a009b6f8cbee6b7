"""Which day counts as the day of receipt, and what a request must hold (政府信息公开条例第二十九条、第三十一条)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Channel(StrEnum):
    WEB = "web"
    WINDOW = "window"
    REGISTERED = "registered"
    POST = "post"
    FAX = "fax"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Way:
    """How a request came, which day counts, by which clause. `confirmed`: the day on which both sides confirmed it must be noted."""

    label: str
    counts: str
    article: str
    confirmed: bool = False


ARTICLE = "政府信息公开条例 第三十一条"
# fmt: off
CHANNELS = {
    # The portal's receipt number confirms at once, so the day of handing in counts: never later than the law's day.
    Channel.WEB:        Way(_("网上"),             _("提交即得回执编号，提交之日为收到之日"), ARTICLE + "第（三）项"),
    Channel.WINDOW:     Way(_("当面"),             _("提交之日为收到之日"),                   ARTICLE + "第（一）项"),
    Channel.REGISTERED: Way(_("挂号信、快递"),     _("签收之日为收到之日"),                   ARTICLE + "第（二）项"),
    Channel.POST:       Way(_("平常信函"),         _("与申请人确认之日为收到之日"),           ARTICLE + "第（二）项", confirmed=True),
    Channel.FAX:        Way(_("传真"),             _("双方确认之日为收到之日"),               ARTICLE + "第（三）项", confirmed=True),
    Channel.EMAIL:      Way(_("电子邮件"),         _("双方确认之日为收到之日"),               ARTICLE + "第（三）项", confirmed=True),
}
# fmt: on
CHANNEL_LABELS = {channel: way.label for channel, way in CHANNELS.items()}


def receipt_objection(channel: Channel, came: date, confirmed: date | None, today: date) -> Objection | None:
    """What is wrong with the days noted, or None."""
    if came > today or (confirmed is not None and confirmed > today):
        return Objection(_("日期不能晚于今天"), {}, "came_on" if came > today else "confirmed_on")
    if CHANNELS[channel].confirmed and confirmed is None:
        return Objection(_("这种方式以双方确认之日为收到之日，请先与申请人确认并填写确认日期"), {}, "confirmed_on")
    if confirmed is not None and confirmed < came:
        return Objection(_("确认日期不能早于到达日期"), {}, "confirmed_on")
    return None


def day_of_receipt(channel: Channel, came: date, confirmed: date | None) -> date:
    """收到申请之日: the day from which every limit runs."""
    return confirmed if CHANNELS[channel].confirmed and confirmed is not None else came


class Applicant(StrEnum):
    """The columns of the annual report's third table (国办公开办函〔2021〕30号)."""

    PERSON = "person"
    BUSINESS = "business"
    RESEARCH = "research"
    CHARITY = "charity"
    LEGAL = "legal"
    OTHER = "other"


APPLICANTS = {
    Applicant.PERSON: _("自然人"),
    Applicant.BUSINESS: _("商业企业"),
    Applicant.RESEARCH: _("科研机构"),
    Applicant.CHARITY: _("社会公益组织"),
    Applicant.LEGAL: _("法律服务机构"),
    Applicant.OTHER: _("其他组织"),
}
FORMS = ("纸质", "电子文档")
WAYS = ("网上获取", "邮寄", "自行领取")
PREFIX = "xxgk-"  # the code by which the portal's form names an organ's desk

# The form, as data: the portal asks it, the business network checks it again. No purpose is asked: the law gives none to ask for.
# fmt: off
FIELDS: tuple[Mapping[str, object], ...] = (
    {"key": "applicant",   "label": "申请人类型",   "kind": "choice", "choices": list(APPLICANTS.values())},
    {"key": "name",        "label": "姓名或单位名称", "limit": 80},
    {"key": "identity",    "label": "证件号码",     "limit": 40, "help": "公民填身份证号，单位填统一社会信用代码。"},
    {"key": "phone",       "label": "联系电话",     "kind": "phone"},
    {"key": "address",     "label": "通信地址",     "limit": 120, "help": "邮寄答复时用。"},
    {"key": "email",       "label": "电子邮箱",     "limit": 80, "required": False},
    {"key": "description", "label": "要哪些信息",   "kind": "long", "limit": 2000, "help": "写明文件名称、文号，或者便于查找的其他特征。"},
    {"key": "form",        "label": "要什么形式",   "kind": "choice", "choices": list(FORMS)},
    {"key": "way",         "label": "怎样取得",     "kind": "choice", "choices": list(WAYS)},
)
MATERIALS: tuple[Mapping[str, object], ...] = (
    {"key": "proof", "label": "身份证明", "help": "身份证正反面或营业执照。", "limit_mb": 10},
    {"key": "more",  "label": "补充说明", "required": False, "help": "便于查找的线索，例如文件的照片。", "limit_mb": 10},
)
COMPLETION: tuple[Mapping[str, object], ...] = (
    {"key": "supplement", "label": "补正内容", "kind": "long", "limit": 2000},
)
# fmt: on


def applicant_of(label: str) -> Applicant:
    """The kind of applicant by the word on the form; raises KeyError for another word."""
    return {text: kind for kind, text in APPLICANTS.items()}[label]


def same(identity: str, others: Sequence[str]) -> bool:
    """Whether all these are requests of one applicant."""
    return bool(identity) and all(identity == other for other in others)
