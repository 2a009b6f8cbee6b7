"""Fonds, their classes, and the items filed in them. Documents are known by values, contents by their SM3."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules
from .rules import balance, checks, retention, transfers

STATES = [(s.value, _(label)) for s, label in rules.STATE_LABELS.items()]
PERIODS = [(p.value, _(label)) for p, label in rules.PERIODS.items()]
WAYS = [(w.value, _(label)) for w, label in rules.WAYS.items()]
ROLES = [(r.value, _(row[1])) for r, row in rules.PARTS.items()]
NUMBERED = [state.value for state in rules.NUMBERED]
UNFILED = [rules.State.PREFILED.value, rules.State.WAIVED.value]


class Fonds(models.Model):
    """全宗: all records of one organ, or of an organ and the office that does its papers."""

    code = models.CharField("全宗号", max_length=4, unique=True)
    name = models.CharField("全宗名称", max_length=120)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(name="archive_fonds_code", condition=Q(code__regex=r"^[A-Z0-9]{4}$"))]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Member(models.Model):
    """An organ whose records belong to a fonds; to one only."""

    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, related_name="members")
    organ = models.OneToOneField("orgs.Organ", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fonds", "organ"], name="archive_member_once")]

    def __str__(self) -> str:
        return f"{self.fonds.code} {self.organ}"


class Class(models.Model):
    """机构（问题）: a class of a fonds. A fonds without classes leaves that part out of its numbers."""

    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, related_name="classes")
    code = models.CharField("类目代码", max_length=3)
    name = models.CharField("类目名称", max_length=60)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["fonds", "code"], name="archive_class_once"),
            models.CheckConstraint(name="archive_class_code", condition=Q(code__regex=r"^[A-Z0-9]{3}$")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Plan(models.Model):
    """分类方案: one row of a fonds' plan, by which a class is proposed; the first that fits counts."""

    klass = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="plan")
    by = models.CharField("按", max_length=8, choices=[(b.value, _(label)) for b, label in retention.BY.items()])
    value = models.CharField("值", max_length=60)
    source = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["klass", "by", "value"], name="archive_plan_row_once"),
            models.CheckConstraint(name="archive_plan_by", condition=Q(by__in=[b.value for b in retention.By])),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.klass}"


class Item(models.Model):
    """件: one document with all that belongs to it. Pre-filed on completion; its number is fixed when the archivist confirms."""

    document = models.CharField("文件编号", max_length=40, unique=True)
    way = models.CharField("收发", max_length=8, choices=WAYS, default=rules.Way.ISSUED.value)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档机关")
    maker = models.CharField("责任者", max_length=200, default="")
    unit = models.CharField("承办处室", max_length=60, blank=True)
    number = models.CharField("发文字号或收文号", max_length=40)
    original = models.CharField("来文字号", max_length=60, blank=True)
    series = models.CharField("机关代字", max_length=60)
    series_year = models.PositiveSmallIntegerField("编号年份")
    serial = models.PositiveIntegerField("顺序号", null=True, blank=True)  # unknown where an imported number has another form
    title = models.CharField("题名", max_length=500)
    kind = models.CharField("文种代码", max_length=16, blank=True)
    kind_name = models.CharField("文种", max_length=20, blank=True)
    written_on = models.DateField("日期")
    important = models.BooleanField("重要", default=False)
    secrecy = models.CharField("密级", max_length=2, blank=True)
    secrecy_mark = models.CharField("密级和保密期限", max_length=44, blank=True)
    pages = models.PositiveIntegerField("页数")
    year = models.PositiveSmallIntegerField("归档年度")
    proposed = models.CharField("建议保管期限", max_length=3, choices=PERIODS)
    digest = models.CharField("固化摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=STATES, default=rules.State.PREFILED.value)
    prefiled_at = models.DateTimeField("预归档时间")
    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, null=True, blank=True, related_name="items", verbose_name="全宗")
    period = models.CharField("保管期限", max_length=3, blank=True, choices=PERIODS)
    klass = models.ForeignKey(Class, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机构（问题）")
    item_serial = models.PositiveIntegerField("件号", null=True, blank=True)
    archive_number = models.CharField("档号", max_length=40, unique=True, null=True, blank=True)
    filed_at = models.DateTimeField("归档时间", null=True, blank=True)
    filed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档人")
    imported_at = models.DateTimeField("导入时间", null=True, blank=True)
    opened_on = models.DateField("开放日期", null=True, blank=True)
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        ordering = ["written_on", "series", "serial", "id"]
        indexes = [models.Index(fields=["state", "year"], name="archive_item_by_year")]
        constraints = [
            models.CheckConstraint(name="archive_item_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(
                name="archive_number_when_filed",
                condition=Q(state__in=UNFILED, archive_number__isnull=True, filed_by__isnull=True, period="", item_serial__isnull=True)
                | Q(
                    Q(filed_by__isnull=False) | Q(imported_at__isnull=False),
                    state__in=NUMBERED,
                    archive_number__isnull=False,
                    filed_at__isnull=False,
                    fonds__isnull=False,
                    item_serial__isnull=False,
                    period__in=[p.value for p in rules.Period],
                ),
            ),
            models.CheckConstraint(
                name="archive_destroyed_at_a_time",
                condition=Q(state="destroyed", destroyed_at__isnull=False) | (~Q(state="destroyed") & Q(destroyed_at__isnull=True)),
            ),
            models.CheckConstraint(name="archive_item_way", condition=Q(way__in=[w.value for w in rules.Way])),
            models.CheckConstraint(name="archive_item_of_an_organ", condition=Q(organ__isnull=False) | Q(imported_at__isnull=False)),
            models.UniqueConstraint(fields=["organ", "series", "series_year", "serial"], name="archive_registered_once"),
        ]

    def __str__(self) -> str:
        return self.archive_number or self.document


class Part(models.Model):
    """One content of an item, in the order in which the item is bound."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField("件内顺序")
    role = models.CharField("内容", max_length=12, choices=ROLES)
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField("页数", null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="archive_part_order_once"),
            models.CheckConstraint(name="archive_part_role", condition=Q(role__in=[r.value for r in rules.Role])),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.name}"


class Reader(models.Model):
    """知悉范围 of a classified item: one person who may know it, its title included."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="readers")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="archive_reader_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.person}"


