"""Rendering: compiled Jinja2 templates, the same bytes for the same content, never the time of day."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from zhengtong.business.sites import rules, text
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column
from zhengtong.business.sites.rules import content
from zhengtong.foundation import clock

from . import assets, charts, leaving, open_data, sheets, words
from .frame import Frame, Related, attachment_path
from .plan import DATA, PIECE, Page

BATCH = 200
ICONS = {"organs": "building-community", "leaders": "users", "services": "file-certificate", "interaction": "messages"}
RELATIONS = ("interprets", "interpretations", "changed_by", "changes")
T = TypeVar("T")


def moment(at: datetime) -> str:
    """YYYY-MM-DD HH:MM, as 《网页设计规范》 wants it."""
    return at.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")


def day(at: datetime | date) -> str:
    at = at.astimezone(clock.ZONE) if isinstance(at, datetime) else at
    return at.strftime("%Y-%m-%d")


def chinese_day(at: date) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc822(at: datetime) -> str:
    """The form of dates in feeds, which is English in every language."""
    local = at.astimezone(clock.ZONE)
    return f"{DAYS[local.weekday()]}, {local:%d} {MONTHS[local.month - 1]} {local:%Y %H:%M:%S} +0800"


def size(of: int) -> str:
    return f"{of / 1048576:.1f} MB" if of >= 1048576 else f"{max(1, round(of / 1024))} KB"


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(assets.TEMPLATES),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {"moment": moment, "day": day, "chinese_day": chinese_day, "rfc822": rfc822, "size": size}
    env.globals |= {"assets": assets.addresses(), "validity": {k.value: v for k, v in rules.VALIDITY_LABELS.items()}, "column_icons": ICONS}
    env.globals["notices"] = content.NOTICES
    return env


def column_values(shown: Frame, column: Column) -> dict[str, object]:
    """What a page below a column needs: the way there, and the columns beside it."""
    way = shown.way(column)
    return {"column": column, "way": way, "siblings": shown.children(way[0])}


def body(shown: Frame, article: Article) -> dict[str, object]:
    """An article's text as its page shows it: cleaned, tables of figures drawn, outward links led over their notices."""
    drawn = charts.drawn(text.clean(article.body))
    html, leavings = leaving.guarded(drawn, shown.site.host, words.WORDS[words.language(article.column)]["outside"])
    figures = sheets.drawn(article.attachments, html.count('<figure class="zp-chart">') + 1)
    return {"text": Markup(html), "figures": Markup(figures), "leavings": leavings}  # noqa: S704  cleaned by the allow-list


def tags(shown: Frame, kind: rules.Page, **values: str) -> list[tuple[str, str]]:
    head = shown.site.head  # the one site that the law knows (发展指引 二（一）)
    return rules.tags(kind, {"SiteName": head.name, "SiteDomain": head.domain, "SiteIDCode": head.identification_code, **values})


def column_tags(column: Column) -> dict[str, str]:
    return {
        "ColumnName": column.name,
        "ColumnDescription": column.description,
        "ColumnKeywords": ",".join(rules.words(column.keywords)),
        "ColumnType": column.column_type,
    }


def attachments(article: Article) -> list[dict[str, object]]:
    """An article's files as the page links them: a plain name in the address, the real name for saving."""
    return [{**kept, "url": f"/{attachment_path(article.public_path, n, kept)}"} for n, kept in enumerate(article.attachments, 1)]


def own_files(article: Article) -> list[dict[str, object]]:
    """An article's files as the working screens offer them."""
    return [{**kept, "url": reverse("sites:file", args=[article.pk, n])} for n, kept in enumerate(article.attachments, 1)]


def article_page(shown: Frame, article: Article, *, preview: bool = False, related: Related | None = None) -> str:
    """The public page of one article; a preview is this very page, with this network's own addresses in it."""
    column = article.column
    url = f"https://{shown.site.host}/{article.public_path}/"
    values = {
        "ArticleTitle": article.title,
        "PubDate": moment(article.published_at) if article.published_at else "",
        "ContentSource": article.source,
        "Keywords": ",".join(rules.words(article.keywords)),
        "Author": article.author,
        "Description": article.summary,
        "Url": url if article.public_path else "",
    }
    return _html(
        shown,
        "article.html",
        {
            **column_values(shown, column),
            **({"assets": {name: static(f"zt/{name}") for name in assets.CARRIED}} if preview else {}),
            "article": article,
            **body(shown, article),
            "files": own_files(article) if preview else attachments(article),
            "related": {**dict.fromkeys(RELATIONS, ()), **(related or {})},
            "address": f"/{article.public_path}/",
            "tags": tags(shown, rules.Page.ARTICLE, **column_tags(column), **values),
            "marked": Markup(open_data.marked_article(shown.site, article, shown.way(column))),  # noqa: S704  every < > & in it is escaped
        },
    )


def _html(shown: Frame, template: str, values: Mapping[str, object]) -> str:
    column = values.get("column")
    lang = words.language(column if isinstance(column, Column) else None)
    own = {"frame": shown, "site": shown.site, "head": shown.site.head, "services": shown.services, "lang": lang, "w": words.WORDS[lang]}
    return environment().get_template(template).render(**own, **values)


def page(wanted: Page) -> bytes:
    """The bytes of one page that is not an article's."""
    shown, values = wanted.frame, dict(wanted.values)
    if wanted.template == DATA:
        return json.dumps(values["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
    if wanted.template == PIECE and isinstance(lines := values["lines"], list):
        return json.dumps(open_data.items(shown.site, lines), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if wanted.template == "home.html":
        values["marked"] = Markup(open_data.marked_home(shown.site))  # noqa: S704  every < > & in it is escaped
    values["address"] = f"/{wanted.path.removesuffix('index.html')}"
    values["alternates"] = shown.languages(wanted.path.removesuffix("index.html").strip("/"))
    if isinstance(guide := values.get("guide"), Mapping):
        values["marked"] = Markup(open_data.marked_guide(shown.site, guide, str(values["address"])))  # noqa: S704
    column = values.get("column")
    if isinstance(column, Column):
        values |= column_values(shown, column)
        values["tags"] = tags(shown, rules.Page.COLUMN, **column_tags(column))
    else:
        values["tags"] = tags(shown, rules.Page.HOME)
    if wanted.template == "single.html":
        article = Article.objects.filter(pk=wanted.article).first()
        values |= {"article": article, **({**body(shown, article), "files": attachments(article)} if article else {})}
    return _html(shown, wanted.template, values).encode()


def articles(wanted: Sequence[Page]) -> Iterator[tuple[Page, bytes]]:
    """Article pages, their texts read some hundred at a time."""
    for part in _parts(wanted):
        rows = Article.objects.select_related("column").in_bulk([p.article for p in part])
        for one in part:
            yield one, article_page(one.frame, rows[one.article], related=one.values).encode()


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
