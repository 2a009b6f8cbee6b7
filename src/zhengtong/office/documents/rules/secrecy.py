"""Secrecy levels, periods and ceilings (保守国家秘密法第二十条), profiles, publication and release."""

import re
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Profile(StrEnum):
    """What the office network is declared as; exactly one (design §3b.1)."""

    OPEN = "open"
    CLASSIFIED = "classified"


class Publication(StrEnum):
    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


LEVELS = {"": 0, "秘密": 1, "机密": 2, "绝密": 3}
CEILING_YEARS = {"秘密": 10, "机密": 20, "绝密": 30}
MARK = re.compile(
    r"^(绝密|机密|秘密)(★(长期|[1-9]\d?(年|个月)|(19|20)\d{2}年[1-9]\d?月[1-9]\d?日"
    r"|(?![一二三四五六七八九十百\d]+(年|个月)$).{2,30}))?$"
)
PERIOD = re.compile(r"^([1-9]\d?)(年|个月)$")
PROFILES = {Profile.OPEN: _("党政网（非涉密）"), Profile.CLASSIFIED: _("涉密内网")}
PUBLICATION = {
    Publication.PROACTIVE: _("主动公开"),
    Publication.ON_REQUEST: _("依申请公开"),
    Publication.WITHHELD: _("不予公开"),
}


def mark(level: str, period: str) -> str:
    """密级★保密期限 as printed at the top left; nothing for an open document."""
    return f"{level}★{period}" if level and period else level


def mark_objection(text: str) -> Objection | None:
    """Whether a mark is well formed and within its ceiling; without a period the ceiling counts."""
    if not MARK.match(text):
        return Objection(_("密级标志“%(mark)s”不合规定，应如“机密★5年”"), {"mark": text}, field="secrecy_period")
    level, _star, period = text.partition("★")
    found = PERIOD.match(period)
    if found and (int(found[1]) if found[2] == "年" else int(found[1]) / 12) > CEILING_YEARS[level]:
        return Objection(
            _("%(level)s的保密期限一般不超过%(years)d年"), {"level": level, "years": CEILING_YEARS[level]}, field="secrecy_period"
        )
    if found and found[2] == "个月" and int(found[1]) >= 12:
        return Objection(_("保密期限在一年以上的以年计"), field="secrecy_period")
    return None


def secrecy_objection(level: str, period: str, basis: str, readers: int, profile: str) -> Objection | None:
    """Level, period, basis and scope belong together; none of them exists on the open network (design §3b.1, .2)."""
    if not level:
        return Objection(_("没有定密，不应填写保密期限或依据"), field="secrecy") if period or basis else None
    if profile != Profile.CLASSIFIED:
        return Objection(_("本网络不处理涉密文件：涉密文件只能在涉密内网起草"), field="secrecy")
    if level not in LEVELS:
        return Objection(_("密级只有秘密、机密、绝密三级"), field="secrecy")
    if no := mark_objection(mark(level, period)):
        return no
    if not basis.strip():
        return Objection(_("定密须写明依据（保密事项范围的条目）"), field="secrecy_basis")
    if not readers:
        return Objection(_("定密须同时确定知悉范围"), field="readers")
    return None


def publication_objection(publication: str, reason: str, level: str) -> Objection | None:
    """公开属性 is fixed while drafting; withholding needs its reason, and nothing classified is public."""
    if publication not in set(Publication):
        return Objection(_("请选择公开属性"), field="publication")
    if level and publication != Publication.WITHHELD:
        return Objection(_("涉密文件的公开属性只能是“不予公开”"), field="publication")
    if publication == Publication.WITHHELD and not reason.strip():
        return Objection(_("不予公开须说明理由"), field="publication_reason")
    return None


def release_objection(profile: str, level: str, publication: str, issued: bool) -> Objection | None:
    """Why a document may not leave the office network for the public, or None."""
    if level:
        return Objection(_("涉密文件（%(level)s）不得公开，也没有离开本网的通道"), {"level": level}, code="classified")
    if profile == Profile.CLASSIFIED:
        return Objection(_("涉密内网的文件不经本系统公开：须按规定刻录光盘、双人办理"), code="classified_network")
    if publication != Publication.PROACTIVE:
        return Objection(_("公开属性不是“主动公开”的文件不能送公开"), code="not_public")
    if not issued:
        return Objection(_("文件印发以后才能送公开"), code="not_issued")
    return None


def cleared(clearance: str, level: str) -> bool:
    """Whether a person with this clearance may know a document of this level (lattice 无 < 秘密 < 机密 < 绝密)."""
    return LEVELS.get(clearance, 0) >= LEVELS[level]
