"""The codes of the national list of items (GB/T 39554.1-2020): how they are put together, and what is wrong with one."""

import re
from collections.abc import Mapping

from zhengtong.foundation.forms.rules import credit_code_objection
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

# fmt: off
# Digits three and four of the 12. The list is data: provinces extend it (21 is seen in Guangdong for public enterprises).
TASK_TYPES = {
    "01": _("行政许可"), "02": _("行政处罚"), "03": _("行政强制"), "04": _("行政征收"), "05": _("行政给付"), "06": _("行政检查"),
    "07": _("行政确认"), "08": _("行政奖励"), "09": _("行政裁决"), "10": _("其他行政权力"), "20": _("公共服务"), "21": _("公共服务（地方扩展）"),
}
LEVELS = {"1": _("国家级"), "2": _("省级"), "3": _("市级"), "4": _("县级"), "5": _("乡镇（街道）级"), "6": _("村（社区）级")}
# fmt: on
BASE, TASK, HANDLE, CREDIT = 12, 31, 33, 18  # characters


def base_objection(code: str) -> str | None:
    """基本编码: two digits of the level or province, two of the type, two of the department, three and three of the item."""
    if not re.fullmatch(rf"[0-9]{{{BASE}}}", code):
        return _("基本编码应为12位数字")
    return None if code[2:4] in TASK_TYPES else _("基本编码的第3、4位不是已知的事项类型")


def task_objection(code: str) -> str | None:
    """实施编码: the credit code of the acting body, its level, the 基本编码."""
    if len(code) != TASK:
        return _("实施编码应为31位：18位统一社会信用代码、1位行使层级、12位基本编码")
    if no := credit_code_objection(code[:CREDIT]):
        return no
    return base_objection(code[CREDIT + 1 :]) if code[CREDIT] in LEVELS else _("实施编码的第19位不是已知的行使层级")


def handle_objection(code: str) -> str | None:
    """业务办理项编码: the 实施编码 and two digits."""
    if len(code) != HANDLE or not re.fullmatch(r"[0-9]{2}", code[TASK:]):
        return _("业务办理项编码应为33位：31位实施编码和2位序号")
    return task_objection(code[:TASK])


def parts(code: str) -> tuple[str, str, str]:
    """The credit code, the level and the 基本编码 of a good 实施编码."""
    return code[:CREDIT], code[CREDIT], code[CREDIT + 1 :]


def agreement(values: Mapping[str, str]) -> list[Objection]:
    """Where the codes of one row contradict each other or the fields that they repeat."""
    task = values.get("task_code", "")
    found: list[Objection] = []
    if len(task) != TASK:
        return []
    credit, level, base = parts(task)
    for key, said, text in (
        ("dept_code", credit, _("实施主体编码与实施编码的前18位不一致")),
        ("use_level", level, _("行使层级与实施编码的第19位不一致")),
        ("catalog_code", base, _("基本编码与实施编码的后12位不一致")),
        ("task_type", base[2:4], _("事项类型与基本编码的第3、4位不一致")),
    ):
        if values.get(key) and values[key] != said:
            found.append(Objection(text, field=key))
    return found
