"""Service items and their guides, written once and shown everywhere."""

from django.db import models
from django.db.models import F, Q

from . import rules
from .rules import implementation


class Item(models.Model):
    """One thing that residents or firms can ask for."""

    code = models.CharField("事项编码", max_length=40, unique=True)
    name = models.CharField("事项名称", max_length=120)
    kind = models.CharField("事项类型", max_length=16, choices=[(k.value, label) for k, label in rules.KINDS.items()])
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="实施机关")
    window = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="综合窗口所在机关")
    examiners = models.ManyToManyField("orgs.Organ", through="Examiner", related_name="+", verbose_name="并联办理部门")
    summary = models.TextField("事项说明", blank=True)
    basis = models.TextField("设定依据", blank=True)
    conditions = models.TextField("受理条件", blank=True)
    result = models.CharField("办理结果", max_length=120, blank=True)
    fee = models.CharField("收费情况", max_length=200, blank=True)
    place = models.CharField("办理地点", max_length=200, blank=True)
    hours = models.CharField("办理时间", max_length=120, blank=True)
    phone = models.CharField("咨询电话", max_length=40, blank=True)
    complaint_phone = models.CharField("监督投诉电话", max_length=40, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺时限（工作日）")
    statutory_days = models.PositiveSmallIntegerField("法定时限（工作日）")
    fields = models.JSONField("表单字段", default=list)
    materials = models.JSONField("申请材料", default=list)
    published = models.BooleanField("已公布", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="items_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(
                name="items_promise_within_law", condition=Q(promised_days__gte=1) & Q(promised_days__lte=F("statutory_days"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Examiner(models.Model):
    """A department that works on every case of an item, side by side with the others."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    task = models.CharField("办理内容", max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "organ"], name="items_examiner_once")]

    def __str__(self) -> str:
        return f"{self.item}：{self.organ}"


class Implementation(models.Model):
    """One version of one row of the national implementation list (实施清单). A published version never changes."""

    task_code = models.CharField("实施编码", max_length=31)
    version = models.PositiveIntegerField("版本")
    revision = models.PositiveIntegerField("修改次数", default=1)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="维护机关")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="本县事项")
    name = models.CharField("事项名称", max_length=1000)
    values = models.JSONField("要素", default=dict)
    sheets = models.JSONField("子表", default=dict)
    claimed = models.BooleanField("认领自上级清单", default=False)
    state = models.CharField("状态", max_length=12, choices=[(s.value, label) for s, label in implementation.STATES.items()])
    effective_from = models.DateField("生效日期", null=True)
    prepared_by = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="编制人")
    reviewed_by = models.ForeignKey("orgs.Person", null=True, on_delete=models.PROTECT, related_name="+", verbose_name="审核人")
    returned_because = models.CharField("退回原因", max_length=200, blank=True)

    class Meta:
        ordering = ["task_code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["task_code", "version"], name="items_implementation_version_once"),
            models.UniqueConstraint(fields=["task_code"], condition=~Q(state="published"), name="items_implementation_one_open"),
            models.UniqueConstraint(fields=["task_code", "effective_from"], name="items_implementation_one_a_day"),
            models.CheckConstraint(name="items_implementation_state", condition=Q(state__in=[s.value for s in implementation.State])),
            models.CheckConstraint(
                name="items_implementation_published_takes_effect",
                condition=Q(state="published", effective_from__isnull=False) | (~Q(state="published") & Q(effective_from__isnull=True)),
            ),
            models.CheckConstraint(
                name="items_implementation_second_person",
                condition=Q(reviewed_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("reviewed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.version}）"
