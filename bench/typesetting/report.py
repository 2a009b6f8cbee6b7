"""All ways in turn, round by round, and the table of their ratios."""

import importlib.util
import platform
import statistics
import sys
import time

import typst

from zhengtong.papers.typeset import fonts

from .ways import LibreOffice, Ofd, Pdf, Typst, WeasyPrint, notice, office

# fmt: off
GOALS = (
    # what                              of what          at most / at least   times
    ("our PDF",             "Typst alone",   "at most",   1.5),
    ("our OFD",             "our PDF",       "at most",   4),
    ("WeasyPrint",          "our PDF",       "at least",  8),
    ("LibreOffice command", "our PDF",       "at least", 80),
)
# fmt: on
ROUNDS, SLOW_ROUNDS = 15, 3
WARM = 2


def run() -> None:
    ways = [Typst(), Pdf(), Ofd()]
    absent = []
    if importlib.util.find_spec("weasyprint"):
        ways.append(WeasyPrint())
    else:
        absent.append("WeasyPrint is not installed")
    if office():
        ways.append(LibreOffice())
    else:
        absent.append("LibreOffice is not installed")
    took: dict[str, list[float]] = {way.name: [] for way in ways}
    number = 0
    for round_ in range(WARM + ROUNDS):  # in turn, so that a busy moment of the machine meets all of them
        for way in ways:
            if isinstance(way, WeasyPrint) and round_ >= WARM + SLOW_ROUNDS:
                continue
            number += 1
            ready = way.ready(notice(number))
            began = time.perf_counter()
            way.set(ready)
            if round_ >= WARM:
                took[way.name].append(1000 * (time.perf_counter() - began))
    middle = {name: statistics.median(times) for name, times in took.items()}
    print("\nTypesetting 排版: a notice with red head, seal and imprint; every round sets other words, all in one process and thread.")
    print(f"  Python {platform.python_version()}, Typst {getattr(typst, '__version__', '')}, {fonts.report()}")
    print(f"  {'way':<22}{'pages':>6}{'ms':>9}{'of Typst':>10}   rounds")
    for way in ways:
        times = sorted(took[way.name])
        spread = f"{times[0]:.0f} – {times[-1]:.0f} ms in {len(times)}"
        print(
            f"  {way.name:<22}{way.pages(notice(1)):>6}{middle[way.name]:>9.1f}{middle[way.name] / middle['Typst alone']:>9.2f}×   {spread}"
        )
    for what, of, bound, goal in GOALS:
        if what in middle:
            print(
                f"  {what} : {of} = {middle[what] / middle[of]:.2f}×; goal {bound} {goal}×{missed(middle[what] / middle[of], bound, goal)}"
            )
    for sentence in absent:
        print(f"  {sentence}: not measured")
    sys.stdout.flush()


def missed(ratio: float, bound: str, goal: float) -> str:
    """By how much a goal is missed, or nothing."""
    factor = ratio / goal if bound == "at most" else goal / ratio
    return "" if factor <= 1 else f", missed by a factor of {factor:.2f}"
