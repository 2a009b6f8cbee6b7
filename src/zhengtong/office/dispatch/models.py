"""What was sent, and what each receiver did with it. The document is known by its values only."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from zhengtong.foundation import clock

from . import rules
from .rules import standing


class Dispatch(models.Model):
    """核发: one document given out, with what its receivers need to know of it."""

    document = models.CharField("文件编号", max_length=20, unique=True)
    profile = models.CharField("网络属性", max_length=12, choices=[("open", "党政网（非涉密）"), ("classified", "涉密内网")])
    number = models.CharField("发文字号", max_length=40)
    title = models.CharField("标题", max_length=200)
    urgency = models.CharField("紧急程度", max_length=8, blank=True)
    secrecy = models.CharField("密级", max_length=2, blank=True)
    secrecy_mark = models.CharField("密级和保密期限", max_length=44, blank=True)
    sender = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="发文机关")
    handler = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="核发机关")
    sent_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="核发人")
    sent_at = models.DateTimeField("分发时间")
    pdf = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", verbose_name="正式版面")
    ofd = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="电子签章版面")

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(name="dispatch_secrecy_only_when_classified", condition=Q(secrecy="") | Q(profile="classified")),
            models.CheckConstraint(name="dispatch_has_a_number", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> str:
        """Whether one may rely on it today (第三十三条)."""
        return standing.standing([e.as_rule() for e in self.affected_by.all()], clock.today()).value

    @property
    def standing_label(self) -> str:
        return str(_(standing.STANDINGS[standing.Standing(self.standing)]))


class Scope(models.Model):
    """知悉范围 of a classified dispatch: one person who may know it, its title included."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="scope")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispatch", "person"], name="dispatch_scope_once")]

    def __str__(self) -> str:
        return f"{self.dispatch} {self.person}"


class Receipt(models.Model):
    """签收单: one receiver's copy of a document and what became of it."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="receipts")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="收文机关")
    cc = models.BooleanField("抄送", default=False)
    order = models.PositiveSmallIntegerField("次序", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, label) for s, label in rules.STATE_LABELS.items()], default=rules.State.WAITING.value
    )
    signed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    outside = models.CharField("对方经办人", max_length=60, blank=True, help_text="who acted in the city's own system")
    returned_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人")
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    recalled_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回人")
    recalled_at = models.DateTimeField("撤回时间", null=True, blank=True)
    reason = models.CharField("退回或撤回理由", max_length=rules.LONGEST, blank=True)
    urges = models.PositiveSmallIntegerField("催办次数", default=0)
    urged_at = models.DateTimeField("最近催办时间", null=True, blank=True)
    urge_note = models.CharField("催办附言", max_length=rules.LONGEST, blank=True)

    class Meta:
        ordering = ["cc", "order", "id"]
        indexes = [models.Index(fields=["organ", "state"], name="dispatch_receipt_inbox")]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "organ"], name="dispatch_receipt_once"),
            models.CheckConstraint(name="dispatch_receipt_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(
                name="dispatch_signed_by_someone_at_a_time",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | (Q(signed_at__isnull=False) & (Q(signed_by__isnull=False) | ~Q(outside=""))),
            ),
            models.CheckConstraint(name="dispatch_signed_when_signed_for", condition=~Q(state="signed") | Q(signed_at__isnull=False)),
            models.CheckConstraint(name="dispatch_waiting_is_unsigned", condition=~Q(state="waiting") | Q(signed_at__isnull=True)),
            models.CheckConstraint(
                name="dispatch_returned_with_a_reason",
                condition=(Q(state="returned", returned_at__isnull=False) & ~Q(reason=""))
                | (~Q(state="returned") & Q(returned_by__isnull=True, returned_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispatch_recalled_with_a_reason",
                condition=(Q(state="recalled", recalled_by__isnull=False, recalled_at__isnull=False) & ~Q(reason=""))
                | (~Q(state="recalled") & Q(recalled_by__isnull=True, recalled_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="dispatch_reason_only_when_it_went_back", condition=Q(reason="") | Q(state__in=["returned", "recalled"])
            ),
            models.CheckConstraint(
                name="dispatch_urges_have_a_time", condition=Q(urges=0, urged_at__isnull=True) | Q(urges__gt=0, urged_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch} → {self.organ}"


class Effect(models.Model):
    """第三十三条: what a later document does to an earlier one. 撤销 counts from the beginning, 废止 from its day."""

    later = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="effects")
    earlier = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="affected_by")
    kind = models.CharField("效力", max_length=10, choices=[(k.value, row.label) for k, row in standing.EFFECTS.items()])
    since = models.DateField("生效日期")
    note = models.CharField("说明", max_length=rules.LONGEST, blank=True)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier"], name="dispatch_effect_once"),
            models.CheckConstraint(name="dispatch_effect_kind", condition=Q(kind__in=[k.value for k in standing.Kind])),
            models.CheckConstraint(name="dispatch_effect_on_another", condition=~Q(later=models.F("earlier"))),
        ]

    def __str__(self) -> str:
        return f"{self.later} {self.kind} {self.earlier}"

    def as_rule(self) -> standing.Effect:
        return standing.Effect(standing.Kind(self.kind), self.since)

    @property
    def sentence(self) -> str:
        """What a reader of the earlier document is told."""
        row = standing.EFFECTS[standing.Kind(self.kind)]
        return str(_(row.effect) % {"number": self.later.number, "since": self.since.isoformat()})


class Call(models.Model):
    """A dispatched document that asks its main receivers for an answer by a day, as one form."""

    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="call")
    due = models.DateField("回复期限")
    columns = models.JSONField("栏目")
    note = models.CharField("填报说明", max_length=rules.LONGEST, blank=True)
    opened_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("发起时间")
    closed_at = models.DateTimeField("截止收集时间", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.dispatch} → {self.due}"


class Reply(models.Model):
    """One receiver's answer; until the call is closed it may be corrected."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="replies")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    values = models.JSONField("填报内容")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("填报时间")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "organ"], name="dispatch_reply_once")]

    def __str__(self) -> str:
        return f"{self.call} {self.organ}"
