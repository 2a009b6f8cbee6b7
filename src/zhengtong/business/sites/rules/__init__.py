"""What the rule books ask of a government site: marks, columns, tags, and the way of an article.

政府网站发展指引 (国办发〔2017〕47号) and its 附件《网页设计规范》 and 《网页标签》; row by row with its article.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STATE_LABELS = {State.DRAFT: _("草稿"), State.PUBLISHED: _("已发布"), State.WITHDRAWN: _("已撤下")}


class Role(StrEnum):
    EDITOR = "editor"
    UNIT_READER = "unit_reader"
    OFFICE_READER = "office_reader"
    PUBLISHER = "publisher"


ROLE_NEEDED = {
    Role.EDITOR: _("须由网站编辑操作"),
    Role.UNIT_READER: _("须由初审人操作"),
    Role.OFFICE_READER: _("须由复审人操作"),
    Role.PUBLISHER: _("须由网站发布员操作"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an article: what may follow what, and who may take it."""

    verb: str
    source: State
    target: State
    role: Role
    article: str
    reason: bool = False


# fmt: off
STEPS = (
    #    verb        from             to               who              article
    Step("edit",     State.DRAFT,     State.DRAFT,     Role.EDITOR,     "政府网站发展指引 五（一）"),
    Step("edit",     State.PUBLISHED, State.PUBLISHED, Role.EDITOR,     "政府网站发展指引 五（一）"),
    Step("edit",     State.WITHDRAWN, State.WITHDRAWN, Role.EDITOR,     "政府网站发展指引 五（一）"),
    Step("publish",  State.DRAFT,     State.PUBLISHED, Role.PUBLISHER,  "政府网站发展指引 五（一）"),
    Step("publish",  State.PUBLISHED, State.PUBLISHED, Role.PUBLISHER,  "政府网站发展指引 五（一）"),
    Step("publish",  State.WITHDRAWN, State.PUBLISHED, Role.PUBLISHER,  "政府网站发展指引 五（一）"),
    Step("withdraw", State.PUBLISHED, State.WITHDRAWN, Role.PUBLISHER,  "政府网站发展指引 五（一）", reason=True),
    Step("pull",     State.PUBLISHED, State.WITHDRAWN, Role.EDITOR,     "政府网站发展指引 五（一）；紧急撤下", reason=True),
)
# fmt: on


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes from `state`, or None when there is none."""
    return next((s for s in STEPS if s.verb == verb and s.source == state), None)


class Validity(StrEnum):
    """有效性 of a policy file, which must stand on the original page (发展指引 三（一）)."""

    NONE = ""
    VALID = "valid"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


VALIDITY_LABELS = {
    Validity.NONE: _("不适用"),
    Validity.VALID: _("现行有效"),
    Validity.AMENDED: _("已修改"),
    Validity.REPEALED: _("已废止"),
    Validity.EXPIRED: _("已失效"),
}


class ColumnKind(StrEnum):
    """What a column's page is made of."""

    LIST = "list"
    SINGLE = "single"
    ORGANS = "organs"
    LEADERS = "leaders"
    SERVICES = "services"
    INTERACTION = "interaction"


COLUMN_KINDS = {
    ColumnKind.LIST: _("文章列表"),
    ColumnKind.SINGLE: _("单篇"),
    ColumnKind.ORGANS: _("机构职能"),
    ColumnKind.LEADERS: _("领导信息"),
    ColumnKind.SERVICES: _("办事服务"),
    ColumnKind.INTERACTION: _("互动交流"),
}
WITH_ARTICLES = (ColumnKind.LIST, ColumnKind.SINGLE)


@dataclass(frozen=True, slots=True)
class Period:
    """How long a column may go without news, and what follows when it does."""

    code: str
    name: str
    days: int | None  # calendar days; None: as declared by the owner
    months: int | None
    effect: str
    article: str


INSPECTION = "政府网站与政务新媒体检查指标 单项否决"
# fmt: off
PERIODS = (
    #      code         name                       days  months  effect                          article
    Period("home",      _("首页栏目"),                 14, None,   _("单项否决"),                    INSPECTION + "（首页）"),
    Period("news",      _("动态、要闻类"),             14, None,   _("计入“5个以上栏目”单项否决"),    INSPECTION + "（栏目）"),
    Period("notices",   _("通知公告、政策文件类"),     None, 6,    _("计入“5个以上栏目”单项否决"),    INSPECTION + "（栏目）"),
    Period("yearly",    _("人事、规划计划类"),         None, 12,   _("扣分"),                       "全国政府网站普查评分表 信息更新"),
    Period("questions", _("政务咨询类"),               None, 3,    _("单项否决"),                    INSPECTION + "（互动）"),
    Period("declared",  _("按主办单位申报的周期"),     None, None, _("10个以上逾期为单项否决"),       INSPECTION + "（栏目）"),
    Period("steady",    _("内容变化时更新"),           None, None, _("须准确"),                      "政府网站发展指引 三（一）"),
)
# fmt: on
PERIOD = {p.code: p for p in PERIODS}

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the seven marks at the foot of every page (《网页设计规范》底部功能区)."""

    code: str
    name: str
    pattern: str


MARKS = (
    Mark("party_mark", _("党政机关网站标识"), r"CA\d{21}"),
    Mark("report_error", _("我为政府网站找错"), r"(https://\S+|/\S+)"),
    Mark("identification_code", _("网站标识码"), r"\d{10}|bm\d{8}"),
    Mark("organiser", _("主办单位与联系方式"), r"\S.*"),
    Mark("icp", _("ICP备案编号"), rf"[{PROVINCES}]ICP备\d{{8}}号(-\d+)?"),
    Mark("police", _("公安机关备案标识"), rf"[{PROVINCES}]公网安备\s?\d{{14}}号"),
    Mark("site_map", _("站点地图"), r"/\S*"),
)


def mark_objections(values: Mapping[str, str]) -> list[Objection]:
    """Marks that are missing or can't be right; empty when the foot of the page is complete."""
    return [
        Objection(_("“%(mark)s”缺失或格式不符"), {"mark": mark.name}, mark.code)
        for mark in MARKS
        if not re.fullmatch(mark.pattern, values.get(mark.code, ""))
    ]


