"""Papers from 2,500 to 40,000 characters: reading, linting, and setting the page of 5,000 once for comparison."""

import platform
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from tests.papers.lint.rules.cast import notice

from zhengtong.papers.lint.check import lint
from zhengtong.papers.lint.rules import RULES
from zhengtong.papers.reading import files
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, blocks

ROUNDS = 9
PARAGRAPHS = (
    "（一）落实责任。各乡镇人民政府、县政府各部门要坚持“党政同责、一岗双责”，按照《森林防火条例》等规定，于2026年11月30日前完成排查，排查率达到100%。",
    "1.严管火源。在进山路口设卡12处，对携带火种、野外用火等行为依法处理（含祭祀用火），做到早发现、早处置。",
    "各单位要加强协同，形成合力；情况紧急的，应当立即报告，不得迟报、漏报、瞒报。联席会议每季度召开一次，研究解决重点难点问题。",
)
GOAL = 10  # one typeset takes at least so many times one lint


def text(characters: int) -> str:
    """A text of this length that keeps the rules, as most drafts do."""
    whole = "\n".join(PARAGRAPHS) + "\n"
    return "现就有关事项通知如下：\n" + (whole * (characters // len(whole) + 1))[:characters]


def median(work: Callable[[int], object]) -> float:
    """Milliseconds of the middle round, after one that warms up; `work` is told its round."""
    work(0)
    took = []
    for number in range(1, ROUNDS + 1):
        began = time.perf_counter()
        work(number)
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def paper(number: int) -> Paper:
    """The document of 5,000 characters as typed on: each round its first paragraph differs, since a text that was set before
    comes out of the typesetter's memory."""
    return Paper(
        issuer_mark="云岭县人民政府文件",
        title="云岭县人民政府关于做好今冬森林防火工作的通知",
        body=blocks(f"这是第{number}稿。" + text(5_000)),
        number=f"云政发〔2026〕{number}号",
    )


def run() -> None:
    print(f"\nLint: {len(RULES)} rules, Python {platform.python_version()}, {ROUNDS} rounds, the middle one; one thread")
    print(f"  {'characters':<12}{'read ms':>9}{'lint ms':>9}{'µs/character':>14}{'findings':>10}")
    five = 0.0
    for characters in (2_500, 5_000, 10_000, 20_000, 40_000):
        data = notice(body=text(characters)).encode()
        elements = files.parse(data, "a.txt")
        read, took = median(lambda _n, data=data: files.parse(data, "a.txt")), median(lambda _n, elements=elements: lint(elements))
        five = took if characters == 5_000 else five
        print(f"  {characters:<12}{read:>9.1f}{took:>9.1f}{1000 * took / characters:>14.2f}{len(lint(elements).findings):>10}")
    page = median(lambda number: press.notice(paper(number), datetime(2026, 10, 8, tzinfo=UTC)))
    times = page / five
    goal = f"goal {GOAL}×" if times >= GOAL else f"goal {GOAL}× missed: {GOAL / times:.1f} times too slow"
    print(f"  one typeset of the 5,000 characters: {page:.0f} ms, {times:.1f}× one lint ({goal})")
