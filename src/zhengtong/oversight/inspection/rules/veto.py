"""单项否决 (国办秘函〔2019〕19号, sites): six indicators with their exact thresholds. Any hit fails the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhengtong.foundation.refusal import gettext_noop as _

from .freshness import HOME_DAYS, oldest_good, overdue

SOURCE, SINCE = "国办秘函〔2019〕19号", date(2019, 4, 18)

# fmt: off
PATIENCE      = 15.0  # seconds: a try with no page after so long has failed
LEAST_TRIES   = 20    # in one week, spread over each day
FAILED_SHARE  = 0.05
WATCH_DAYS    = 7
STALE         = 5     # news columns of 2 weeks and notice columns of 6 months together
OVERDUE       = 10    # other columns that should have been updated
EMPTY         = 5
ANSWER_MONTHS = 3     # a letter may wait so long,
LOOK_BACK     = 12    # of the last so many months
LACKING       = 4     # of the eight element groups
POOR_GUIDES   = 5
ELEMENTS = {
    "name":       (_("事项名称"), ("事项名称", "服务名称")),
    "basis":      (_("设定依据"), ("设定依据", "法律依据", "办理依据", "实施依据", "法定依据")),
    "conditions": (_("申请条件"), ("申请条件", "受理条件", "办理条件", "申办条件")),
    "materials":  (_("办理材料"), ("办理材料", "申请材料", "所需材料", "申报材料", "材料清单")),
    "place":      (_("办理地点"), ("办理地点", "受理地点", "办事地点", "办公地址", "办公地点", "办理地址")),
    "hours":      (_("办理时间"), ("办理时间", "办公时间", "受理时间", "工作时间", "对外办公时间")),
    "phone":      (_("联系电话"), ("联系电话", "咨询电话", "咨询方式", "办公电话", "联系方式")),
    "flow":       (_("办理流程"), ("办理流程", "办事流程", "办理程序", "审批流程", "申请流程", "办理步骤")),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of one site that every scorer reads; None where the visit could not see."""

    day: date
    tries: int = 0
    failed: int = 0
    home_open: bool = True
    home_newest: date | None = None
    home_menu_only: bool = False
    home_dated: bool = True  # whether the page shows any list that could be updated
    home_new: int = 0  # new items of the last two weeks
    stale_news: int = 0
    stale_notices: int = 0
    stale_yearly: int = 0
    overdue: int = 0
    empty: int = 0
    grave: int = 0
    channel: bool | None = None
    letters: Sequence[date] = ()  # the days of letters that wait for an answer
    services: int | None = None
    guides_lacking: Sequence[int] = ()  # for each guide, how many element groups it lacks
    faults: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A veto that was hit, and by what."""

    code: str
    label: str
    why: str
    params: Mapping[str, object]


def unreachable(tries: int, failed: int) -> bool:
    """V2: at least 20 tries in the week, and 5 % of them or more with no page."""
    return tries >= LEAST_TRIES and failed >= tries * FAILED_SHARE


def home_still(newest: date | None, on: date) -> bool:
    """V3: nothing new within two weeks; an item of day D−14 counts, of D−15 does not."""
    return overdue(newest, on, days=HOME_DAYS)


def columns_still(stale: int, overdue: int, empty: int) -> bool:
    """V4: five stale columns, or ten overdue, or five empty."""
    return stale >= STALE or overdue >= OVERDUE or empty >= EMPTY


def unanswered(asked: date, on: date) -> bool:
    """V5: asked within the last year and waiting for more than three months; three months to the day still pass."""
    return oldest_good(on, months=LOOK_BACK) <= asked < oldest_good(on, months=ANSWER_MONTHS)


def services_poor(services: int, lacking: Sequence[int]) -> bool:
    """V6: none at all; five guides without four elements; or fewer than five services, and every one like that."""
    poor = sum(number >= LACKING for number in lacking)
    return services == 0 or poor >= POOR_GUIDES or (services < POOR_GUIDES and 0 < services == poor)


def vetoes(t: Tally) -> list[Hit]:
    """The vetoes that a site hits. What the visit could not see (None) hits none."""
    hits = []
    if t.grave:
        hits.append(Hit("V1", _("安全、泄密事故等严重问题"), _("发现%(n)s处须立即核实的严重问题"), {"n": t.grave}))
    if unreachable(t.tries, t.failed):
        hits.append(Hit("V2", _("站点无法访问"), _("%(tries)s次中%(failed)s次15秒内打不开"), {"tries": t.tries, "failed": t.failed}))
    if t.home_open and t.home_dated and home_still(t.home_newest, t.day):
        last = t.home_newest.isoformat() if t.home_newest else "—"
        hits.append(Hit("V3", _("首页不更新"), _("最近一次有效更新：%(last)s"), {"last": last}))
    stale = t.stale_news + t.stale_notices
    if columns_still(stale, t.overdue, t.empty):
        numbers = {"stale": stale, "overdue": t.overdue, "empty": t.empty}
        hits.append(Hit("V4", _("栏目不更新"), _("不更新%(stale)s个，应更新未更新%(overdue)s个，空白%(empty)s个"), numbers))
    waiting = sum(unanswered(asked, t.day) for asked in t.letters)
    if t.channel is False or waiting:
        why = _("没有有效的网上咨询渠道") if t.channel is False else _("%(n)s件留言超过三个月未答复")
        hits.append(Hit("V5", _("互动回应差"), why, {"n": waiting}))
    if t.services is not None and services_poor(t.services, t.guides_lacking):
        poor = sum(number >= LACKING for number in t.guides_lacking)
        hits.append(
            Hit("V6", _("服务不实用"), _("事项%(services)s个，缺四类以上要素的指南%(poor)s个"), {"services": t.services, "poor": poor})
        )
    return hits
