"""The demo county's site: its columns and some forty articles of our own writing. Nothing here works in production."""

import json
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record

from . import rules
from .desk.models import open_draft
from .models import Column, Site
from .publishing.release import release

SHEET = Path(__file__).resolve().parents[2] / "demo" / "site.json"
Row = dict[str, object]


def plant() -> str:
    """The site, its columns, its articles, and the first release; what is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample site exists only in the demo")
    sheet = json.loads(SHEET.read_text(encoding="utf-8"))
    if Site.objects.filter(code=sheet["site"]["code"]).exists():
        return "0"
    site = _plant_site(sheet)
    count = _plant_articles(site, sheet)
    release(site)
    return str(count)


@action
def _plant_site(sheet: Row) -> Site:
    site = Site.objects.create(**sheet["site"])
    made: dict[str, Column] = {}
    for order, row in enumerate(sheet["columns"]):
        made[row["path"]] = Column.objects.create(
            site=site,
            parent=made.get(row.get("parent", "")),
            path=row["path"],
            name=row["name"],
            description=row["description"],
            keywords=row["keywords"],
            column_type=row["type"],
            kind=row.get("kind", rules.ColumnKind.LIST.value),
            owner=row["owner"],
            period=row["period"],
            order=order,
            on_home=row.get("on_home", False),
        )
    record(None, "sites.plant", site, {"columns": list(made)}, organ=site.organ)
    return site


def _plant_articles(site: Site, sheet: Row) -> int:
    publishers = [person for person in accounts.people_with(rules.Role.PUBLISHER.value) if person.organ and person.organ.code == site.organ]
    by = Account.objects.get(person=publishers[0])
    columns = {column.path: column for column in site.columns.all()}
    rows = sorted(_rows(sheet), key=lambda row: (-row["days"], row["title"]))
    for row in rows:
        _plant_article(columns[row["column"]], row, by)
    return len(rows)


@action
def _plant_article(column: Column, row: Row, by: Account) -> None:
    at = (clock.now() - timedelta(days=row["days"])).replace(hour=9 + row["days"] % 8, minute=row["days"] * 7 % 60, second=0, microsecond=0)
    article = open_draft(
        by,
        column=column,
        title=row["title"],
        body="\n".join(map(_line, row["body"])),
        summary=row.get("summary", ""),
        source=row["source"],
        number=row.get("number", ""),
        issuer=row.get("issuer", ""),
        validity=row.get("validity", ""),
        dated=at.date() - timedelta(days=2) if row.get("number") else None,
        published_at=at,
    )
    article.publish_newest(by)


def _line(line: str) -> str:
    """A line of the sheet: a heading behind `# `, markup as it stands, or a paragraph."""
    if line.startswith("<"):
        return line
    return f"<h2>{escape(line[2:])}</h2>" if line.startswith("# ") else f"<p>{escape(line)}</p>"


def _rows(sheet: Row) -> Iterator[Row]:
    yield from sheet["articles"]
    for series in sheet["series"]:
        for turn, (place, matter) in enumerate(series["with"]):
            filled = {"place": place, "matter": matter}
            yield {
                "column": series["column"],
                "days": series["first"] + turn * series["every"],
                "title": series["title"].format(**filled),
                "source": series["source"].format(**filled),
                "body": [line.format(**filled) for line in series["body"]],
            }
