"""The co-issuers of a joint document (联合行文, 第十七条)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhengtong.office.documents.rules import joint

MARKS = [(key, _(label)) for key, label in joint.MARKS.items()]


class Issuer(models.Model):
    """An organ that issues beside the lead organ, in its order: its head's signature over the same digest, and its seal."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="issuers")
    order = models.PositiveSmallIntegerField("次序")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="联合发文机关")
    signed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signature = models.JSONField("签名", null=True, blank=True)
    sealed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用印人")
    sealed_at = models.DateTimeField("用印时间", null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "organ"], name="documents_issuer_once"),
            models.CheckConstraint(
                name="documents_issuer_signs_with_a_key",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True, signature__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False, signature__isnull=False),
            ),
            models.CheckConstraint(
                name="documents_issuer_seals_what_it_signed",
                condition=Q(sealed_by__isnull=True, sealed_at__isnull=True)
                | Q(sealed_by__isnull=False, sealed_at__isnull=False, signature__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organ)
