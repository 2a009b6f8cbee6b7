"""Who may know documents of a level."""

from django.db import models
from django.db.models import Q


class Clearance(models.Model):
    """涉密等级: until when a person may know documents of a level; given by the security administrator (design §3b.2)."""

    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField("涉密等级", max_length=2)
    until = models.DateField("有效期至")
    given_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField("授予时间")

    class Meta:
        constraints = [models.CheckConstraint(name="documents_clearance_level", condition=Q(level__in=["秘密", "机密", "绝密"]))]
