"""`zhengtong clock due 2026-09-23 --working-days 20`: counting a limit, without any database."""

import argparse
import sys
from datetime import date

from . import rules

UNITS = {"working_days": rules.Unit.WORKING_DAYS, "days": rules.Unit.CALENDAR_DAYS, "months": rules.Unit.MONTHS}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong clock")
    verbs = parser.add_subparsers(dest="verb", required=True)
    due = verbs.add_parser("due", help="某日起算的期限最后一天 / the last lawful day")
    due.add_argument("start", type=date.fromisoformat, help="事件日 / day of the event, YYYY-MM-DD")
    amount = due.add_mutually_exclusive_group(required=True)
    amount.add_argument("--working-days", type=int, help="工作日数")
    amount.add_argument("--days", type=int, help="自然日数")
    amount.add_argument("--months", type=int, help="月数")
    chosen = parser.parse_args(words)
    unit, number = next((u, n) for name, u in UNITS.items() if (n := getattr(chosen, name)) is not None)
    if number < 0:
        parser.error("期限不能为负 / the limit can't be negative")
    calendar = rules.shipped_calendar()
    day = rules.due(chosen.start, rules.Limit(number, unit, ""), calendar)
    print(day.isoformat())
    if calendar.is_provisional(day):
        print("（暂定：该年放假安排尚未公布 / provisional: that year's holiday notice is not out）", file=sys.stderr)
    return 0
