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
            "/feed/index.json": _get("最新信息（JSON Feed 1.1）", {"type": "object"}),
        },
        "components": {"schemas": {"Article": ARTICLE, "Column": COLUMN, "Columns": COLUMNS, "File": FILE, "Room": ROOM, "Site": SITE}},
    }
