"""The 40 published documents: no false error on those of 2018 and later, and no finding by rules that came later on the older ones.

`python -m tests.papers.lint.test_real` prints all findings for a person to judge.
"""

from collections import Counter

import pytest

from tests.papers.reading.cast import REAL, real
from zhengtong.papers.lint.check import Finding, lint
from zhengtong.papers.reading import files

# The published page of 国令第707号 has a half-width semicolon between two Chinese clauses: a slip of the page, rightly found.
TRUE_ERRORS = {("33", "PU-01")}
WARNINGS = {"PU-02", "PU-12"}  # judged one by one: 、 between “”, and a half-width bracket at the end of （…)


def findings(ending: str) -> list[tuple[str, int, Finding, str]]:
    found = []
    for row in real():
        elements = files.read(REAL / f"{row['id']}.{ending}")
        assert elements.date is not None
        for one in lint(elements).findings:
            found.append((row["id"], elements.date.year, one, elements.lines[one.paragraph or 0].text))
    return found


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_no_error_is_false(ending):
    errors = {(name, one.rule.id) for name, _year, one, _line in findings(ending) if one.severity == "error"}
    assert errors <= TRUE_ERRORS


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_the_warnings_are_those_judged_true(ending):
    recent = [(name, one) for name, year, one, _line in findings(ending) if year >= 2018 and one.severity == "warning"]
    assert {one.rule.id for _name, one in recent} <= WARNINGS
    assert len(recent) < 40


if __name__ == "__main__":
    shown = findings("txt") + findings("html")
    for name, year, one, line in shown:
        print(name, year, one.severity, one.rule.id, "|", line[max(0, one.start - 12) : one.end + 12].strip())
    for recent in (True, False):
        print(
            "2018 and later" if recent else "before 2018",
            dict(Counter(one.severity.value for _n, y, one, _l in shown if (y >= 2018) == recent)),
        )
