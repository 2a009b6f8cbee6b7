"""Pluggable scorers: each reads the same tally and says what its own rule book makes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhengtong.foundation.refusal import gettext_noop as _

from . import scored, veto
from .veto import Hit, Tally


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scorer says: passed or not, the points, the vetoes and the rows that cost points."""

    passed: bool
    points: float | None
    vetoes: tuple[Hit, ...] = ()
    rows: tuple[tuple[str, float, float], ...] = ()  # label, deducted, of


@dataclass(frozen=True, slots=True)
class Scorer:
    """A rule book with its validity and source."""

    code: str
    label: str
    source: str
    since: date
    until: date | None
    score: Callable[[Tally], Verdict] = field(repr=False)

    def valid(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def check_2019(t: Tally) -> Verdict:
    """The national check: vetoes first, then the scored table."""
    hits = veto.vetoes(t)
    if not t.home_open:
        return Verdict(not hits, None, tuple(hits))  # nobody saw the site this time: no points can be given
    lines = scored.deductions(t.faults)
    points = scored.final(scored.score(lines, services=t.services is not None))
    rows = tuple((line.row.label, line.deducted, line.row.points) for line in lines if line.deducted)
    return Verdict(scored.passes(points, bool(hits)), points, tuple(hits), rows)


CENSUS_HOME_NEW, CENSUS_HOME_COST = 10, 5.0  # fewer than ten new items on the home page in two weeks: 5 points
CENSUS_FAILED_EACH = 1.0  # each per cent of failed tries
# fmt: off
CENSUS_2015: Mapping[str, tuple[str, float, float]] = {
    #            label               each  at most
    "usable":  (_("链接可用性"),     0.1,  10.0),
    "yearly":  (_("基本信息"),       2.0,  15.0),
    "facts":   (_("内容准确"),       1.0,  10.0),
    "answers": (_("政务咨询"),       3.0,  15.0),
    "guides":  (_("办事指南"),       1.0,  15.0),
    "forms":   (_("附件下载"),       0.5,  10.0),
}
# fmt: on


def census_2015(t: Tally) -> Verdict:
    """全国政府网站普查评分表: the same thresholds for vetoes 2 to 5, and its own rows; guides cost points, no veto."""
    hits = [hit for hit in veto.vetoes(t) if hit.code != "V6"]
    if not t.home_open:
        return Verdict(not hits, None, tuple(hits))
    rows = []
    if t.home_dated and t.home_new < CENSUS_HOME_NEW:
        rows.append((_("首页栏目"), CENSUS_HOME_COST, CENSUS_HOME_COST))
    if t.tries and t.failed:
        cost = min(20.0, CENSUS_FAILED_EACH * 100 * t.failed / t.tries)
        rows.append((_("首页可用性"), round(cost, 2), 20.0))
    dead_home = t.faults.get("dead_link_home", 0)
    if dead_home:
        rows.append((_("首页链接"), float(min(dead_home, 10)), 10.0))
    found = {**t.faults, "yearly": t.stale_yearly, "usable": max(0, t.faults.get("usable", 0) - dead_home)}
    for code, (label, each, most) in CENSUS_2015.items():
        if found.get(code):
            rows.append((label, min(most, round(each * found[code], 2)), most))
    points = max(0.0, round(100 - sum(cost for _label, cost, _most in rows), 2))
    return Verdict(not hits and points >= scored.PASS, points, tuple(hits), tuple(rows))


INDEX_OVERDUE, INDEX_EMPTY = 10, 5


def vendor_index(t: Tally) -> Verdict:
    """健康指数 of a monitoring product: availability 37.5, updates 37.5, guides 12.5, letters 12.5; whole parts fall to 0."""
    share = t.failed / t.tries if t.tries else 0.0
    reach = 0.0 if not t.home_open or share >= veto.FAILED_SHARE else 37.5 * (1 - share)
    late = t.stale_news + t.stale_notices + t.stale_yearly + t.overdue
    still = late >= INDEX_OVERDUE or t.empty >= INDEX_EMPTY
    fresh = 0.0 if still else 37.5 * (1 - late / INDEX_OVERDUE)
    poor = sum(lacks >= veto.LACKING for lacks in t.guides_lacking)
    guides = 12.5 * (1 - poor / len(t.guides_lacking)) if t.guides_lacking else 0.0
    letters = 12.5 if t.channel and not any(veto.unanswered(day, t.day) for day in t.letters) else 0.0
    parts = ((_("可用性"), reach, 37.5), (_("更新"), fresh, 37.5), (_("办事指南"), guides, 12.5), (_("互动"), letters, 12.5))
    points = round(sum(part for _label, part, _most in parts), 2)
    return Verdict(
        points >= scored.PASS, points, (), tuple((label, round(most - part, 2), most) for label, part, most in parts if part < most)
    )


# fmt: off
SCORERS = {
    scorer.code: scorer
    for scorer in (
        Scorer("check2019",  _("政府网站检查指标"),     veto.SOURCE,            veto.SINCE,        None,              check_2019),
        Scorer("census2015", _("全国政府网站普查评分表"), "国办发〔2015〕15号附件", date(2015, 3, 24), date(2019, 4, 17), census_2015),
        Scorer("index",      _("健康指数"),             "county",               date(2016, 1, 1),  None,              vendor_index),
    )
}
# fmt: on


def valid_on(day: date) -> list[Scorer]:
    """The rule books in force on a day."""
    return [scorer for scorer in SCORERS.values() if scorer.valid(day)]
