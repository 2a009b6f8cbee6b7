"""附件 (条例第九条（十）（十五）; GB/T 9704-2012 7.3.4, 7.3.7): texts written here and files that go along, in their order.

To digest and traces a document is one run of blocks: those of its text, then each attachment as its head (a…), which holds the name,
followed by the blocks of its text (b…) or by its file (f…).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.papers.typeset import paper as papers

from . import body

NOTE = re.compile(r"附\s*件\s*(?:[:：]|1\s*[.．、])\s*\S")  # how a note typed by hand begins
HEAD, FILE = "a", "f"  # what the ids of an attachment's head and of its file begin with
KINDS = ("docx", "xlsx", "pdf", "ofd", "doc", "png", "jpg", "tif", "txt")
MOST = 30
LARGEST_MB = 50  # one file
ALL_MB = 150  # all files of a document: they travel in one package
LONGEST_NAME = 100
LONGEST = 200_000  # characters of all attachments' texts together
SKETCHED = 80  # lines of one attachment set while one types; the saved page shows all
MOST_ROWS = 1_000  # of tables in one text: eighty pages; a longer list is looked up in a file, not read in print


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment as the form holds it: a name with a text, or with a file by its digest. Without a key it is new."""

    name: str
    text: str = ""
    sm3: str = ""
    file: str = ""
    key: str = ""
    size: int = 0


def objections(attached: Sequence[Attached], text: str, *, complete: bool) -> Iterable[Objection]:
    """What stands against a list of attachments below a text; what only a finished draft needs is asked when it is `complete`."""
    if len(attached) > MOST:
        yield Objection(_("附件最多%(most)d个，现有%(count)d个"), {"most": MOST, "count": len(attached)}, field="attachments")
    for place, one in enumerate(attached, start=1):
        told: dict[str, object] = {"place": place, "name": one.name, "most": LONGEST_NAME, "rows": MOST_ROWS}
        if not one.name.strip():
            yield Objection(_("第%(place)d个附件没有名称"), told, field="attachments")
        if len(one.name) > LONGEST_NAME:
            yield Objection(_("第%(place)d个附件的名称超过%(most)d字"), told, field="attachments")
        if one.text.count("\n" + body.RULE) + one.text.startswith(body.RULE) > MOST_ROWS:
            yield Objection(
                _("附件“%(name)s”的表格超过%(rows)d行，印出来无法阅读，请存为电子表格作文件附件；您写的内容还在"), told, field="attachments"
            )
        if complete and not one.sm3 and not one.text.strip():
            yield Objection(_("附件“%(name)s”还没有内容"), told, field="attachments")
    if (count := sum(len(one.text) for one in attached)) > LONGEST:
        yield Objection(_("附件文字共%(count)d字，超过%(most)d字"), {"count": count, "most": LONGEST}, field="attachments")
    if sum(one.size for one in attached) > ALL_MB * 1024 * 1024:
        yield Objection(_("附件文件合计超过%(limit)d兆字节"), {"limit": ALL_MB}, field="attachments")
    if complete and attached and any(NOTE.match(unit) for unit in body.units(text)):
        yield Objection(_("附件说明由附件列表自动排在正文下，请删去正文里手写的附件说明"), field="text")


def head(key: str, name: str) -> body.Block:
    return {"id": key, "kind": "attachment", "level": 0, "text": name}


def file(key: str, sm3: str, name: str) -> body.Block:
    """A file as a block: its exact content by its digest, and the name that it came under."""
    return {"id": FILE + key[1:], "kind": "file", "level": 0, "text": f"{sm3} {name}"}


def file_of(text: str) -> tuple[str, str]:
    """Digest and name of a file from the text of its block."""
    sm3, _blank, name = text.partition(" ")
    return sm3, name


def kind(key: str) -> str:
    """What the block of this id is: attachment (its head), file or text."""
    return {HEAD: "attachment", FILE: "file"}.get(key[:1], "text")


def own(blocks: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The blocks of the document's own text."""
    first = next((at for at, (key, _text) in enumerate(blocks) if kind(key) != "text"), len(blocks))
    return blocks[:first]


def content(blocks: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    """The attachments as they are approved: each by its name with every block of its text, or with its file's digest and name."""
    found: list[dict[str, object]] = []
    rows: list[object] = []
    for key, text in blocks[len(own(blocks)) :]:
        match kind(key):
            case "attachment":
                rows = []
                found.append({"name": text, "body": rows})
            case "file":
                found[-1] = {"name": found[-1]["name"], "file": list(file_of(text))}
            case _:
                rows.append([*body.nature(text), text])
    return found


def lines(content: Mapping[str, object]) -> list[str]:
    """Every line of a stored content, those of the text and those of its attachments, as two versions are compared."""
    found = [str(row[2]) for row in _list(content["body"])]
    for one in _list(content.get("attachments", [])):
        rows = [str(row[2]) for row in one["body"]] if "body" in one else [_file(*one["file"])]
        found += [f"附件　{one['name']}", *rows]
    return found


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def shown(key: str, text: str) -> str:
    """A block's text as people read it: an attachment's name behind the word, of a file its name and the beginning of its digest."""
    match kind(key):
        case "attachment":
            return f"附件　{text}"
        case "file":
            return _file(*file_of(text))
    return text


def stretch(key: str, text: str) -> str:
    """A stretch of a block as people read it, where the word before an attachment's name stands in the page."""
    return shown(key, text) if kind(key) == "file" else text


def file_names(attached: Iterable[tuple[str, str]]) -> list[str]:
    """For files by attachment's place (附件2) and the name that each came under: the names under which they travel, no two alike."""
    found: list[str] = []
    for word, name in attached:
        clean = "".join("＿" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in name)
        stem, dot, suffix = (clean if clean.startswith(word) else f"{word} {clean}").rpartition(".")
        found.append(f"{stem[:LONGEST_NAME]}{dot}{suffix}")
    return found


def _file(sm3: str, name: str) -> str:
    return f"〔{name}　SM3 {sm3[:16]}〕"


def label(place: int, count: int) -> str:
    """附件 or 附件2: a single one carries no number (7.3.4, 7.3.7)."""
    return f"附件{place}" if count > 1 else "附件"


def printed(attached: Iterable[tuple[str, str, bool]]) -> tuple[papers.Attachment, ...]:
    """Names and texts as they are set on the page; a file (the third) is only named under the text and goes along as it is."""
    return tuple(papers.Attachment(" ".join(name.split()), () if is_file else body.printed(text)) for name, text, is_file in attached)


def beginning(text: str) -> str:
    """As much of a text as is set while one types."""
    return "\n".join(text.splitlines()[:SKETCHED])


def stem(file_name: str) -> str:
    """The name of an attachment that comes as a file: without its suffix and without the word 附件 before it."""
    name = file_name.rpartition(".")[0] or file_name
    bare = name.lstrip()
    if bare.startswith("附件"):
        bare = bare[2:].lstrip("0123456789").lstrip(" 　:：.．、-_")
    return (bare or name).strip()[:LONGEST_NAME]
