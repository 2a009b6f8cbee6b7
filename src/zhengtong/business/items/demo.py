"""The demo county's service items, written for it."""

import json
from pathlib import Path

from zhengtong.foundation.orgs.models import Organ

from . import actions
from .models import Item

SHEET = Path(__file__).resolve().parents[2] / "demo" / "items.json"


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
    return planted
