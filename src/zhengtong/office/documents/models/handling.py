"""What the handlers of a document leave beside it: handwriting, answers of consulted organs, its release to the public."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .document import Document


class Handwriting(models.Model):
    """An opinion written by hand, as strokes; bound to the version that it was given on."""

    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="handwritings")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("书写时间")
    version = models.PositiveIntegerField("版本")
    digest = models.CharField("内容摘要", max_length=64)
    strokes = models.JSONField("笔迹")


class Consultation(models.Model):
    """What a consulted organ answered. A disagreement blocks signing until it is settled (第十六条（四）)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="consultations")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("送出时间")
    answer = models.CharField("答复", max_length=10, blank=True, choices=[("agree", _("同意")), ("disagree", _("不同意"))])
    reason = models.TextField("意见", blank=True)
    answered_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    settlement = models.TextField("协调结果", blank=True)
    settled_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("协调时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="documents_consultation_answer", condition=Q(answer__in=["", "agree", "disagree"])),
            models.CheckConstraint(name="documents_disagreement_has_its_reason", condition=~Q(answer="disagree") | ~Q(reason="")),
            models.CheckConstraint(
                name="documents_settled_by_someone", condition=Q(settled_by__isnull=True, settlement="") | Q(settled_by__isnull=False)
            ),
        ]

    @property
    def unsettled(self) -> bool:
        return self.answer == "disagree" and not self.settled_by_id


class Reservation(models.Model):
    """保留: errors of the rule book that the office left in a document, with its reason (第二十条（四）)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reservations")
    digest = models.CharField("内容摘要", max_length=64)
    rules = models.JSONField("规则")
    reason = models.TextField("理由")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="documents_reservation_has_its_reason", condition=~Q(reason=""))]


class Release(models.Model):
    """One attempt to bring a document to the public, bound to the digest of what was signed (design §3b.8)."""

    PROPOSED, REVIEWED, RELEASED, REFUSED = "proposed", "reviewed", "released", "refused"
    STATES = {PROPOSED: _("已提出"), REVIEWED: _("已审查"), RELEASED: _("已批准公开"), REFUSED: _("不予公开")}

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="releases")
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=list(STATES.items()), default=PROPOSED)
    digest = models.CharField("内容摘要", max_length=64)
    proposed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    reviewed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField("审查时间", null=True, blank=True)
    decided_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="documents_release_state", condition=Q(state__in=["proposed", "reviewed", "released", "refused"])),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=["proposed", "reviewed", "released"]), name="documents_released_once"
            ),
            models.CheckConstraint(
                name="documents_release_by_two_others",
                condition=~Q(state="released")
                | (Q(reviewed_by__isnull=False, decided_by__isnull=False) & ~Q(reviewed_by=models.F("proposed_by"))),
            ),
        ]
