"""What must be true between the fields of a row of the implementation list, each rule with its source.

A rule sees the whole row, whose single fields are in order already, and objects at the field that is to be mended.
"""

from collections.abc import Callable, Mapping, Sequence

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import codes

Values = Mapping[str, str]
Lines = Sequence[Values]
Sheets = Mapping[str, Lines]
PERMIT = "01"
MOST_PERMIT_DAYS = 20  # 行政许可法第四十二条第一款, unless a law or a regulation says otherwise
MOST_INSTANT_DAYS = 1


def _promise(v: Values, _s: Sheets) -> Objection | None:
    if not (v.get("promise_day") and v.get("anticipate_day")) or v.get("promise_type") != v.get("anticipate_type"):
        return None
    promised, lawful = int(v["promise_day"]), int(v["anticipate_day"])
    if promised <= lawful:
        return None
    return Objection(
        _("承诺办结时限（%(promised)d）不能超过法定办结时限（%(lawful)d）"), {"promised": promised, "lawful": lawful}, "promise_day"
    )


def _units(v: Values, _s: Sheets) -> Objection | None:
    given = v.get("promise_type"), v.get("anticipate_type")
    return Objection(_("承诺时限的单位须与法定时限相同，才能比较"), field="promise_type") if all(given) and given[0] != given[1] else None


def _instant(v: Values, _s: Sheets) -> Objection | None:
    long = v.get("project_type") == "1" and int(v.get("promise_day") or 0) > MOST_INSTANT_DAYS
    return Objection(_("即办件的承诺办结时限不超过1个工作日"), field="promise_day") if long else None


def _permit(v: Values, _s: Sheets) -> Objection | None:
    over = v.get("task_type") == PERMIT and v.get("anticipate_type") == "1" and int(v.get("anticipate_day") or 0) > MOST_PERMIT_DAYS
    if not over or v.get("anticipate_explain"):
        return None
    return Objection(_("行政许可的法定时限超过20个工作日的，请在法定时限说明中写明法律、法规的规定"), field="anticipate_explain")


def _permit_unit(v: Values, _s: Sheets) -> Objection | None:
    wrong = v.get("task_type") == PERMIT and v.get("anticipate_type") == "2"
    return Objection(_("行政许可的期限以工作日计算"), field="anticipate_type") if wrong else None


def _fees(v: Values, s: Sheets) -> Objection | None:
    if v.get("is_fee") == "1" and not s.get("fees"):
        return Objection(_("收费的事项须列出收费项目、标准和依据"), field="is_fee")
    return Objection(_("不收费的事项不能有收费项目"), field="is_fee") if v.get("is_fee") == "0" and s.get("fees") else None


def _present(v: Values, _s: Sheets) -> Objection | None:
    bare = v.get("is_online") == "0" and not v.get("limit_scene_explain")
    return Objection(_("不能网上办理的，请写明必须现场办理的原因"), field="limit_scene_explain") if bare else None


def _entrusted(v: Values, _s: Sheets) -> Objection | None:
    bare = v.get("dept_type") == "3" and not v.get("entrust_name")
    return Objection(_("由受委托组织实施的，请写明委托部门"), field="entrust_name") if bare else None


def _result(v: Values, _s: Sheets) -> Objection | None:
    bare = v.get("result_type") in ("1", "2") and not v.get("result_name")
    return Objection(_("请写明证照或批文的名称"), field="result_name") if bare else None


def _flow(v: Values, s: Sheets) -> Objection | None:
    if v.get("promise_type") != "1" or not v.get("promise_day"):
        return None
    total = sum(int(line.get("days") or 0) for line in s.get("flow", ()))
    over = total > int(v["promise_day"])
    return Objection(_("各环节时限合计%(total)d个工作日，超过了承诺办结时限"), {"total": total}, "promise_day") if over else None


def _handled(v: Values, s: Sheets) -> Objection | None:
    given = [line.get("code", "") for line in s.get("handle_items", ())]
    if any(code[: codes.TASK] != v.get("task_code") for code in given):
        return Objection(_("业务办理项编码的前31位须与实施编码相同"), field="handle_items")
    return Objection(_("业务办理项编码重复"), field="handle_items") if len(set(given)) < len(given) else None


# fmt: off
INTEGRITY: tuple[tuple[Callable[[Values, Sheets], Objection | None], str], ...] = (
    (_units,       "GB/T 39554.2-2020 承诺办结时限单位"),
    (_promise,     "GB/T 39554.2-2020 承诺办结时限"),
    (_instant,     "GB/T 39554.2-2020 办件类型"),
    (_permit,      "行政许可法第四十二条第一款"),
    (_permit_unit, "行政许可法第八十二条"),
    (_fees,        "行政许可法第五十八条、第五十九条"),
    (_present,     "优化营商环境条例第三十七条"),
    (_entrusted,   "行政许可法第二十四条"),
    (_result,      "GB/T 39554.2-2020 审批结果名称"),
    (_flow,        "GB/T 39554.2-2020 办理流程"),
    (_handled,     "GB/T 39554.1-2020 业务办理项编码"),
)
# fmt: on
