"""`python -m bench [NAME …]`: all benchmarks, or those named; `--list` names them."""

import sys
import time

from .approval import report as approval
from .clocks import report as clocks
from .inspection import report as inspection
from .lint import report as lint
from .publish import report as publish
from .search import report as search
from .todo import report as todo
from .traces import report as traces
from .typesetting import report as typesetting

BENCHMARKS = {
    "approval": ("one approval step against bare SQL and SpiffWorkflow, on SQLite and PostgreSQL", approval.run),
    "clocks": ("a million clocks looked at on a new day against one bare pass over their rows", clocks.run),
    "inspection": ("visiting 120 sites of a hundred pages against linkchecker", inspection.run),
    "lint": ("the rule book against the length of a document, and against one typeset", lint.run),
    "publish": ("one edit to served page, and a full render of 100,000 articles, against Hugo", publish.run),
    "search": ("the search over the public site at a hundred thousand articles against a plain scan and a bare query", search.run),
    "todo": ("the to-do list at a million documents and 8,000 people against the bare query, 16 users at once", todo.run),
    "traces": ("the marked-up draft of a document with a thousand edits by eight people", traces.run),
    "typesetting": ("a notice of four pages as PDF and OFD against Typst alone, WeasyPrint and LibreOffice", typesetting.run),
}


def main(words: list[str]) -> int:
    if words == ["--list"] or set(words) - set(BENCHMARKS):
        for name, (what, _run) in BENCHMARKS.items():
            print(f"{name:<12}{what}")
        return 0 if words == ["--list"] else 2
    for name in words or BENCHMARKS:
        began = time.monotonic()
        BENCHMARKS[name][1]()
        print(f"\n{name}: {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
