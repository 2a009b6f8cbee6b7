"""The national page tags and the marks at the foot (国办发〔2017〕47号, sheet §1.6 and §1.7)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .facts import Kind


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that must stand on these kinds of page."""

    name: str
    fault: str
    kinds: tuple[Kind, ...]


ALL = (Kind.HOME, Kind.COLUMN, Kind.ARTICLE)
BELOW = (Kind.COLUMN, Kind.ARTICLE)
# fmt: off
MUST = (
    Tag("SiteName",          "tag_site",    ALL),
    Tag("SiteDomain",        "tag_site",    ALL),
    Tag("SiteIDCode",        "tag_site",    ALL),
    Tag("ColumnName",        "tag_column",  BELOW),
    Tag("ColumnDescription", "tag_column",  (Kind.COLUMN,)),
    Tag("ColumnKeywords",    "tag_column",  (Kind.COLUMN,)),
    Tag("ColumnType",        "tag_column",  BELOW),
    Tag("ArticleTitle",      "tag_article", (Kind.ARTICLE,)),
    Tag("PubDate",           "tag_article", (Kind.ARTICLE,)),
    Tag("ContentSource",     "tag_article", (Kind.ARTICLE,)),
)
MAY = ("Keywords", "Author", "Description", "Image", "Url")
PROVINCES = "京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵黔粤青藏川蜀宁琼"
MARKS = {
    "mark_party":     re.compile(r"conac\.cn|党政机关(?:网站)?标识|CA\d{21}"),
    "mark_report":    re.compile(r"找错|jiucuo"),
    "mark_code":      re.compile(r"标识码"),
    "mark_organiser": re.compile(r"主办(?:单位)?|承办单位|版权所有"),
    "mark_contact":   re.compile(r"联系(?:方式|电话|我们)|电话\s*[:：]|邮箱"),
    "mark_icp":       re.compile(r"ICP备"),
    "mark_police":    re.compile(r"公网安备"),
    "mark_sitemap":   re.compile(r"(?:站点|网站)地图|网站导航"),
}
WHOLE = {
    "mark_icp":    re.compile(rf"[{PROVINCES}]ICP备\d{{8}}号(?:-\d+)?"),
    "mark_police": re.compile(rf"[{PROVINCES}]公网安备\s*\d{{14}}号?"),
    "mark_code":   re.compile(r"标识码\s*[:：]?\s*(?:\d{10}|bm\d{8})(?!\d)"),
}
# fmt: on
CODE = re.compile(r"\d{10}|bm\d{8}")
MOMENT = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d")
KNOWN = {tag.name for tag in MUST} | set(MAY)
LOWER = {name.lower(): name for name in KNOWN if name not in MAY}


@lru_cache(maxsize=2_000)  # the same names stand on every page
def misspelt(name: str) -> str:
    """The tag that was meant by a name that no reader of tags will find, or ""."""
    if name in KNOWN or len(name) < 6:
        return ""
    meant = LOWER.get(name.lower(), "")
    return meant or next((right for low, right in LOWER.items() if low.startswith(("site", "column")) and _near(name.lower(), low)), "")


def _near(one: str, other: str) -> bool:
    """Cut short by a few letters, or one letter wrong."""
    if len(one) < len(other):
        return len(other) - len(one) <= 3 and other.startswith(one[:-1])
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def faults(kind: str, tags: Mapping[str, str], names: list[str], heading: str) -> Iterator[tuple[str, dict[str, object]]]:
    """What a page's tags lack; `names` are the names of all meta tags as written."""
    meant = {misspelt(name): name for name in names}
    for tag in MUST:
        if kind not in tag.kinds:
            continue
        if tag.name in meant:
            yield "tag_misspelt", {"tag": tag.name, "written": meant[tag.name]}
        elif tag.name not in tags:
            yield tag.fault, {"tag": tag.name}
        elif not tags[tag.name].strip():
            yield "tag_empty", {"tag": tag.name}
        elif names.count(tag.name) > 1:
            yield "tag_doubled", {"tag": tag.name}
    if (code := tags.get("SiteIDCode", "").strip()) and not CODE.fullmatch(code):
        yield "tag_code_wrong", {"tag": "SiteIDCode", "written": code}
    if (moment := tags.get("PubDate", "").strip()) and not MOMENT.match(moment):
        yield "tag_date_wrong", {"tag": "PubDate", "written": moment}
    title = re.sub(r"\s", "", tags.get("ArticleTitle", ""))
    shown = re.sub(r"\s", "", heading)
    if kind == Kind.ARTICLE and title and shown and title not in shown and shown not in title:
        yield "tag_title_differs", {"tag": "ArticleTitle", "written": title, "heading": shown}


def marks(foot: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The marks that the foot of a page lacks or writes wrongly."""
    for fault, seen in MARKS.items():
        if not seen.search(foot):
            yield fault, {}
        elif fault in WHOLE and not WHOLE[fault].search(foot):
            yield "mark_malformed", {"mark": fault, "text": foot[max(0, seen.search(foot).start() - 4) :][:40]}  # type: ignore[union-attr]
