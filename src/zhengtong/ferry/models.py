"""What leaves and what came: the outbox, the sequences, and what is wrong."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .sequence import Sent

OUT_STATES = {
    Sent.QUEUED.value: _("待封装"),
    Sent.PACKED.value: _("已发出"),
    Sent.DELIVERED.value: _("已送达"),
    Sent.REFUSED.value: _("被拒收"),
}
IN_STATES = {"imported": _("已导入"), "refused": _("已拒收")}
KINDS = {"gap": _("缺号"), "aside": _("不可信，已搁置"), "failing": _("导入出错，等待重试"), "unsent": _("不能封装")}


class Outgoing(models.Model):
    """One package to be: written in the transaction of the act that sends it, numbered and packed by the ferry process."""

    contract = models.CharField("约定", max_length=24)
    receiver = models.CharField("接收网", max_length=12)
    seq = models.PositiveBigIntegerField("序号", null=True, blank=True, help_text="given when first packed: no act waits for it")
    token = models.CharField("标识", max_length=16, help_text="the same whenever it is sent again")
    key = models.CharField("唯一键", max_length=120)
    payload = models.JSONField("内容")
    files = models.JSONField("文件", default=list, help_text="[name, SM3] pairs; the contents lie in the outbox store")
    state = models.CharField("状态", max_length=10, choices=list(OUT_STATES.items()), default=Sent.QUEUED.value)
    sent_by = models.CharField("发起人", max_length=80, blank=True)
    queued_at = models.DateTimeField("提交时间")
    packed_at = models.DateTimeField("封装时间", null=True, blank=True, help_text="real time: when to send again")
    packed_times = models.PositiveIntegerField("封装次数", default=0)
    answered_at = models.DateTimeField("回执时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "packed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["contract", "receiver", "seq"], name="ferry_out_in_sequence"),
            models.UniqueConstraint(fields=["contract", "receiver", "key"], name="ferry_out_once"),
            models.CheckConstraint(name="ferry_out_state", condition=Q(state__in=[s.value for s in Sent])),
            models.CheckConstraint(name="ferry_out_numbered", condition=Q(state=Sent.QUEUED.value) | Q(seq__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.contract} #{self.seq or '—'} → {self.receiver}"


class Incoming(models.Model):
    """One package that came, imported or refused exactly once."""

    sender = models.CharField("发送网", max_length=12)
    receiver = models.CharField("接收方", max_length=12)
    contract = models.CharField("约定", max_length=24)
    seq = models.PositiveBigIntegerField("序号")
    token = models.CharField("标识", max_length=16)
    body = models.CharField("密文摘要", max_length=64)
    state = models.CharField("状态", max_length=10, choices=list(IN_STATES.items()))
    reason = models.TextField("理由", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "receiver", "contract", "seq"], name="ferry_in_once"),
            models.CheckConstraint(name="ferry_in_state", condition=Q(state__in=list(IN_STATES))),
        ]

    def __str__(self) -> str:
        return f"{self.contract} #{self.seq} ← {self.sender}"


class Trouble(models.Model):
    """What a person should know: a gap, a package put aside, an import that fails, a package that can't be made."""

    kind = models.CharField("类别", max_length=8, choices=list(KINDS.items()))
    what = models.CharField("对象", max_length=160)
    reason = models.TextField("说明")
    at = models.DateTimeField("时间")
    tries = models.PositiveIntegerField("次数", default=1)
    again_at = models.DateTimeField("再试时间", null=True, blank=True, help_text="real time")
    ended_at = models.DateTimeField("消除时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="ferry_trouble_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(name="ferry_trouble_ends_later", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at"))),
            models.UniqueConstraint(fields=["kind", "what"], condition=Q(ended_at__isnull=True), name="ferry_trouble_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.what}"
