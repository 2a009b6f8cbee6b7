"""What the portal keeps of what was handed in: a number, a hash, a sealed status. Never a name, never an answer."""

from django.db import models
from django.db.models import Q

from . import rules


class Submission(models.Model):
    """One application. The code itself is kept nowhere; the status opens with it alone (design §3a)."""

    number = models.CharField("回执号", max_length=40, unique=True)
    item = models.CharField("事项编码", max_length=40)
    salt = models.CharField("盐", max_length=32)
    code_hash = models.CharField("查询码的加盐慢散列", max_length=32)
    once = models.CharField("表单一次性标识的摘要", max_length=64, unique=True)
    handed_in_at = models.DateTimeField("提交时间")
    status = models.TextField("封存的状态", blank=True)
    status_at = models.DateTimeField("状态时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="counter_status_with_its_time",
                condition=Q(status="", status_at__isnull=True) | (~Q(status="") & Q(status_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Desk(models.Model):
    """Where an organ takes requests for information, with the form, as the business network told it. No civil servant is named."""

    code = models.CharField("编码", max_length=40, unique=True)
    guide = models.JSONField("指南和表格")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


class Further(models.Model):
    """What was handed in later for an application: the completion that was asked for, the rating; each once."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT)
    kind = models.CharField("种类", max_length=10, choices=[(k.value, label) for k, label in rules.KINDS.items()])
    handed_in_at = models.DateTimeField("提交时间")

    class Meta:
        constraints = [
            models.CheckConstraint(name="counter_further_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.UniqueConstraint(fields=["submission", "kind"], name="counter_each_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.kind}"


class Attempt(models.Model):
    """One wrong code, to slow its source; forgotten after a day. The address is kept as a keyed digest."""

    source = models.CharField("来源摘要", max_length=64, db_index=True)
    at = models.DateTimeField("时间", help_text="real time")

    def __str__(self) -> str:
        return f"{self.source[:8]} {self.at}"
