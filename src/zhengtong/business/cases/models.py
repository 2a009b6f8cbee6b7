"""Cases: what an application becomes in the business network."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.forms.rules import Kind, masked

from . import rules


class Case(models.Model):
    """One application for one item. Personal data: kept for the item's archival period, shown masked in lists."""

    number = models.CharField("办件编号", max_length=40, unique=True)
    item = models.ForeignKey("items.Item", on_delete=models.PROTECT, related_name="+", verbose_name="事项")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="实施机关")
    receipt = models.CharField("门户回执号", max_length=40, unique=True)
    applicant = models.CharField("申请人", max_length=80)
    identity = models.CharField("证件号码", max_length=40)
    phone = models.CharField("联系电话", max_length=40)
    answers = models.JSONField("表单", default=dict)
    state = models.CharField("状态", max_length=12, choices=[(s.value, label) for s, label in rules.STATES.items()])
    handed_in_at = models.DateTimeField("提交时间")
    received_at = models.DateTimeField("收件时间")
    notice = models.TextField("补正告知", blank=True)
    completions = models.PositiveSmallIntegerField("补正告知次数", default=0)
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    accepted_by_silence = models.BooleanField("逾期视为受理", default=False)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    reason = models.TextField("决定理由", blank=True)
    status_key = models.CharField("状态密钥", max_length=64, help_text="to encrypt the status for the resident's code only")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["state", "organ"])]
        constraints = [
            models.CheckConstraint(name="cases_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(
                name="cases_no_decision_before_acceptance", condition=~Q(state__in=["granted", "refused"]) | Q(accepted_at__isnull=False)
            ),
            models.CheckConstraint(name="cases_refusal_gives_reason", condition=~Q(state__in=["refused", "not_accepted"]) | ~Q(reason="")),
            models.CheckConstraint(name="cases_one_completion_notice", condition=Q(completions__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.item}"

    @property
    def masked_applicant(self) -> str:
        """The applicant as lists show him."""
        return masked(Kind.NAME, self.applicant)


class Attachment(models.Model):
    """One paper that was handed in."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    material = models.CharField("材料", max_length=40)
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("第几次提交", default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """What the resident thought (国办发〔2019〕51号): once for each case."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField("评价", choices=list(rules.RATINGS.items()))
    words = models.TextField("意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.CheckConstraint(name="cases_one_to_five_stars", condition=Q(stars__gte=1, stars__lte=5))]

    def __str__(self) -> str:
        return f"{self.case.number}：{self.get_stars_display()}"
