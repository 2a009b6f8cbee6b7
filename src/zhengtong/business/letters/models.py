"""Letters of the public, from wherever they came, and what each organ did with them."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.forms.rules import Kind, masked

from . import rules


class Letter(models.Model):
    """One letter. Personal data; no search finds it, and the one it accuses never sees it (`queries.visible`)."""

    number = models.CharField("编号", max_length=40, unique=True)
    order = models.CharField("12345工单号", max_length=60, blank=True)
    channel = models.CharField("来源", max_length=10, choices=[(c.value, label) for c, label in rules.CHANNELS.items()])
    kind = models.CharField("类别", max_length=12, blank=True, choices=[(k.value, label) for k, label in rules.LABELS.items()])
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, label) for s, label in rules.STATES.items()], default=rules.State.RECEIVED.value
    )
    received_at = models.DateTimeField("收到时间")
    sorted_at = models.DateTimeField("分类时间", null=True, blank=True)
    subject = models.CharField("标题", max_length=60)
    text = models.TextField("内容")
    place = models.CharField("地点", max_length=120, blank=True)
    about = models.CharField("反映的单位或人员", max_length=120, blank=True)
    accused_organs = models.ManyToManyField("orgs.Organ", related_name="+", blank=True, verbose_name="被反映的单位")
    accused_people = models.ManyToManyField("orgs.Person", related_name="+", blank=True, verbose_name="被反映的人员")
    name = models.CharField("来信人", max_length=80, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    receipt = models.CharField("门户回执号", max_length=40, blank=True)
    status_key = models.CharField("状态密钥", max_length=64, blank=True, help_text="to encrypt the status for the writer's code only")
    order_due = models.DateField("工单期限", null=True, blank=True)
    lead = models.ForeignKey("orgs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主办单位")
    dispatched_at = models.DateTimeField("派单时间", null=True, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    returned = models.TextField("退单理由", blank=True)
    proposed = models.ForeignKey("orgs.Organ", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议主办单位")
    extension = models.TextField("延期理由", blank=True)
    interim = models.TextField("阶段情况", blank=True)
    extended = models.BooleanField("已延期", default=False)
    answer = models.TextField("答复", blank=True)
    drafted_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟写人")
    checked_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人")
    sent_back = models.TextField("审核意见", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    result = models.CharField("回访结果", max_length=10, blank=True, choices=[(r.value, label) for r, label in rules.RESULTS.items()])
    call_words = models.TextField("回访记录", blank=True)
    reopened = models.PositiveSmallIntegerField("重办次数", default=0)
    passed_on = models.CharField("移送转办", max_length=200, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["lead", "state"], name="letters_by_lead_state")]
        constraints = [
            models.CheckConstraint(name="letters_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(name="letters_kind", condition=Q(kind__in=["", *(k.value for k in rules.Kind)])),
            models.CheckConstraint(name="letters_sorted_has_a_kind", condition=Q(state="received") | ~Q(kind="")),
            models.CheckConstraint(name="letters_a_report_is_never_dispatched", condition=~Q(kind="report") | Q(lead__isnull=True)),
            models.CheckConstraint(
                name="letters_answer_checked_by_another",
                condition=Q(checked_by__isnull=True) | (Q(drafted_by__isnull=False) & ~Q(checked_by=models.F("drafted_by"))),
            ),
            models.CheckConstraint(name="letters_closed_has_its_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)),
            models.UniqueConstraint(fields=["order"], condition=~Q(order=""), name="letters_order_once"),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="letters_receipt_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        """The writer as lists show him."""
        return masked(Kind.NAME, self.name) if self.name else ""

    @property
    def limit(self) -> str:
        """The clock under which it is answered."""
        return rules.limit_of(self.kind, bool(self.order), self.extended)

    @property
    def facts(self) -> rules.Facts:
        return rules.Facts(self.kind, self.state, bool(self.extension) and not self.extended, self.extended, bool(self.order))


class Assist(models.Model):
    """协办: an organ that gives its opinion to the lead."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="assists")
    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="协办单位")
    opinion = models.TextField("协办意见", blank=True)
    at = models.DateTimeField("时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "organ"], name="letters_assist_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.organ}"


class Attachment(models.Model):
    """A photo or scan that came with a letter."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
