"""What a service item must say before anybody may see it (GB/T 39554.2-2020, 优化营商环境条例第三十五条)."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Kind(StrEnum):
    LICENCE = "licence"
    CONFIRMATION = "confirmation"
    BENEFIT = "benefit"
    PUBLIC_SERVICE = "public_service"


KINDS = {
    Kind.LICENCE: _("行政许可"),
    Kind.CONFIRMATION: _("行政确认"),
    Kind.BENEFIT: _("行政给付"),
    Kind.PUBLIC_SERVICE: _("公共服务"),
}

# 行政许可法第三十二条第一款第（四）项 speaks of licences only; other items are not accepted by silence (design §3b.9).
SILENCE_ACCEPTS = frozenset({Kind.LICENCE})

# The key elements of a guide; without one of them the item can't be published.
ELEMENTS = {
    "name": _("事项名称"),
    "basis": _("设定依据"),
    "conditions": _("受理条件"),
    "summary": _("事项说明"),
    "fee": _("收费情况"),
    "place": _("办理地点"),
    "hours": _("办理时间"),
    "phone": _("咨询电话"),
    "complaint_phone": _("监督投诉电话"),
    "result": _("办理结果"),
}


def promise_objection(promised: int, statutory: int) -> Objection | None:
    """A promise is never longer than the law (办理时限：承诺≤法定)."""
    if promised < 1 or statutory < 1:
        return Objection(_("时限至少1个工作日"), field="promised_days")
    if promised > statutory:
        return Objection(
            _("承诺时限（%(promised)d个工作日）不能超过法定时限（%(statutory)d个工作日）"),
            {"promised": promised, "statutory": statutory},
            "promised_days",
        )
    return None


def guide_objections(guide: Mapping[str, object]) -> list[Objection]:
    """What a guide still lacks."""
    return [Objection(_("办事指南缺少“%(element)s”"), {"element": label}, key) for key, label in ELEMENTS.items() if not guide.get(key)]


NAME_OF_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
WHO = ("name", "identity", "phone")  # what the case is kept under
RESERVED = "inside"  # the ferry's own file in a sealed package


def form_objections(fields: Sequence[Mapping[str, object]], materials: Sequence[Mapping[str, object]]) -> list[Objection]:
    """What is wrong with the definition of an item's form."""
    keys, papers = [str(f.get("key", "")) for f in fields], [str(m.get("key", "")) for m in materials]
    found = [Objection(_("表单缺少必备项“%(key)s”"), {"key": key}, "fields") for key in WHO if key not in keys]
    for key in [*keys, *papers]:
        if not NAME_OF_KEY.fullmatch(key) or key == RESERVED:
            found.append(Objection(_("“%(key)s”不能作字段代码"), {"key": key}, "fields"))
    if len(set(keys)) < len(keys) or len(set(papers)) < len(papers):
        found.append(Objection(_("字段代码重复"), {}, "fields"))
    return found
