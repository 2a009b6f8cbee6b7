"""What comes from the office network: a released document becomes a draft article, once."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import rules, text
from .desk.models import Article, open_draft
from .models import Column

POLICY = "policy"  # the path of the column 政策文件


def public_document(payload: Mapping[str, object], files: Mapping[str, BinaryIO], package: object) -> None:
    """A document that the office released for the public (条例第三十一条; design §5)."""
    receive(payload, {name: _bytes(file) for name, file in files.items()})


def _bytes(file: BinaryIO | Path | bytes) -> bytes:
    if isinstance(file, bytes):
        return file
    return file.read_bytes() if isinstance(file, Path) else file.read()


def _blocks(payload: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The document's text, its 主送机关 as the first line, its attachments at the end."""
    body, recipients = payload["body"], payload.get("recipients")
    blocks = list(body) if isinstance(body, list) else []
    if isinstance(recipients, list) and recipients:
        blocks.insert(0, {"kind": "para", "text": "，".join(str(name) for name in recipients) + "："})
    return blocks + _attached(payload)


def _attached(payload: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The attachments that are texts, each below its name."""
    attached = payload.get("attachments")
    blocks: list[Mapping[str, object]] = []
    for one in attached if isinstance(attached, list) else []:
        blocks += [{"kind": "heading", "level": 1, "text": f"附件：{one['name']}"}, *one["body"]]
    return blocks


@action
def receive(payload: Mapping[str, object], files: Mapping[str, bytes]) -> Article:
    """The draft article of a document; a document that came before is the same draft."""
    number, organ = str(payload["number"]), str(payload["organ_name"])
    origin = f"office:{payload['code']}"
    if known := Article.objects.filter(origin=origin).first():
        return known
    column = Column.objects.select_related("site").filter(path=POLICY).order_by("site__code").first()
    if column is None:
        raise Refused(_("没有“政策文件”栏目，不能接收公开的公文"))
    attachments = []
    for name, content in sorted(files.items()):
        file = store(BytesIO(content), name)
        shown = f"{payload['title']}.{file.kind}" if name == f"{payload['code']}.{file.kind}" or len(files) == 1 else name
        attachments.append({"sm3": file.sm3, "name": shown.replace("/", "／"), "kind": file.kind, "size": file.size})
    article = open_draft(
        column=column,
        title=str(payload["title"]),
        body=text.from_blocks(_blocks(payload)),
        source=organ,
        issuer=organ,
        number=number,
        dated=date.fromisoformat(str(payload["date"])),
        validity=rules.Validity.VALID.value,
        attachments=attachments,
        origin=origin,
    )
    record(None, "sites.receive", article, {"number": number, "title": article.title, "column": column.path}, organ=column.site.organ)
    notify(
        (rules.Role.EDITOR.value, column.site.operator or column.site.organ),
        _("政策文件栏目收到待发布文章：%(title)s"),
        f"/articles/{article.pk}/",
        params={"title": article.title},
    )
    return article
