"""Laying a file ready at the desk, and taking the list of attachments over into the document."""

from collections.abc import Sequence
from dataclasses import replace

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Attachment, Document, Enclosure
from zhengtong.office.documents.queries.attachments import attached
from zhengtong.office.documents.rules import attachments as rules
from zhengtong.office.documents.rules import body
from zhengtong.office.documents.rules.attachments import Attached
from zhengtong.papers.archive import paging


@action
def lay(by: Person, data: bytes, name: str) -> Attached:
    """Lay a file ready to be attached: checked by its content, kept as it came. The person's own, no part of any document yet."""
    file = store(data, name, limit_mb=rules.LARGEST_MB, allowed=rules.KINDS)
    try:
        paging.pages(data, file.kind)  # it will be filed one day and must open then
    except ValueError:
        raise Refused(_("“%(name)s”打不开（已损坏或加了密码），没有收下"), name=name, field="attachments") from None
    Enclosure.objects.get_or_create(person=by, file=file, defaults={"at": clock.now()})
    return Attached(rules.stem(name), sm3=file.sm3, file=name[-200:], size=file.size)


def attach(document: Document, wanted: Sequence[Attached], by: Person) -> None:
    """Take the list over; what stays keeps its ids, and an id that was once given is never given again."""
    before = attached(document)
    if tuple(replace(one, size=0) for one in before) == tuple(replace(one, size=0) for one in wanted):
        return
    old = {one.key: one for one in document.attachments.select_related("file")}
    rows = [_row(document, order, one, old.pop(one.key, None), by) for order, one in enumerate(wanted, start=1)]
    document.attachments.all().delete()
    Attachment.objects.bulk_create(rows)


def _row(document: Document, order: int, one: Attached, old: Attachment | None, by: Person) -> Attachment:
    file = _file(document, one.sm3, by) if one.sm3 else None
    if old is None or old.file_id != (file.pk if file else None):
        document.block_top += 1
        old = Attachment(key=f"{rules.HEAD}{document.block_top}")
    row = Attachment(document=document, order=order, key=old.key, name=" ".join(one.name.split()))
    if file:
        row.file, row.file_name = file, one.file or f"{row.name}.{file.kind}"
        return row
    row.body = body.parse(one.text, old.body, document.block_top)
    document.block_top = max(document.block_top, *(int(str(block["id"])[1:]) for block in row.body), 0)
    return row


def _file(document: Document, sm3: str, by: Person) -> File:
    """The file, when it is attached already or this very person laid it ready."""
    known = document.attachments.filter(file__sm3=sm3).exists() or Enclosure.objects.filter(person=by, file__sm3=sm3).exists()
    if not known:
        raise Refused(_("附件文件没有上传成功，请重新选择文件"), field="attachments")
    return File.objects.get(sm3=sm3)
