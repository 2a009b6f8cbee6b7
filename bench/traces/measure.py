"""The measurement, in a process of its own: `python -m bench.traces.measure` prints one JSON object."""

import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django

EDITS, HANDS, ROUNDS = (250, 500, 1000), 8, 7
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
PARAGRAPHS = (
    "（一）落实包片责任。各乡镇要明确专人包片，逐户登记在册，重点部位每日巡查不少于两次，发现隐患当场处置并记录。",
    "1.严管火源。在进山路口设卡12处，对携带火种、野外用火等行为依法处理，做到早发现、早处置，情况紧急的立即报告。",
    "各单位要加强协同，形成合力，联席会议每季度召开一次，研究解决重点难点问题，不得迟报、漏报、瞒报。",
)
PUT = ("并明确完成时限", "会同有关部门", "（含零散林地）", "按月通报进展", "应当", "28处")


def edited(text: str, draw: random.Random) -> str:
    """A text as one handler leaves it: words struck and written in one or two paragraphs, now and then a paragraph more or less."""
    lines = text.split("\n")
    for _place in range(draw.randint(1, 2)):
        at = draw.randrange(len(lines))
        line, begin = lines[at], draw.randrange(max(len(lines[at]) - 8, 1))
        lines[at] = line[:begin] + draw.choice(PUT) + line[begin + draw.randint(0, 6) :]
    if draw.random() < 0.05 and len(lines) > 60:
        del lines[draw.randrange(len(lines))]
    elif draw.random() < 0.05:
        lines.insert(draw.randrange(len(lines)), draw.choice(PARAGRAPHS))
    return "\n".join(lines)


def document(count: int):
    """A draft of about 5,000 characters with so many versions, written as the desk writes them, in bulk."""
    from zhengtong.foundation.orgs.models import Organ, Person
    from zhengtong.office.documents.models import Document, Revision, Step
    from zhengtong.office.documents.rules import body, traces

    draw = random.Random(count)
    organ = Organ.objects.get_or_create(code="B1", defaults={"name": "云岭县人民政府", "kind": "government", "letters": "云政"})[0]
    people = [Person.objects.get_or_create(code=f"BP{n}", defaults={"name": f"承办人{n}"})[0] for n in range(HANDS)]
    text = "\n".join(PARAGRAPHS * 32)
    made = Document(
        code=f"T{count}", title="关于做好今冬明春森林防火工作的通知", kind="notice", organ=organ, drafter=people[0], profile="open",
        body=body.parse(text), created_at=START, changed_at=START, version=1,
    )  # fmt: skip
    made.save()
    versions, steps, before, digest, blocks = [], [], traces.Sheet(), "", made.body
    for version in range(1, count + 2):
        by, at = people[version % HANDS], START + timedelta(minutes=7 * version)
        if version > 1:
            text = edited(text, draw)
            blocks = body.parse(text, blocks, max(int(b["id"][1:]) for b in blocks))
        made.body, made.version = blocks, version
        now = traces.sheet(content := made.content(), blocks)
        for op in traces.steps(before, now):
            step = traces.Step(op, by.name, at, version)
            digest = traces.link(digest, step, by.code)
            steps.append(Step(document=made, seq=len(steps) + 1, version=version, by=by, hand=by.name, at=at, op=dict(op), digest=digest))
        versions.append(
            Revision(document=made, version=version, state=made.state, by=by, at=at, content=content, digest=body.digest(content))
        )
        before = now
    made.save()
    Revision.objects.bulk_create(versions, batch_size=200)
    Step.objects.bulk_create(steps, batch_size=500)
    return made


def median(work: Callable[[], object]) -> float:
    """Milliseconds of the middle round, after one that warms up."""
    work()
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def bare(made) -> list[tuple[object, ...]]:
    """The same rows through the driver, nothing done with them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT op, hand, at, version FROM documents_step WHERE document_id = %s ORDER BY seq", [made.pk])
        return cursor.fetchall()


def page(made) -> str:
    """The draft as the browser gets it, with its legend and the latest changes."""
    from django.template.loader import render_to_string

    from zhengtong.office.documents.views.tracing import drawn

    return render_to_string("documents/_traces.html", drawn(made))


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from zhengtong.office.documents import queries

    call_command("migrate", verbosity=0)
    found = []
    for count in EDITS:
        made = document(count)
        found.append(
            {
                "edits": count,
                "steps": made.steps.count(),
                "characters": len(made.text),
                "bare": median(lambda made=made: bare(made)),
                "draft": median(lambda made=made: queries.marked(made)),
                "page": median(lambda made=made: page(made)),
                "verified": median(lambda made=made: queries.verified(made)),
                "holds": queries.verified(made),
            }
        )
    json.dump({"python": platform.python_version(), "hands": HANDS, "rounds": ROUNDS, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
