"""The demo county's site and some rooms: columns and some fifty articles of our own writing. Nothing here works in production."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.orgs import queries as orgs

from . import rules
from .actions import rooms as actions
from .desk import reviews
from .desk.models import Article, open_draft
from .models import Column, Site
from .publishing.release import release
from .rules.content import Content
from .rules.rooms import TEMPLATES, template_for

SHEET = Path(__file__).resolve().parents[2] / "demo" / "site.json"
PUBLISHER, EDITOR = "liang.hang", "su.qi"
AS_WRITTEN = ("summary", "source", "keywords", "number", "issuer", "validity", "notice_kind", "project_code", "buyer")
Row = dict[str, object]


def plant() -> str:
    """The site, its columns, its articles, and the first release; what is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample site exists only in the demo")
    sheet = json.loads(SHEET.read_text(encoding="utf-8"))
    if Site.objects.filter(code=sheet["site"]["code"]).exists():
        return "0"
    site = _plant_site(sheet)
    count = _plant_articles(_rows(sheet))
    _plant_rooms(site, sheet)
    count += _plant_articles(sheet["room_articles"])
    _plant_review(site, sheet)
    release(site)
    return str(count)


def _plant_rooms(site: Site, sheet: Row) -> None:
    """Rooms from their templates; what stands there before the organ's readers begin needs the last step only."""
    by = Account.objects.get(username=PUBLISHER)
    for row in sheet["rooms"]:
        organ = orgs.organ(row["organ"])
        room = actions.open_room(organ.code, template_for(organ.kind), row["path"], by)
        actions.choose_review(room.pk, "final", by)
    for row in sheet["gatherings"]:
        rule = {name: value for name, value in row.items() if name != "column"}
        actions.gather(Column.objects.select_related("site").get(path=row["column"]), by, **rule)


def _plant_review(site: Site, sheet: Row) -> None:
    """The templates' own reviews, and drafts that wait in them."""
    by = Account.objects.get(username=PUBLISHER)
    for room in site.rooms.all():
        actions.choose_review(room.pk, TEMPLATES[room.template].review, by)
    for row in sheet["drafts"]:
        article = _draft(row)
        if "returned" in row:
            reader = Account.objects.get(username=row["reader"])
            reviews.send_back(article, reader, str(article.latest_revision_id), row["returned"])


@action
def _draft(row: Row) -> Article:
    by = Account.objects.get(username=row["by"])
    column = Column.objects.select_related("site__main").get(path=row["column"])
    article = open_draft(by, column=column, title=row["title"], source=row["source"], body=row["body"])
    record(by, "sites.create", article, {"title": article.title})
    return article


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
            content=row.get("content", Content.DOCUMENT.value),
            owner=row["owner"],
            period=row["period"],
            declared_days=row.get("declared_days"),
            order=order,
            on_home=row.get("on_home", False),
        )
    record(None, "sites.plant", site, {"columns": list(made)}, organ=site.organ)
    return site


def _plant_articles(rows: Iterable[Row]) -> int:
    by, writer = Account.objects.get(username=PUBLISHER), Account.objects.get(username=EDITOR)
    columns = {column.path: column for column in Column.objects.select_related("site__main")}
    sorted_rows = sorted(rows, key=lambda row: (-row["days"], row["title"]))
    for row in sorted_rows:
        _plant_article(columns[row["column"]], row, by, writer)
    return len(sorted_rows)


@action
def _plant_article(column: Column, row: Row, by: Account, writer: Account) -> None:
    at = (clock.now() - timedelta(days=row["days"])).replace(hour=9 + row["days"] % 8, minute=row["days"] * 7 % 60, second=0, microsecond=0)
    closes = calendar().next_working(at.date() + timedelta(days=row["open_days"])) if "open_days" in row else None
    article = open_draft(
        writer,
        column=column,
        title=row["title"],
        body="\n".join(map(_line, row["body"])),
        dated=at.date() - timedelta(days=2) if row.get("number") else None,
        published_at=at,
        closes_on=closes,
        interprets=Article.objects.get(number=row["interprets"]) if "interprets" in row else None,
        **{name: row.get(name, "") for name in AS_WRITTEN},
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
