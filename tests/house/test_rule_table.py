"""docs/rules.md names files and tables that exist."""

import re

import pytest

from .sources import ROOT, SRC

ROW = re.compile(r"^\| (?P<article>[^|]+) \| [^|]+ \| `(?P<file>[^`]+)`(?: `(?P<name>[^`]+)`)? \| (?P<state>[^|]+) \|$")
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
BODY = [line for line in PAGE if line.startswith("| ") and not re.match(r"\| (article|clause) ", line)]
ROWS = [ROW.match(line) for line in BODY]


def test_every_row_of_the_table_is_understood():
    assert len(BODY) > 50
    assert [line for line, row in zip(BODY, ROWS, strict=True) if row is None] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row], ids=lambda row: row["article"])
def test_the_code_that_a_rule_names_is_there(row):
    path = SRC / row["file"]
    assert path.is_file()
    assert (row["name"] or "") in path.read_text(encoding="utf-8")
    assert row["state"] in ("whole", "part", "county")
