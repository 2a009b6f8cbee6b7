"""Sheets of appraisal, what was judged of each item, and what is left of what was destroyed. Items are known by their archival number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules
from .rules import judging

CHOICES = [(row.code, _(row.label)) for rows in judging.JUDGEMENTS.values() for row in rows]


class Sheet(models.Model):
    """开放审核表、密级审核表、销毁清册: some items of a fonds, judged together."""

    code = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("类别", max_length=12, choices=[(k.value, _(label)) for k, label in rules.KINDS.items()])
    fonds = models.CharField("全宗号", max_length=4)
    fonds_name = models.CharField("全宗名称", max_length=120)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="拟制机关")
    note = models.CharField("说明", max_length=rules.LONGEST, blank=True)
    state = models.CharField("状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.STATE_LABELS.items()])
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="拟制人")
    made_at = models.DateTimeField("拟制时间")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)
    reason = models.CharField("撤销理由", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(name="appraisal_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(name="appraisal_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(
                name="appraisal_ends_at_a_time",
                condition=Q(state__in=[s.value for s in rules.RUNNING], ended_at__isnull=True)
                | Q(state__in=["done", "dropped"], ended_at__isnull=False),
            ),
            models.CheckConstraint(name="appraisal_dropped_with_a_reason", condition=~Q(state="dropped") | ~Q(reason="")),
            models.CheckConstraint(
                name="appraisal_destroys_by_its_own_kind", condition=Q(destroyed_at__isnull=True) | Q(kind="destruction", state="done")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One item on a sheet, as it was, and what is judged of it. Once settled it stays as it is."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("类别", max_length=12, choices=[(k.value, _(label)) for k, label in rules.KINDS.items()])
    number = models.CharField("档号", max_length=40, db_index=True)
    title = models.CharField("题名", max_length=500)
    maker = models.CharField("责任者", max_length=200)
    paper = models.CharField("文号", max_length=60, blank=True)
    way = models.CharField("收发", max_length=8)
    year = models.PositiveSmallIntegerField("归档年度")
    period = models.CharField("保管期限", max_length=3)
    pages = models.PositiveIntegerField("页数")
    level = models.CharField("密级", max_length=2, blank=True)
    mark = models.CharField("密级和保密期限", max_length=44, blank=True)
    written_on = models.DateField("日期")
    end = models.DateField("期限届满", null=True, blank=True)
    judgement = models.CharField("鉴定意见", max_length=12, choices=CHOICES, blank=True)
    reason = models.CharField("理由", max_length=rules.LONGEST, blank=True)
    value = models.CharField("新的期限或密级", max_length=44, blank=True)
    basis = models.CharField("原定密机关的通知", max_length=rules.LONGEST, blank=True)
    active = models.BooleanField("办理中", default=True)
    until = models.DateField("有效至", null=True, blank=True)
    settled_at = models.DateTimeField("生效时间", null=True, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="appraisal_entry_once"),
            models.UniqueConstraint(fields=["kind", "number"], condition=Q(active=True), name="appraisal_on_one_sheet_of_a_kind"),
            models.CheckConstraint(name="appraisal_entry_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(name="appraisal_settled_is_judged", condition=Q(settled_at__isnull=True) | ~Q(judgement="")),
            models.CheckConstraint(name="appraisal_settled_is_over", condition=Q(settled_at__isnull=True) | Q(active=False)),
            models.CheckConstraint(name="appraisal_permanent_is_never_destroyed", condition=~Q(judgement="destroy") | ~Q(period="Y")),
        ]

    def __str__(self) -> str:
        return self.number


class Remain(models.Model):
    """What a destroyed item held: each content by role, name and digest. Rows are added, never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="remains")
    role = models.CharField("内容", max_length=12)
    name = models.CharField("文件名", max_length=200)
    sm3 = models.CharField("摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    pages = models.PositiveIntegerField("页数", null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry} {self.name}"


class Removal(models.Model):
    """A content whose bytes are to be removed after the destruction; `shared` where another record still needs them."""

    PENDING, REMOVED, SHARED = "pending", "removed", "shared"
    OUTCOMES = ((PENDING, _("待清除")), (REMOVED, _("已清除")), (SHARED, _("其他记录仍在使用，未清除")))

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="removals")
    sm3 = models.CharField("摘要", max_length=64)
    outcome = models.CharField("结果", max_length=8, choices=OUTCOMES, default=PENDING)
    at = models.DateTimeField("时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(outcome="pending"), name="appraisal_to_be_removed")]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sm3"], name="appraisal_removal_once"),
            models.CheckConstraint(name="appraisal_removal_outcome", condition=Q(outcome__in=["pending", "removed", "shared"])),
            models.CheckConstraint(name="appraisal_removed_at_a_time", condition=Q(outcome="pending") | Q(at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.sm3[:12]}"