DOMAIN = re.compile(r"([a-z0-9][a-z0-9-]{0,61}\.)+gov\.cn")
COLUMN_PATH = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
# Paths that the portal itself answers; no column may take them.
RESERVED = ("api", "counter", "elder", "health", "language", "search", "static", "assets", "sitemap", "feed", "data", "sites")


def path_objection(path: str) -> Objection | None:
    """Why a column can't have this address, or None."""
    if not COLUMN_PATH.fullmatch(path):
        return Objection(_("栏目路径只用小写字母、数字和连字符，各级以“/”分隔"), field="path")
    if path.split("/")[0] in RESERVED:
        return Objection(_("“%(path)s”是保留路径"), {"path": path}, "path")
    return None


TITLE_LIMIT, SUMMARY_LIMIT, KEYWORD_LIMIT, KEYWORDS_LIMIT = 200, 120, 20, 5  # our own; the norm gives none


def publish_objections(title: str, source: str, body: str, attachments: int, keywords: Sequence[str]) -> list[Objection]:
    """What an article lacks to be published: no republishing without 来源, no empty page (发展指引 三、五)."""
    found = []
    if not title.strip():
        found.append(Objection(_("请填写标题"), field="title"))
    if len(title) > TITLE_LIMIT:
        found.append(Objection(_("标题超过%(limit)d字"), {"limit": TITLE_LIMIT}, "title"))
    if not source.strip():
        found.append(Objection(_("请填写来源：没有来源的信息不得发布"), field="source"))
    if not body.strip() and not attachments:
        found.append(Objection(_("正文和附件至少有一项"), field="body"))
    if len(keywords) > KEYWORDS_LIMIT or any(len(word) > KEYWORD_LIMIT for word in keywords):
        found.append(
            Objection(_("关键词不超过%(count)d个，每个不超过%(limit)d字"), {"count": KEYWORDS_LIMIT, "limit": KEYWORD_LIMIT}, "keywords")
        )
    return found


def words(text: str) -> list[str]:
    """Key words as people separate them: ，、; and blanks (网页标签: written with a comma)."""
    return [word for word in re.split(r"[，,；;、\s]+", text) if word]


class Page(StrEnum):
    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Tag:
    """One meta tag: on which pages it stands, and whether it must (《网页标签》)."""

    name: str
    pages: tuple[Page, ...]
    required: bool


EVERY = (Page.HOME, Page.COLUMN, Page.ARTICLE)
# fmt: off
TAGS = (
    Tag("SiteName",          EVERY,                       True),
    Tag("SiteDomain",        EVERY,                       True),
    Tag("SiteIDCode",        EVERY,                       True),
    Tag("ColumnName",        (Page.COLUMN, Page.ARTICLE), True),
    Tag("ColumnDescription", (Page.COLUMN,),              True),
    Tag("ColumnKeywords",    (Page.COLUMN,),              True),
    Tag("ColumnType",        (Page.COLUMN, Page.ARTICLE), True),
    Tag("ArticleTitle",      (Page.ARTICLE,),             True),
    Tag("PubDate",           (Page.ARTICLE,),             True),
    Tag("ContentSource",     (Page.ARTICLE,),             True),
    Tag("Keywords",          (Page.ARTICLE,),             False),
    Tag("Author",            (Page.ARTICLE,),             False),
    Tag("Description",       (Page.ARTICLE,),             False),
    Tag("Url",               (Page.ARTICLE,),             False),
)
# fmt: on


def tags(page: Page, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The meta tags of a page in the norm's order; an optional one without a value is left out."""
    return [(tag.name, values.get(tag.name, "")) for tag in TAGS if page in tag.pages and (tag.required or values.get(tag.name))]


LIST_SIZE = 20  # articles on one list page


def list_pages(count: int) -> int:
    """How many list pages there are; numbered from the oldest, so that a new article shifts none."""
    return max(1, -(-count // LIST_SIZE))
