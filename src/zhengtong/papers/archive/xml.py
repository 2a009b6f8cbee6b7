"""The record as XML and back (DA/T 48-2009 封装内容). Everything is written in one way only (canonical XML)."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable
from typing import cast

from lxml import etree

from .record import LAYOUT, MAIN, Agent, Content, Event, Record

SPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
DEEPEST = 40  # a package has a dozen levels
CHUNK = 1 << 16
REPLACEMENT = "\ufffd"  # for the few characters that XML can't hold


class Unreadable(ValueError):
    """Not a package that can be read; both sentences for the person."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def element(name: str) -> etree._Element:
    return etree.Element(tag(name), nsmap={None: SPACE})


def put(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A child of that name; its text with what XML can't hold replaced."""
    child = etree.SubElement(parent, tag(name), attributes)
    if text is not None:
        child.text = "".join(c if _allowed(c) else REPLACEMENT for c in text)
    return child


def _allowed(c: str) -> bool:
    return c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"


def canonical(node: etree._Element) -> bytes:
    return cast(bytes, etree.tostring(node, method="c14n"))


def parse(data: bytes) -> etree._Element:
    """The root of a document; no entities, no network, nothing but what is in it, and no deeper than a package can be."""
    if b"<!DOCTYPE" in data:
        raise Unreadable("文件带有文档类型声明，不予打开", "the file declares a document type and is not opened")
    parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, no_network=True, huge_tree=True)
    depth = 0
    try:
        for begin in range(0, len(data), CHUNK):
            parser.feed(data[begin : begin + CHUNK])
            for event, _node in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth > DEEPEST:
                    raise Unreadable("XML层次过深，不予打开", "the XML is nested too deeply and is not opened")
        return cast(etree._Element, parser.close())
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("不是完整的XML文件", "not a well-formed XML file") from error


def strict(text: str | None) -> bytes:
    """Base64 that is written in the one right way; ValueError otherwise."""
    try:
        data = b64decode(text or "", validate=True)
    except Error as error:
        raise ValueError("not base64") from error
    if b64encode(data).decode() != (text or ""):
        raise ValueError("not the one way to write it")
    return data


def wrap(record: Record, path: Callable[[int, Content], str] | None = None) -> etree._Element:
    """封装内容: the record, process and agents. With `path` the contents stay outside, named by path and digest."""
    inside = element("封装内容")
    entity = put(put(inside, "文件实体块"), "文件实体")
    for container, names in LAYOUT:
        home = put(entity, container) if container else entity
        for name in names:
            if name in record.values:
                put(home, name, record.values[name])
    documents = put(entity, "文件数据")
    for place, content in enumerate(record.contents, start=1):
        _document(documents, place, content, path(place, content) if path else "")
    process = put(inside, "业务实体块")
    for place, event in enumerate(record.events, start=1):
        one = put(process, "业务实体")
        for name, text in (("业务标识符", f"业务{place}"), ("机构人员标识符", event.agent),
                           ("业务状态", "历史行为"),
                           ("业务行为", event.action), ("行为时间", event.at),
                           ("行为依据", event.basis), ("行为描述", event.note)):  # fmt: skip
            put(one, name, text)
    people = put(inside, "机构人员实体块")
    for agent in record.agents:
        one = put(people, "机构人员实体")
        for name, text in (("机构人员标识符", agent.code), ("机构人员类型", agent.kind), ("机构人员名称", agent.name),
                           ("组织机构代码", agent.organ), ("个人职位", agent.post)):  # fmt: skip
            put(one, name, text)
    return inside


def _document(parent: etree._Element, place: int, content: Content, path: str) -> None:
    one = put(parent, "文档")
    put(one, "文档标识符", f"修改0-文档{place}")
    put(one, "文档序号", str(place))
    put(one, "文档主从声明", "主文档" if content.role == MAIN else "附属文档")
    put(one, "题名", content.text)
    coded = put(put(one, "文档数据", 文档数据ID=f"修改0-文档{place}-文档数据1"), "编码", 编码ID=f"修改0-文档{place}-文档数据1-编码1")
    facts = put(coded, "电子属性")
    put(facts, "格式信息", content.kind)
    put(facts, "计算机文件名", content.name)
    put(facts, "计算机文件大小", str(content.size))
    put(coded, "编码描述", f"{content.role} SM3 {content.digest}")
    put(coded, "反编码关键字", f"外部文件-{content.kind}" if path else f"base64-{content.kind}")
    name = f"修改0-文档{place}-文档数据1-编码1-编码数据1"
    put(coded, "编码数据", path or b64encode(content.data).decode(), 编码数据ID=name)


def text(node: etree._Element, name: str) -> str:
    return node.findtext(f".//{tag(name)}") or ""


def unwrap(inside: etree._Element, fetch: Callable[[str], bytes] | None = None) -> Record:
    """The record that `wrap` wrote; `fetch` brings a content that lies outside."""
    entity = inside.find(f"{tag('文件实体块')}/{tag('文件实体')}")
    if entity is None:
        raise Unreadable("包内没有文件实体", "there is no record in the package")
    values = {}
    for container, names in LAYOUT:
        home = entity.find(tag(container)) if container else entity
        for name in names if home is not None else ():
            found = home.find(tag(name))
            if found is not None:
                values[name] = found.text or ""
    contents = tuple(_content(one, fetch) for one in entity.iterfind(f"{tag('文件数据')}/{tag('文档')}"))
    events = tuple(
        Event(text(one, "机构人员标识符"), text(one, "业务行为"), text(one, "行为时间"), text(one, "行为依据"), text(one, "行为描述"))
        for one in inside.iterfind(f"{tag('业务实体块')}/{tag('业务实体')}")
    )
    agents = tuple(
        Agent(*(text(one, name) for name in ("机构人员标识符", "机构人员类型", "机构人员名称", "组织机构代码", "个人职位")))
        for one in inside.iterfind(f"{tag('机构人员实体块')}/{tag('机构人员实体')}")
    )
    return Record(values, contents, events, agents)


def told(content: etree._Element) -> tuple[str, str, str]:
    """What a package tells of a content: role, SM3 and size."""
    role, _word, digest = text(content, "编码描述").split(" ")
    return role, digest, text(content, "计算机文件大小")


def _content(one: etree._Element, fetch: Callable[[str], bytes] | None) -> Content:
    try:
        data = fetch(text(one, "编码数据")) if fetch else strict(text(one, "编码数据"))
        return Content(told(one)[0], text(one, "题名"), text(one, "计算机文件名"), text(one, "格式信息"), data)
    except (ValueError, KeyError, OSError) as error:
        raise Unreadable("内容数据不能还原", "a content can't be restored") from error
