"""Matters that are followed until they are done, with what their owners reported and asked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Item(models.Model):
    """督办件: one matter out of an instruction, with its owner and its date."""

    code = models.CharField("督办编号", max_length=20, unique=True)
    number = models.CharField("督办号", max_length=40)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="督办机关")
    office = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="督办办事机构")
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, related_name="+")
    profile = models.CharField("网络属性", max_length=12, choices=[("open", "党政网（非涉密）"), ("classified", "涉密内网")])
    secrecy = models.CharField("密级", max_length=2, blank=True)
    paper = models.CharField("来源文件编号", max_length=40, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    source_link = models.CharField("来源页面", max_length=200, blank=True)
    instruction = models.TextField("批示", blank=True)
    task = models.CharField("督办事项", max_length=200)
    giver = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="交办领导")
    owner = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人")
    due = models.DateField("办结期限")
    first_due = models.DateField("原定期限")
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.STATE_LABELS.items()], default=rules.State.RUNNING.value
    )
    level = models.PositiveSmallIntegerField("已上报级次", default=0)
    reminded_on = models.DateField("最近提醒", null=True, blank=True)
    opened_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="立项人")
    opened_at = models.DateTimeField("立项时间")
    closed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    outcome = models.TextField("办结或撤项说明", blank=True)

    class Meta:
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["state", "due"], name="supervision_open_by_date")]
        constraints = [
            models.CheckConstraint(name="supervision_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(name="supervision_level", condition=Q(level__lte=len(rules.CLIMBS))),
            models.CheckConstraint(name="supervision_date_only_moves_on", condition=Q(due__gte=models.F("first_due"))),
            models.CheckConstraint(
                name="supervision_ended_by_someone_at_a_time",
                condition=Q(state__in=["running", "reported"], closed_by__isnull=True, closed_at__isnull=True)
                | Q(state__in=["closed", "cancelled"], closed_by__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(name="supervision_secrecy_only_when_classified", condition=Q(secrecy="") | Q(profile="classified")),
            models.CheckConstraint(name="supervision_secret_has_one_owner", condition=Q(secrecy="") | Q(person__isnull=False)),
            models.UniqueConstraint(fields=["organ", "number"], name="supervision_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Report(models.Model):
    """反馈: what the owner reported; `final` asks for closure."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    text = models.TextField("进展")
    final = models.BooleanField("报办结", default=False)
    answer = models.CharField("退回意见", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="supervision_report_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.item} {self.at:%Y-%m-%d}"


class Extension(models.Model):
    """延期: asked for by the owner, decided by whoever gave the matter, or his office."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="extensions")
    asked_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    until = models.DateField("延期至")
    reason = models.CharField("理由", max_length=rules.LONGEST)
    granted = models.BooleanField("是否同意", null=True, blank=True)
    decided_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("批复时间", null=True, blank=True)
    note = models.CharField("批复意见", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(granted__isnull=True), name="supervision_one_extension_at_a_time"),
            models.CheckConstraint(
                name="supervision_extension_decided_by_someone",
                condition=Q(granted__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.until}"
