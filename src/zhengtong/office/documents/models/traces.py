"""Every version and every change of a document. Rows are only ever added."""

from django.db import models
from django.db.models import Q

from zhengtong.office.documents.rules import attachments, steps

from .document import STATES, Document


class Revision(models.Model):
    """The whole content as one handler left it. Rows are added, never changed: the marked-up draft is computed from them."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField("版本")
    state = models.CharField("所处环节", max_length=12, choices=STATES)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="documents_revision_once"),
            models.CheckConstraint(name="documents_revision_state", condition=Q(state__in=[s.value for s in steps.State])),
        ]

    @property
    def text(self) -> str:
        return "\n".join(attachments.lines(self.content))


class Step(models.Model):
    """One change by one hand (留痕). Neither code nor database changes or deletes a step; each digest covers the one before."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField("序号")
    version = models.PositiveIntegerField("版本")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="存入人")
    hand = models.CharField("修改人", max_length=80)
    at = models.DateTimeField("修改时间")
    op = models.JSONField("改动")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        ordering = ["document", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="documents_step_once"),
            models.CheckConstraint(name="documents_steps_from_one", condition=Q(seq__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.document.code}#{self.seq}"
