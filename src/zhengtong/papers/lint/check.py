"""Runs the rule book over one document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Day

from zhengtong.papers.reading.elements import Elements
from zhengtong.papers.typeset import fonts

from .rules import RULES
from .rules.context import Context
from .rules.rule import Hit, Rule, Severity
from .rules.sheet import Sheet

MOST = 200  # findings of one rule that are shown; a damaged text can break one rule at every sign


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks one rule. `paragraph` counts lines that are not blank, from 0; None: nothing stands there yet."""

    rule: Rule
    element: str
    paragraph: int | None
    start: int
    end: int
    text: str
    fix: str | None
    part: int = 0
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def zh(self) -> str:
        return self.rule.zh % self.facts if self.facts else self.rule.zh

    @property
    def en(self) -> str:
        return self.rule.en % self.facts if self.facts else self.rule.en


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in the order of the page, and the rules that could not be decided, with the facts they wait for."""

    findings: tuple[Finding, ...]
    not_run: tuple[Rule, ...]
    not_in_force: tuple[Rule, ...]

    def of(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]


def lint(elements: Elements, context: Context | None = None, on: Day | None = None) -> Report:
    """What the rule book finds. `on` is the day whose rules count; else the document's own date."""
    sheet = Sheet(elements, context or Context(), lambda text: fonts.absent(text, fonts.held()))
    day = on or sheet.day
    found: list[Finding] = []
    waiting: list[Rule] = []
    past: list[Rule] = []
    for rule in RULES.values():
        if not rule.in_force(day):
            past.append(rule)
            continue
        hits = rule.check(sheet)
        if hits is None:
            waiting.append(rule)
            continue
        found += _findings(rule, iter(hits))
    found.sort(key=lambda f: (f.paragraph is None, f.paragraph or 0, f.start, f.rule.id))
    return Report(tuple(found), tuple(waiting), tuple(past))


def _findings(rule: Rule, hits: Iterator[Hit]) -> Iterator[Finding]:
    for count, hit in enumerate(hits):
        if count == MOST:
            return
        piece = hit.piece
        if piece is None:
            yield Finding(rule, rule.element, None, 0, 0, "", hit.fix, facts=hit.facts)
            continue
        end = len(piece.text) if hit.end is None else hit.end
        yield Finding(
            rule, piece.role.value, piece.line, piece.start + hit.start, piece.start + end, piece.text[hit.start : end], hit.fix,
            piece.part, hit.facts,
        )  # fmt: skip
