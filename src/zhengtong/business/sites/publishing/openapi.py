"""The description of the open interface (OpenAPI 3.1); `docs/api/portal.json` is what this makes, and a test compares the two."""

from zhengtong.business.sites import rules

Values = dict[str, object]
TEXT: Values = {"type": "string"}
ADDRESS: Values = {"type": "string", "format": "uri"}
TEXTS: Values = {"type": "array", "items": TEXT}


def _table(required: str, **properties: Values) -> Values:
    return {"type": "object", "properties": properties, "required": required.split()}


def _list(name: str) -> Values:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _get(summary: str, schema: Values, *parameters: Values) -> Values:
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    asked: Values = {"summary": summary, "responses": {"200": answer, "404": {"description": "没有这一份"}}}
    return {"get": asked | ({"parameters": list(parameters)} if parameters else {})}


def _part(name: str, pattern: str, said: str) -> Values:
    return {"name": name, "in": "path", "required": True, "description": said, "schema": {"type": "string", "pattern": pattern}}


def _asked(name: str, said: str, **schema: object) -> Values:
    return {"name": name, "in": "query", "description": said, "schema": {"type": "string"} | schema}


def _search() -> Values:
    """The search, which the portal answers itself: in no release, so its limits are said here and compared in the portal's tests."""
    found = _get(
        "全站搜索：服务在前，文章按标题全同、标题、正文、读音排列，同级新的在前",
        {"$ref": "#/components/schemas/SearchAnswer"},
        _asked("q", "要找的字，空格隔开的都要有，引号内的连在一起；不分标点、大小写、全半角、繁简", maxLength=60),
        _asked("kind", "类别：政策文件、办事服务、其他", enum=["policy", "service", "news"]),
        _asked("room", "子站路径", pattern=r"^[a-z0-9-]+$"),
        _asked("column", "栏目路径", pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$"),
        _asked("year", "发布年份", pattern=r"^(19|20)\d\d$"),
        _asked("number", "发文字号，括号可省", maxLength=60),
        _asked("organ", "发文机关", maxLength=60),
        _asked("validity", "有效性", enum=[v.value for v in rules.Validity if v.value]),
        _asked("sort", "new：最新在前", enum=["new"]),
        _asked("page", "第几页", type="integer", minimum=1, maximum=50),
        _asked("size", "每页条数", type="integer", minimum=1, maximum=50, default=20),
    )
    get = dict(found["get"])  # type: ignore[call-overload]
    get["description"] = (
        "每个地址每分钟最多60次；超过的回答429，Retry-After说明等几秒。没有结果时instead是可能要找的词。超过1000条时more为真。"
    )
    answers = {"200": get["responses"]["200"], "429": {"description": "问得太频繁"}, "503": {"description": "索引正在重建"}}
    return {"get": get | {"responses": answers}}


FILE = _table("url name size sm3", url=ADDRESS, name=TEXT, size={"type": "integer"}, sm3={"type": "string", "pattern": "^[0-9a-f]{64}$"})
ARTICLE = _table(
    "url title published_at source column",
    url=ADDRESS,
    title=TEXT,
    published_at={"type": "string", "format": "date-time"},
    source=TEXT,
    author=TEXT,
    summary=TEXT,
    keywords=TEXTS,
    column=TEXT,
    number=TEXT,
    dated={"type": "string", "format": "date"},
    issuer=TEXT,
    index_number=TEXT,
    validity={"type": "string", "enum": [v.value for v in rules.Validity if v.value]},
    html=TEXT,
    text=TEXT,
    files=_list("File"),
)
COLUMN = _table(
    "path name kind articles",
    path=TEXT,
    name=TEXT,
    description=TEXT,
    kind={"type": "string", "enum": [k.value for k in rules.ColumnKind]},
    type=TEXT,
    articles=TEXTS,
)
HIT = _table(
    "url title kind",
    url=TEXT,
    title=TEXT,
    kind={"type": "string", "enum": ["policy", "service", "news"]},
    text=TEXT,
    published={"type": "string", "format": "date"},
    number=TEXT,
    issuer=TEXT,
    validity={"type": "string", "enum": [v.value for v in rules.Validity if v.value]},
    column=TEXT,
)
ANSWER = _table(
    "count more page pages instead items",
    count={"type": "integer"},
    more={"type": "boolean"},
    page={"type": "integer"},
    pages={"type": "integer"},
    instead=TEXT,
    items=_list("SearchHit"),
)
SITE = _table("name domain", name=TEXT, domain=TEXT, code=TEXT, organiser=TEXT)
ROOM = _table("name path columns", name=TEXT, path=TEXT, columns=TEXT)
COLUMNS = _table(
    "site columns",
    site={"$ref": "#/components/schemas/Site"},
    columns=_list("Column"),
    services=TEXT,
    feed=TEXT,
    rooms=_list("Room"),
)


def document() -> Values:
    """The whole description."""
    column = _part("column", r"^[a-z0-9-]+(/[a-z0-9-]+)*$", "栏目路径，可以有几级")
    room = _part("room", r"^[a-z0-9-]+$", "子站路径")
    month = _part("month", r"^\d{4}-\d{2}$", "发布的年月")
    return {
        "openapi": "3.1.0",
        "info": {"title": "政府网站开放接口 / open interface of the public site", "version": "1.0.0"},
        "paths": {
            "/api/v1/columns.json": _get("站点、栏目和各栏目的文章分册", {"$ref": "#/components/schemas/Columns"}),
            "/api/v1/articles/{room}/columns.json": _get("子站的栏目和各栏目的文章分册", {"$ref": "#/components/schemas/Columns"}, room),
            "/api/v1/articles/{column}/{month}.json": _get("一个栏目一个月发布的文章，含全文", _list("Article"), column, month),
            "/api/v1/services.json": _get("办事指南", {"type": "array", "items": {"type": "object"}}),
            "/api/v1/search": _search(),
            "/feed/index.json": _get("最新信息（JSON Feed 1.1）", {"type": "object"}),
        },
        "components": {
            "schemas": {
                "Article": ARTICLE,
                "Column": COLUMN,
                "Columns": COLUMNS,
                "File": FILE,
                "Room": ROOM,
                "SearchAnswer": ANSWER,
                "SearchHit": HIT,
                "Site": SITE,
            }
        },
    }
