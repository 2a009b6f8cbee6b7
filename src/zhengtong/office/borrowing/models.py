"""利用登记: each request, what came of it, and every single opening. Items are known by their archival number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Loan(models.Model):
    """A request to read one item, and the reading that was granted."""

    code = models.CharField("利用编号", max_length=20, unique=True)
    item = models.CharField("档号", max_length=40, db_index=True)
    title = models.CharField("题名", max_length=500)
    fonds = models.CharField("全宗号", max_length=4)
    year = models.PositiveSmallIntegerField("归档年度")
    secrecy = models.CharField("密级", max_length=2, blank=True)
    where = models.CharField("归属", max_length=8, choices=[(w.value, _(label)) for w, label in rules.WHERES.items()])
    reader = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="利用人")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="利用人机关")
    purpose = models.CharField("利用目的", max_length=12, choices=[(p.value, _(label)) for p, label in rules.PURPOSES.items()])
    note = models.CharField("用途", max_length=rules.LONGEST)
    days = models.PositiveSmallIntegerField("天数")
    copies = models.BooleanField("需要复制件", default=False)
    state = models.CharField("状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.STATE_LABELS.items()])
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    decided_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人")
    until = models.DateField("可阅读至", null=True, blank=True)
    extended = models.BooleanField("已续借", default=False)
    ended_at = models.DateTimeField("归还或收回时间", null=True, blank=True)
    reason = models.CharField("理由", max_length=rules.LONGEST, blank=True)
    effect = models.CharField("利用效果", max_length=rules.LONGEST, blank=True)
    reminded = models.DateField("到期前已提醒", null=True, blank=True)
    warned = models.DateField("到期后已提醒", null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["state", "until"], name="borrowing_running")]
        constraints = [
            models.CheckConstraint(name="borrowing_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(name="borrowing_where", condition=Q(where__in=[w.value for w in rules.Where])),
            models.CheckConstraint(name="borrowing_purpose", condition=Q(purpose__in=[p.value for p in rules.Purpose])),
            models.CheckConstraint(
                name="borrowing_read_until_a_day", condition=~Q(state__in=["granted", "returned", "recalled"]) | Q(until__isnull=False)
            ),
            models.CheckConstraint(
                name="borrowing_approved_unless_open",
                condition=Q(where="open") | Q(state__in=["asked", "withdrawn"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="borrowing_ended_with_a_reason", condition=~Q(state__in=["refused", "recalled"]) | ~Q(reason="")),
            models.CheckConstraint(name="borrowing_no_copy_of_a_secret", condition=Q(secrecy="") | Q(copies=False)),
            models.UniqueConstraint(
                fields=["item", "reader"], condition=Q(state__in=["asked", "granted"]), name="borrowing_one_running_each"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Opening(models.Model):
    """阅读记录: one content opened or copied by the reader, at this moment. Rows are added, never changed."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="openings")
    part = models.CharField("内容", max_length=12)
    name = models.CharField("文件名", max_length=200)
    sm3 = models.CharField("摘要", max_length=64)
    copied = models.BooleanField("复制")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.loan} {self.name}"