class Waiver(models.Model):
    """不归档: a registered document that is not filed, and why."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    series = models.CharField("机关代字", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("文号或收文号", max_length=60)
    title = models.CharField("题名", max_length=500, blank=True)
    item = models.OneToOneField(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="waiver")
    ground = models.CharField("理由", max_length=12, choices=[(k, _(g.label)) for k, g in balance.GROUNDS.items()])
    note = models.CharField("情况", max_length=200, blank=True)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="确定人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["series", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "series", "year", "serial"], name="archive_waived_once"),
            models.CheckConstraint(name="archive_waiver_ground", condition=Q(ground__in=list(balance.GROUNDS))),
        ]

    def __str__(self) -> str:
        return self.number


class Run(models.Model):
    """四性检测: one run over some items at a stage (DA/T 70-2018). Rows are added, never changed."""

    stage = models.CharField("环节", max_length=10, choices=[(s.value, _(label)) for s, label in checks.STAGES.items()])
    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, null=True, related_name="runs", verbose_name="全宗")
    at = models.DateTimeField("检测时间")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="检测人")
    count = models.PositiveIntegerField("件数")
    bytes = models.PositiveBigIntegerField("字节数")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(name="archive_run_stage", condition=Q(stage__in=[s.value for s in checks.Stage]))]

    def __str__(self) -> str:
        return f"{self.stage} {self.pk}"


class Checked(models.Model):
    """An item that a run looked at."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="checked")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="checked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "item"], name="archive_checked_once")]

    def __str__(self) -> str:
        return f"{self.run} {self.item}"


class Finding(models.Model):
    """What one check of a run found, on what evidence; of what is asked, what was answered by whom."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("代码", max_length=12)
    result = models.CharField("结果", max_length=6, choices=[(r.value, _(label)) for r, label in checks.RESULTS.items()])
    evidence = models.JSONField("证据", default=dict)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="回答人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="archive_finding_once"),
            models.CheckConstraint(name="archive_finding_result", condition=Q(result__in=[r.value for r in checks.Result])),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.result}"


class Transfer(models.Model):
    """移交: items that go to an archive together, on a carrier."""

    code = models.CharField("移交编号", max_length=20, unique=True)
    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, related_name="transfers", verbose_name="全宗")
    receiver = models.CharField("接收单位", max_length=120)
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=[(s.value, _(label)) for s, label in transfers.STATE_LABELS.items()])
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="transfers", verbose_name="检测")
    made_at = models.DateTimeField("提出时间")
    made_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="提出人")
    handed_at = models.DateTimeField("移交时间", null=True, blank=True)
    handed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="移交人")
    accepted_on = models.DateField("接收日期", null=True, blank=True)
    accepted_by = models.CharField("接收人", max_length=60, blank=True)
    reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(name="archive_transfer_state", condition=Q(state__in=[s.value for s in transfers.State])),
            models.CheckConstraint(
                name="archive_transfer_only_checked", condition=Q(state__in=["prepared", "dropped"]) | Q(run__isnull=False)
            ),
            models.CheckConstraint(
                name="archive_transfer_handed_by_someone",
                condition=~Q(state__in=["handed", "accepted"]) | Q(handed_at__isnull=False, handed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="archive_transfer_accepted_by_someone",
                condition=~Q(state="accepted") | (Q(accepted_on__isnull=False) & ~Q(accepted_by="")),
            ),
            models.CheckConstraint(name="archive_transfer_dropped_with_a_reason", condition=~Q(state="dropped") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.code


class Moved(models.Model):
    """An item in a transfer; in one that stands only, as `active` says."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="moved")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="moved")
    active = models.BooleanField("有效", default=True)

    class Meta:
        ordering = ["item__archive_number"]
        constraints = [models.UniqueConstraint(fields=["item"], condition=Q(active=True), name="archive_moved_once")]

    def __str__(self) -> str:
        return f"{self.transfer} {self.item}"
