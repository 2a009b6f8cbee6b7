"""附件: what is attached to a document, and the files that lie ready to be attached."""

from django.db import models
from django.db.models import Q

from zhengtong.office.documents.rules import attachments, body
from zhengtong.office.documents.rules.body import Block

from .document import Document


class Attachment(models.Model):
    """One attachment in its place: a text of its own, or a file kept as it came. Part of what is approved and signed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    order = models.PositiveSmallIntegerField("次序")
    key = models.CharField("标识", max_length=12)
    name = models.CharField("名称", max_length=attachments.LONGEST_NAME)
    body = models.JSONField("正文", default=list)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=200, blank=True)

    class Meta:
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="documents_attachment_once"),
            models.CheckConstraint(name="documents_attachment_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="documents_attachment_is_text_or_file",
                condition=Q(file__isnull=True, file_name="") | (Q(file__isnull=False, body=[]) & ~Q(file_name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> str:
        """The text as it stands in the writing field."""
        return body.text(self.body)

    @property
    def blocks(self) -> list[Block]:
        """The head with what follows it, as digest and traces know them."""
        follow = [attachments.file(self.key, self.file.sm3, self.file_name)] if self.file else list(self.body)
        return [attachments.head(self.key, self.name), *follow]


class Enclosure(models.Model):
    """A file that somebody laid ready at his desk. Nobody can attach, and so read, a file that he did not bring himself."""

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "file"], name="documents_enclosure_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.file_id}"
