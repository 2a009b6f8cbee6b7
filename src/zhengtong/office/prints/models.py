"""The register of prints. It names papers by their codes only: their titles are asked of their rooms, for each reader."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Print(models.Model):
    """One act of printing: what, how many copies, for whom, why, by whom. Rows are added, never changed."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    thing = models.CharField("印的是", max_length=10, choices=[(t.value, _(name)) for t, name in rules.THINGS.items()])
    paper = models.CharField("文件编号", max_length=40)
    copies = models.PositiveSmallIntegerField("份数")
    receiver = models.CharField("印给谁", max_length=rules.LONGEST)
    reason = models.CharField("用途", max_length=rules.LONGEST)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="打印人")
    at = models.DateTimeField("打印时间")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organ", "-id"], name="prints_of_an_organ"), models.Index(fields=["thing", "paper"])]
        constraints = [
            models.CheckConstraint(name="prints_thing", condition=Q(thing__in=[t.value for t in rules.Thing])),
            models.CheckConstraint(name="prints_copies", condition=Q(copies__gte=1, copies__lte=rules.MOST)),
            models.CheckConstraint(name="prints_has_receiver_and_reason", condition=~Q(receiver="") & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.thing}:{self.paper} ×{self.copies}"


class Ending(models.Model):
    """Copies that came back or were destroyed. Rows are added, never changed."""

    printed = models.ForeignKey(Print, on_delete=models.PROTECT, related_name="endings")
    fate = models.CharField("去向", max_length=10, choices=[(f.value, _(name)) for f, name in rules.FATES.items()])
    copies = models.PositiveSmallIntegerField("份数")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="经办人")
    witness = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监销人")
    note = models.CharField("说明", max_length=rules.LONGEST, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="prints_fate", condition=Q(fate__in=[f.value for f in rules.Fate])),
            models.CheckConstraint(name="prints_ended_copies", condition=Q(copies__gte=1)),
            models.CheckConstraint(
                name="prints_destroyed_by_two", condition=~Q(fate="destroyed") | (Q(witness__isnull=False) & ~Q(witness=models.F("by")))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_id} {self.fate} ×{self.copies}"
