"""实施清单: what one row of the national implementation list holds, and what must be true of it (GB/T 39554.2-2020).

A row is its fields, all text, and its sheets (materials, flow, fees, questions), lists of lines of text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.forms.rules import credit_code_objection
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import codes
from .integrity import INTEGRITY, Lines, Sheets, Values

YES_NO = {"1": _("是"), "0": _("否")}
UNITS = {"1": _("工作日"), "2": _("自然日")}
PROJECT_TYPES = {"1": _("即办件"), "2": _("承诺件")}
# Older local tables count otherwise; what they say is translated when it is read (GB/T 39554.2-2020, 办件类型).
OLD_PROJECT_TYPES = {"即办": "1", "即办件": "1", "承诺": "2", "承诺件": "2", "上报件": "2", "联办件": "2"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `upper`: the upper list says it, a county that claims the item may not change it. `limit` in characters."""

    key: str
    label: str
    required: bool = False
    upper: bool = False
    choices: Mapping[str, str] | None = None
    number: bool = False
    long: bool = False
    limit: int = 200
    check: Callable[[str], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table below a row. `required`: one line at least before the row can be published."""

    key: str
    label: str
    fields: tuple[Field, ...]
    required: bool = False


# fmt: off
GROUPS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (_("编码"), (
        Field("task_code", _("实施编码"), True, True, limit=31, check=codes.task_objection),
        Field("catalog_code", _("基本编码"), True, True, limit=12, check=codes.base_objection),
        Field("local_task_code", _("本县事项编码"), limit=40),
    )),
    (_("基本信息"), (
        Field("task_name", _("事项名称"), True, True, limit=1000),
        Field("task_type", _("事项类型"), True, True, codes.TASK_TYPES),
        Field("by_law", _("设定依据"), True, True, long=True, limit=4000),
        Field("power_source", _("权力来源"), True, True,
              {"1": _("法定本级行使"), "2": _("上级下放"), "3": _("上级授权"), "4": _("同级授权"), "5": _("委托")}),
        Field("use_level", _("行使层级"), True, True, codes.LEVELS),
        Field("dept_name", _("实施主体"), True),
        Field("dept_code", _("实施主体编码"), True, limit=18, check=credit_code_objection),
        Field("dept_type", _("实施主体性质"), True, choices={"1": _("法定机关"), "2": _("授权组织"), "3": _("受委托组织")}),
        Field("entrust_name", _("委托部门")),
        Field("service_scope", _("服务对象"), True, True,
              {"1": _("自然人"), "2": _("法人或其他组织"), "3": _("自然人、法人或其他组织")}),
        Field("conditions", _("申请条件"), True, True, long=True, limit=4000),
        Field("limit_explain", _("数量限制"), long=True, limit=1000),
    )),
    (_("时限"), (
        Field("anticipate_day", _("法定办结时限"), True, True, number=True),
        Field("anticipate_type", _("法定时限单位"), True, True, UNITS),
        Field("anticipate_explain", _("法定时限说明"), False, True, long=True, limit=1000),
        Field("promise_day", _("承诺办结时限"), True, number=True),
        Field("promise_type", _("承诺时限单位"), True, choices=UNITS),
        Field("promise_explain", _("承诺时限说明"), long=True, limit=1000),
        Field("special_procedure", _("特别程序"), long=True, limit=1000),
    )),
    (_("办理"), (
        Field("project_type", _("办件类型"), True, choices=PROJECT_TYPES),
        Field("handle_area", _("通办范围"), choices={"1": _("全国"), "2": _("全省"), "3": _("全市"), "4": _("全县")}),
        Field("other_dept", _("联办机构")),
        Field("service_type", _("中介服务")),
        Field("transact_addr", _("办理地点"), True, long=True, limit=500),
        Field("transact_time", _("办理时间"), True),
        Field("link_way", _("咨询方式"), True),
        Field("supervise_way", _("监督投诉方式"), True),
        Field("remedy", _("复议和诉讼途径"), True, long=True, limit=1000),
    )),
    (_("结果"), (
        Field("result_type", _("审批结果类型"), True, True,
              {"1": _("证照"), "2": _("批文"), "3": _("其他"), "4": _("无")}),
        Field("result_name", _("审批结果名称"), False, True),
    )),
    (_("渠道"), (
        Field("is_entry_center", _("是否进驻大厅"), True, choices=YES_NO),
        Field("is_online", _("是否网上办理"), True, choices=YES_NO),
        Field("online_handle_depth", _("网办深度"),
              choices={"1": _("互联网咨询"), "2": _("互联网收件"), "3": _("互联网预审"), "4": _("互联网受理"), "5": _("互联网办理")}),
        Field("limit_scene_explain", _("必须现场办理原因"), long=True, limit=1000),
        Field("is_pay_online", _("是否网上支付"), True, choices=YES_NO),
        Field("is_express", _("是否支持物流快递"), True, choices=YES_NO),
        Field("is_schedule", _("是否支持预约"), choices=YES_NO),
        Field("is_service_terminals", _("是否支持自助终端"), choices=YES_NO),
    )),
    (_("收费"), (
        Field("is_fee", _("是否收费"), True, True, YES_NO),
    )),
    (_("取消"), (
        Field("plan_cancel_date", _("计划取消日期"), check=lambda text: _date_objection(text)),
    )),
)
SHEETS = (
    Sheet("handle_items", _("业务办理项"), (
        Field("code", _("业务办理项编码"), True, limit=33, check=codes.handle_objection),
        Field("name", _("业务办理项名称"), True),
    )),
    Sheet("materials", _("申请材料"), (
        Field("name", _("材料名称"), True),
        Field("type", _("材料类型"), True, choices={"1": _("原件"), "2": _("复印件"), "3": _("原件和复印件"), "4": _("电子材料")}),
        Field("source", _("来源渠道"), True, choices={"1": _("申请人自备"), "2": _("政府部门核发"), "3": _("其他")}),
        Field("copies", _("份数"), True, number=True),
        Field("need", _("必要性"), True, choices={"1": _("必要"), "2": _("非必要"), "3": _("容缺后补")}),
        Field("exempt", _("是否免提交"), choices=YES_NO),
        Field("standard", _("受理标准"), long=True, limit=1000),
    ), required=True),
    Sheet("flow", _("办理流程"), (
        Field("step", _("环节"), True,
              choices={"1": _("申请"), "2": _("受理"), "3": _("审查"), "4": _("决定"), "5": _("制证"), "6": _("送达")}),
        Field("who", _("办理人"), True),
        Field("days", _("时限（工作日）"), True, number=True),
        Field("standard", _("审查标准"), long=True, limit=1000),
    ), required=True),
    Sheet("fees", _("收费项目"), (
        Field("name", _("收费项目名称"), True),
        Field("standard", _("收费标准"), True),
        Field("basis", _("收费依据"), True),
        Field("reduce", _("能否减免"), choices=YES_NO),
    )),
    Sheet("faq", _("常见问题"), (
        Field("question", _("问题"), True),
        Field("answer", _("解答"), True, long=True, limit=1000),
    )),
)
# fmt: on
FIELDS: tuple[Field, ...] = tuple(field for _label, fields in GROUPS for field in fields)
BY_KEY = {field.key: field for field in FIELDS}
SHEETS_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
UPPER = frozenset(field.key for field in FIELDS if field.upper)
MOST_LINES = 200  # of one sheet


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"


STATES = {State.DRAFT: _("草稿"), State.SUBMITTED: _("待审核"), State.PUBLISHED: _("已公布")}


@dataclass(frozen=True, slots=True)
class Step:
    """One verb on a version: from where to where."""

    verb: str
    source: State
    target: State
    source_rule: str


# fmt: off
STEPS = (
    Step("submit",  State.DRAFT,     State.SUBMITTED, "优化营商环境条例第三十五条"),
    Step("approve", State.SUBMITTED, State.PUBLISHED, "优化营商环境条例第三十五条"),
    Step("return",  State.SUBMITTED, State.DRAFT,     "优化营商环境条例第三十五条"),
)
# fmt: on


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes from `state`, or None."""
    return next((s for s in STEPS if s.verb == verb and s.source == state), None)


def _date_objection(text: str) -> str | None:
    try:
        date.fromisoformat(text)
    except ValueError:
        return _("请填写有效日期，例如2026-03-02")
    return None


def field_objection(field: Field, text: str) -> Objection | None:
    """What is wrong with what stands in one field; an empty one is never wrong, only missing."""
    if not text:
        return None
    if len(text) > field.limit:
        return Objection(_("最多%(limit)d个字"), {"limit": field.limit}, field.key)
    if field.choices is not None and text not in field.choices:
        return Objection(_("请从列出的选项中选择"), field=field.key)
    if field.number and not (text.isascii() and text.isdigit() and len(text) <= 4):
        return Objection(_("请填写不带小数的数字"), field=field.key)
    said = field.check(text) if field.check else None
    return Objection(said, field=field.key) if said else None


def line_objections(sheet: Sheet, lines: Lines) -> list[tuple[int, Objection]]:
    """What is wrong in a sheet's lines: the line from 0 and the objection. A line without what it must say is wrong."""
    found = []
    for number, line in enumerate(lines):
        for field in sheet.fields:
            if no := field_objection(field, line.get(field.key, "")):
                found.append((number, no))
            elif field.required and not line.get(field.key):
                found.append((number, Objection(_("请填写“%(label)s”"), {"label": field.label}, field.key)))
    if len(lines) > MOST_LINES:
        found.append((MOST_LINES, Objection(_("最多%(most)d行"), {"most": MOST_LINES}, sheet.key)))
    return found


def objections(values: Values, sheets: Sheets) -> list[Objection]:
    """What is wrong with a row: single fields first, then how they fit together. What is only missing is not wrong yet."""
    found = [no for field in FIELDS if (no := field_objection(field, values.get(field.key, "")))]
    for sheet in SHEETS:
        for number, no in line_objections(sheet, sheets.get(sheet.key, ())):
            params = {"sheet": sheet.label, "line": number + 1, "label": _label(sheet.fields, no.field), "what": no.text, **no.params}
            found.append(Objection(_("%(sheet)s第%(line)d行“%(label)s”：%(what)s"), params, sheet.key, code="line"))
    if found:
        return found
    return codes.agreement(values) + [no for rule, _article in INTEGRITY if (no := rule(values, sheets))]


def _label(fields: Iterable[Field], key: str) -> str:
    return next((field.label for field in fields if field.key == key), key)


def gaps(values: Values, sheets: Sheets) -> list[Objection]:
    """What a row still lacks before it can be published."""
    found = [Objection(_("缺少“%(element)s”"), {"element": f.label}, f.key) for f in FIELDS if f.required and not values.get(f.key)]
    lacking = [s for s in SHEETS if s.required and not sheets.get(s.key)]
    return found + [Objection(_("缺少“%(element)s”"), {"element": s.label}, s.key) for s in lacking]


def claim_objections(before: Values, after: Values) -> list[Objection]:
    """A county that claims an item changes only its own fields; what the upper list says stays."""
    text = _("这一项由上级清单规定，本县不能改")
    return [Objection(text, field=f.key) for f in FIELDS if f.upper and before.get(f.key, "") != after.get(f.key, "")]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one whole sheet, that differs between two versions; the values as they are shown."""

    label: str
    before: str
    after: str


def shown(field: Field, text: str) -> str:
    """A value as a person reads it, not yet translated."""
    return field.choices.get(text, text) if field.choices else text


def differences(before: tuple[Values, Sheets], after: tuple[Values, Sheets], say: Callable[[str], str] = str) -> list[Difference]:
    """What changed from one version to the other, field by field, then line by line; `say` puts labels into the reader's language."""
    found = [
        Difference(say(f.label), *(say(shown(f, values[f.key])) if values.get(f.key) else "" for values in (before[0], after[0])))
        for f in FIELDS
        if before[0].get(f.key, "") != after[0].get(f.key, "")
    ]
    for sheet in SHEETS:
        old, new = before[1].get(sheet.key, ()), after[1].get(sheet.key, ())
        for number in range(max(len(old), len(new))):
            was, now = (line_shown(sheet, lines[number], say) if number < len(lines) else "" for lines in (old, new))
            if was != now:
                found.append(Difference(f"{say(sheet.label)} {number + 1}", was, now))
    return found


def line_shown(sheet: Sheet, line: Values, say: Callable[[str], str] = str) -> str:
    """A line of a sheet in one piece."""
    return " · ".join(say(shown(f, line[f.key])) if f.choices else line[f.key] for f in sheet.fields if line.get(f.key))


def effective_objection(effective: date, today: date, last: date | None) -> Objection | None:
    """A version takes effect today or later, and after the one before it; nothing is changed backwards."""
    if effective < today:
        return Objection(_("生效日期不能早于今天"), field="effective_from")
    if last and effective <= last:
        return Objection(_("生效日期须晚于上一版的生效日期（%(last)s）"), {"last": last.isoformat()}, "effective_from")
    return None


def cancelled(values: Values, on: date) -> bool:
    """Whether the row has ended by this day (计划取消日期)."""
    return bool(values.get("plan_cancel_date")) and date.fromisoformat(values["plan_cancel_date"]) <= on


# What the guide of GB/T 36114-2018 takes from the list; the rest of its sections the guide itself holds.
TOLD = (
    "task_code", "catalog_code", "power_source", "use_level", "dept_type", "entrust_name", "service_scope", "limit_explain", "project_type",
    "special_procedure", "handle_area", "other_dept", "service_type", "is_entry_center", "is_online", "limit_scene_explain", "is_express",
    "is_schedule", "remedy",
)  # fmt: skip
TOLD_SHEETS = ("flow", "fees", "faq")


def told(values: Values, sheets: Sheets) -> dict[str, object]:
    """What residents read of a row: facts as (name, value), and the flow, the fees and the questions, each line by all its fields."""
    facts = [[BY_KEY[key].label, shown(BY_KEY[key], values[key])] for key in TOLD if values.get(key)]
    lines = {
        key: [{f.key: shown(f, line.get(f.key, "")) for f in SHEETS_BY_KEY[key].fields} for line in sheets.get(key, ())]
        for key in TOLD_SHEETS
    }
    return {"facts": facts, **lines}
