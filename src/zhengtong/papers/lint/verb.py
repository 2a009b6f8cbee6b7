"""`zhengtong doc lint FILE [--json] [--facts FILE] [--on DAY]`: exit 1 when a clear rule is broken, 2 when the file can't be read."""

import argparse
import json
import sys
from datetime import date as Day
from pathlib import Path

from zhengtong.papers import tool
from zhengtong.papers.reading import verb
from zhengtong.papers.reading.limits import Unreadable

from .check import Finding, Report, lint
from .rules.context import Context, from_json
from .rules.rule import Severity

WORDS = {Severity.ERROR: "错误 error", Severity.WARNING: "提醒 warning", Severity.INFO: "建议 info"}
FACTS = 5 * 1024 * 1024


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="docx, html, txt, pdf")
    parser.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    parser.add_argument("--facts", help="机构、流程等事实的 JSON 文件 / a JSON file of facts")
    parser.add_argument("--on", type=Day.fromisoformat, help="按哪一天的规则，默认按成文日期 / whose day's rules count, YYYY-MM-DD")


def run(arguments: argparse.Namespace) -> int:
    """Prints the findings of one file."""
    try:
        elements = verb.read(arguments.file)
        context = _facts(arguments.facts) if arguments.facts else Context()
    except Unreadable as why:
        return verb.refuse(why, arguments.json)
    report = lint(elements, context, arguments.on)
    if arguments.json:
        tool.say(as_json(report))
    else:
        _print(report)
        for remark in elements.remarks:
            print(f"注意：{remark.zh} / {remark.en}", file=sys.stderr)
    return 1 if report.of(Severity.ERROR) else 0


def _facts(name: str) -> Context:
    try:
        path = Path(name)
        if path.stat().st_size > FACTS:
            raise ValueError(name)
        given = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(given, dict):
            raise ValueError("{}")
        return from_json(given)
    except (OSError, ValueError, TypeError, RecursionError) as why:
        raise Unreadable(f"事实文件不能读取：{why}", f"The file of facts can't be read: {why}") from None


def as_json(report: Report) -> dict[str, object]:
    """The report for programs; the names are fixed."""
    return {
        "errors": len(report.of(Severity.ERROR)),
        "warnings": len(report.of(Severity.WARNING)),
        "infos": len(report.of(Severity.INFO)),
        "findings": [one(finding) for finding in report.findings],
        "not_run": [{"rule": rule.id, "severity": rule.severity.value, "needs": list(rule.needs)} for rule in report.not_run],
        "not_in_force": [rule.id for rule in report.not_in_force],
    }


def one(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "element": finding.element,
        "part": finding.part,
        "paragraph": finding.paragraph,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.zh,
        "message_en": finding.en,
        "article": finding.rule.source,
        "fix": finding.fix,
    }


def _print(report: Report) -> None:
    for finding in report.findings:
        place = f"第{finding.paragraph + 1}段第{finding.start + 1}字" if finding.paragraph is not None else "全文"
        text = finding.text if len(finding.text) <= 30 else finding.text[:30] + "…"
        fix = "" if finding.fix is None else f"，改为“{finding.fix}”" if finding.fix else "，删去"
        print(f"{WORDS[finding.severity]}  {finding.rule.id}  {place}  {f'“{text}”' if text else ''}{fix}")
        print(f"    {finding.zh}（{finding.rule.source}）")
        print(f"    {finding.en}")
    counts = "，".join(f"{len(report.of(severity))} {word}" for severity, word in WORDS.items())
    print(f"共 {counts}；{len(report.not_run)}条规则因缺少事实未检查 / {len(report.not_run)} rules not run for want of facts")
