"""An item as a record that can leave the system: its metadata, contents, process and people, all from what is kept in it."""

from collections.abc import Iterable

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.queries import read
from zhengtong.office.archive import rules
from zhengtong.office.archive.models import Item, Part
from zhengtong.papers.archive import Content, Record, xml
from zhengtong.papers.archive.record import Outside

LOGGED = ("documents.document", "incoming.incoming", "dispatch.dispatch")  # whose entries belong to a paper's log


def suffix(name: str, kind: str) -> str:
    """格式信息: by the name where the kind is plain text (xml, json)."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if kind == "txt" and stem and dot and last.isalnum() else kind


def outside(part: Part) -> Outside:
    """A part by its digest and size alone, as the metadata tell of it."""
    kind = suffix(part.name, part.file.kind)
    return Outside(part.role, rules.PARTS[rules.Role(part.role)][1], part.name, kind, b"", part.file.sm3, part.file.size)


def content(part: Part) -> Content:
    """A part with its bytes."""
    label = rules.PARTS[rules.Role(part.role)][1]
    return Content(part.role, label, part.name, suffix(part.name, part.file.kind), read(part.file.sm3))


def described(part: Part) -> Record:
    """What the metadata file of an item tells."""
    return told(read(part.file.sm3))


def told(data: bytes) -> Record:
    """What a metadata file tells: its contents by name, digest and size alone."""
    root = xml.parse(data)
    found = xml.unwrap(root, lambda _path: b"")
    facts = [xml.told(one) for one in root.iterfind(f".//{xml.tag('文档')}")]
    contents = (
        Outside(one.role, one.text, one.name, one.kind, b"", digest, int(size) if size.isdecimal() else -1)
        for one, (_role, digest, size) in zip(found.contents, facts, strict=True)
    )
    return Record(found.values, tuple(contents), found.events, found.agents)


def record(item: Item) -> Record:
    """The whole item, for a package."""
    parts = list(item.parts.select_related("file"))
    told = described(next(part for part in parts if part.role == rules.Role.METADATA))
    return Record(told.values, tuple(content(part) for part in parts), told.events, told.agents)


def metadata(record_: Record) -> bytes:
    """The metadata file (DA/T 46-2009): the contents stay outside, named with size and digest."""
    return xml.HEAD + xml.canonical(xml.wrap(record_, lambda _place, one: one.name))


def log_names(items: Iterable[Item]) -> dict[str, str]:
    """Under which targets the log knows a paper, and whose item that is."""
    found: dict[str, str] = {}
    for item in items:
        found |= {f"{table}:{own}": item.document for table in LOGGED for own in (item.document, item.number)}
        found[f"archive.item:{item.document}"] = item.document
    return found


def entries(items: Iterable[Item]) -> dict[str, list[Entry]]:
    """The log of each of these items, in one reading."""
    names = log_names(items)
    found: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(target__in=names).order_by("id"):
        found.setdefault(names[entry.target], []).append(entry)
    return found
