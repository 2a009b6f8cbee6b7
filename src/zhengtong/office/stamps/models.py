"""The registry of seals and the log of their use."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Stamp(models.Model):
    """An organ's electronic seal. Its key is wrapped to this network's own key and never leaves the network."""

    code = models.CharField("印章编号", max_length=20, unique=True)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="所属机关")
    kind = models.CharField("类型", max_length=10, choices=[(k.value, _(label)) for k, label in rules.KINDS.items()])
    name = models.CharField("印文", max_length=120)
    why = models.CharField("申请理由", max_length=rules.LONGEST)
    state = models.CharField("状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.LABELS.items()], default="applied")
    keeper = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保管人")
    begins = models.DateField("有效期起", null=True, blank=True)
    ends = models.DateField("有效期止", null=True, blank=True)
    filing = models.CharField("备案号", max_length=40, blank=True)
    public = models.CharField("公钥", max_length=130, blank=True)
    certificate = models.BinaryField("证书", blank=True, default=b"")
    seal = models.BinaryField("印章数据（GB/T 38540）", blank=True, default=b"")
    locked = models.BinaryField("私钥（已加密）", blank=True, default=b"")
    changed_at = models.DateTimeField("最近变动")

    class Meta:
        ordering = ["organ__code", "code"]
        constraints = [
            models.CheckConstraint(name="stamps_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(name="stamps_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(
                name="stamps_made_with_a_key",
                condition=Q(state__in=["applied", "refused"], public="") | (Q(begins__isnull=False) & ~Q(public="")),
            ),
            models.CheckConstraint(
                name="stamps_used_by_a_keeper", condition=~Q(state__in=["active", "suspended"]) | Q(keeper__isnull=False)
            ),
            models.CheckConstraint(
                name="stamps_filed_under_a_number", condition=~Q(state__in=["filed", "active", "suspended"]) | ~Q(filing="")
            ),
            models.UniqueConstraint(
                fields=["organ"], condition=Q(kind="statutory") & ~Q(state__in=["refused", "cancelled"]), name="stamps_one_statutory_seal"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One step in the life of a seal; rows are added, never changed."""

    stamp = models.ForeignKey(Stamp, on_delete=models.PROTECT, related_name="events")
    state = models.CharField("状态", max_length=10, choices=[(s.value, _(label)) for s, label in rules.LABELS.items()])
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="stamps_event_state", condition=Q(state__in=[s.value for s in rules.State]))]

    def __str__(self) -> str:
        return f"{self.stamp} {self.state}"


class Use(models.Model):
    """用印登记: who used which seal on what, and when; rows are added, never changed (GB/T 33481)."""

    stamp = models.ForeignKey(Stamp, on_delete=models.PROTECT, related_name="uses")
    paper = models.CharField("文件编号", max_length=20)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=40, blank=True)
    digest = models.CharField("签章文件摘要", max_length=64)
    signature = models.CharField("签名", max_length=200)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="用印人")
    at = models.DateTimeField("用印时间")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.stamp} {self.paper}"
