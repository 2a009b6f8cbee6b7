"""The demo county's service items, written for it."""

import json
from pathlib import Path

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Organ, Person

from . import actions
from .models import Implementation, Item
from .rules import sheets

SHEET = Path(__file__).resolve().parents[2] / "demo" / "items.json"
LISTED = SHEET.with_name("implementation.json")
KEEPER = "YLP00034"  # 任之遥, who keeps the list; his superior reviews it
KEEPING = "YL160"


def plant() -> list[Item]:
    """Create and publish the items; what is there stays."""
    rows = json.loads(SHEET.read_text(encoding="utf-8"))
    organs = Organ.objects.in_bulk(field_name="code")
    planted = []
    for row in rows:
        if Item.objects.filter(code=row["code"]).exists():
            continue
        organ, window = organs[row.pop("organ")], organs[row.pop("window")]
        examiners = [(organs[code], task) for code, task in row.pop("examiners")]
        actions.save(row, organ, window, examiners, by=None)
        planted.append(actions.publish(row["code"], by=None))
    if not Implementation.objects.exists():
        _list(organs[KEEPING], Person.objects.filter(code=KEEPER).first())
    return planted


def _list(organ: Organ, keeper: Person | None) -> None:
    """The implementation list as it came from above, in force; one row has a next version that waits for its review."""
    rows, _problems = sheets.from_json(json.loads(LISTED.read_text(encoding="utf-8")))
    actions.take_in(rows, organ, keeper, claimed=True)
    for row in rows:
        actions.submit(row.values["task_code"], keeper)
        actions.approve(row.values["task_code"], clock.today(), None)
    next_one = Implementation.objects.get(task_code=rows[0].values["task_code"])
    flow = [line | {"days": "2"} if line["days"] == "3" else line for line in next_one.sheets["flow"]]
    shorter = next_one.values | {"promise_day": "4"}
    actions.draft(shorter, next_one.sheets | {"flow": flow}, organ, keeper, seen=f"{next_one.version}.{next_one.revision}")
    actions.submit(next_one.task_code, keeper)
