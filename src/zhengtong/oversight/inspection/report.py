"""The result of a visit: as JSON for machines and as lines for people. No database, no Django."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from .rules.facts import Visit, plain
from .rules.faults import EVIDENCE, FAULTS, GRAVITIES, ORDER, source_label
from .rules.freshness import PERIODS
from .rules.judge import Judgement
from .rules.scorers import SCORERS, valid_on

FORMAT = 1
SHOWN = 12  # findings of one fault that people are shown
MARKS = {"veto": "✗", "grave": "✗", "fault": "△", "hint": "·"}


def machine(visit: Visit, judgement: Judgement, scorers: tuple[str, ...] = ()) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "format": FORMAT,
        "site": visit.site,
        "began": visit.began,
        "ended": visit.ended,
        "complete": visit.complete,
        "cut": visit.cut,
        "day": judgement.tally.day.isoformat(),
        "pages": len(visit.pages),
        "files": len(visit.answers),
        "tries": [asdict(one) for one in visit.tries],
        "network": plain(visit.network),
        "columns": [
            {"url": c.url, "name": c.name, "class": c.kind.value, "newest": plain(c.newest), "items": c.items, "state": c.state}
            for c in judgement.columns
        ],
        "findings": [
            {
                "fault": f.fault,
                "label": FAULTS[f.fault].label,
                "gravity": FAULTS[f.fault].gravity.value,
                "source": FAULTS[f.fault].source,
                "url": f.url,
                "evidence": plain(f.evidence),
            }
            for f in judgement.findings
        ],
        "scores": scores(judgement, scorers),
    }


def scores(judgement: Judgement, chosen: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """Each rule book's verdict: those in force on the day, or those asked for."""
    day = judgement.tally.day
    rows: list[dict[str, object]] = []
    for scorer in [SCORERS[code] for code in chosen] or valid_on(day):
        verdict = scorer.score(judgement.tally)
        rows.append(
            {
                "scorer": scorer.code,
                "label": scorer.label,
                "source": scorer.source,
                "passed": verdict.passed,
                "points": verdict.points,
                "vetoes": [
                    {"code": h.code, "label": h.label, "why": h.why % h.params, "text": h.why, "params": dict(h.params)}
                    for h in verdict.vetoes
                ],
                "deducted": [{"label": label, "deducted": cost, "of": of} for label, cost, of in verdict.rows],
            }
        )
    return rows


def _verdict(row: Mapping[str, object]) -> str:
    verdict = "合格" if row["passed"] else "不合格"
    return (
        "打不开，没有评分" if row["points"] is None and row["passed"] else f"{verdict}  {'—' if row['points'] is None else row['points']}分"
    )


def people(visit: Visit, judgement: Judgement, scorers: tuple[str, ...] = ()) -> list[str]:
    """The same for people: what counts first."""
    lines = [f"{visit.site}  {judgement.tally.day}  网页{len(visit.pages)} 附件等{len(visit.answers)}", ""]
    for row in scores(judgement, scorers):
        lines.append(f"{row['label']}：{_verdict(row)}  （{source_label(str(row['source']))}）")
        hits = row["vetoes"]
        assert isinstance(hits, list)
        lines += [f"  ✗ 单项否决 {hit['code']} {hit['label']}：{hit['why']}" for hit in hits]
    if judgement.columns:
        lines += ["", "栏目 columns"]
        states = {"fresh": "正常", "stale": "不更新", "empty": "空白", "open": "—"}
        for column in judgement.columns:
            last = column.newest.isoformat() if column.newest else "—"
            lines.append(f"  {states[column.state]}\t{last}\t{column.name}（{PERIODS[column.kind].label}，{column.items}条）\t{column.url}")
    counts = Counter(f.fault for f in judgement.findings)
    for gravity in ORDER:
        codes = [code for code in FAULTS if counts[code] and FAULTS[code].gravity is gravity]
        if codes:
            lines += ["", f"{GRAVITIES[gravity]} {sum(counts[code] for code in codes)}"]
        for code in codes:
            lines.append(f"  {MARKS[gravity.value]} {FAULTS[code].label}（{counts[code]}）")
            found = [f for f in judgement.findings if f.fault == code]
            lines += [f"      {f.url}  {_evidence(f.evidence)}".rstrip() for f in found[:SHOWN]]
            if len(found) > SHOWN:
                lines.append(f"      … 另有{len(found) - SHOWN}处")
    if not judgement.findings:
        lines += ["", "✓ 没有发现问题 / nothing found"]
    if not visit.complete:
        lines += ["", f"! 没有看完（{visit.cut or '中断'}），再运行一次可接着看 / cut short, run again to go on"]
    return lines


def _evidence(evidence: Mapping[str, object]) -> str:
    shown = []
    for name, value in evidence.items():
        if name in ("at", "sm3") or value in ("", [], None):
            continue
        text = "、".join(str(one) for one in value[:2]) if isinstance(value, list) else str(value)
        shown.append(f"{EVIDENCE.get(name, name)}：{text[:80]}")
    return " ".join(shown)
