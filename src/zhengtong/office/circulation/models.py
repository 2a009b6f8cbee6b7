"""Circulations of papers, known by their permanent codes, and one row for each time a person is asked to read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Circulation(models.Model):
    """A paper that an organ lets people read."""

    paper = models.CharField("文件编号", max_length=40)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="传阅机关")
    profile = models.CharField("网络属性", max_length=12, choices=[("open", "党政网（非涉密）"), ("classified", "涉密内网")])
    origin = models.CharField("来源", max_length=10, choices=[(k, _(label)) for k, label in rules.ORIGINS.items()])
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    secrecy = models.CharField("密级", max_length=2, blank=True)
    scope = models.JSONField("知悉范围", default=list, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.STATE_LABELS.items()], default=rules.State.RUNNING.value
    )
    due = models.DateField("阅毕期限")
    note = models.CharField("附言", max_length=rules.LONGEST, blank=True)
    reason = models.CharField("收回理由", max_length=rules.LONGEST, blank=True)
    begun_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="传阅人")
    begun_at = models.DateTimeField("开始时间")

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "organ"], name="circulation_once_per_organ"),
            models.CheckConstraint(name="circulation_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(name="circulation_origin", condition=Q(origin__in=list(rules.ORIGINS))),
            models.CheckConstraint(name="circulation_recall_has_a_reason", condition=~Q(state="recalled") | ~Q(reason="")),
            models.CheckConstraint(name="circulation_secrecy_only_when_classified", condition=Q(secrecy="") | Q(profile="classified")),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.title}"


class Sheet(models.Model):
    """One file that is read."""

    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="sheets")
    order = models.PositiveSmallIntegerField("次序")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=200)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["circulation", "order"], name="circulation_sheet_place")]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One person asked to read. The row lives until it is taken off the list; what he confirmed stays on record."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="阅件人")
    added_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="送阅人")
    added_at = models.DateTimeField("送阅时间")
    read_at = models.DateTimeField("阅毕时间", null=True, blank=True)
    remark = models.CharField("阅件意见", max_length=rules.LONGEST, blank=True)
    urges = models.PositiveSmallIntegerField("催阅次数", default=0)
    urged_at = models.DateTimeField("最近催阅", null=True, blank=True)
    removed_at = models.DateTimeField("撤出时间", null=True, blank=True)
    removed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField("撤出理由", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at__isnull=True, removed_at__isnull=True), name="circulation_to_read"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["circulation", "person"], condition=Q(removed_at__isnull=True), name="circulation_reader_once_at_a_time"
            ),
            models.CheckConstraint(
                name="circulation_removed_with_a_reason",
                condition=Q(removed_at__isnull=True, why="") | (Q(removed_at__isnull=False) & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="circulation_urges_have_a_time", condition=Q(urges=0, urged_at__isnull=True) | Q(urges__gt=0, urged_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circulation_id} {self.person_id}"
