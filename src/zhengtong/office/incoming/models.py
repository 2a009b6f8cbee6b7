"""Incoming papers, what leaders wrote on them, who handles them, and their files."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhengtong.office.documents.rules import kinds
from zhengtong.office.documents.rules.secrecy import LEVELS

from .rules import elements, steps

PARCELS = {"document": _("公文"), "receipt": _("签收回执"), "return": _("退文"), "status": _("办理情况")}
STATES = [(s.value, _(label)) for s, label in steps.STATE_LABELS.items()]
ARRIVED, CLOSED, RETURNED = steps.State.ARRIVED.value, steps.State.CLOSED.value, steps.State.RETURNED.value


def here() -> str:
    """The profile that this network is declared as."""
    return "classified" if settings.CLASSIFIED else "open"


class Incoming(models.Model):
    """收文: a paper that came to an organ, from its receipt to its closure."""

    code = models.CharField("收文编号", max_length=20, unique=True)
    profile = models.CharField("网络属性", max_length=12, choices=[("open", "党政网（非涉密）"), ("classified", "涉密内网")])
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="收文机关")
    office = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="办理机关")
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField("来源", max_length=10, choices=[(s.value, _(label)) for s, label in elements.SOURCES.items()])
    copy = models.PositiveBigIntegerField("签收单", null=True, blank=True, unique=True, help_text="the receiver's copy in dispatch")
    document = models.CharField("来文文件编号", max_length=40, blank=True)
    number = models.CharField("收文号", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    serial = models.PositiveIntegerField("顺序号", null=True, blank=True)
    sender = models.CharField("来文机关", max_length=120)
    sender_organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    their_number = models.CharField("来文字号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("文种", max_length=16, blank=True, choices=[(k, _(v.name)) for k, v in kinds.KINDS.items()])
    dated = models.DateField("成文日期", null=True, blank=True)
    urgency = models.CharField("紧急程度", max_length=8, blank=True, choices=[(k, _(label)) for k, label in kinds.URGENCY.items()])
    secrecy = models.CharField("密级", max_length=2, blank=True)
    secrecy_mark = models.CharField("密级和保密期限", max_length=44, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    pages = models.PositiveSmallIntegerField("页数", default=1)
    copy_numbers = models.CharField("份号", max_length=60, blank=True)
    envelope = models.CharField("封套号", max_length=40, blank=True)
    attachments = models.CharField("附件", max_length=300, blank=True)
    received_at = models.DateTimeField("收到时间")
    received_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人")
    state = models.CharField("状态", max_length=10, choices=STATES, default=steps.State.CHECK.value)
    nature = models.CharField("性质", max_length=8, blank=True, choices=[(n.value, _(label)) for n, label in elements.NATURES.items()])
    due = models.DateField("办理时限", null=True, blank=True)
    proposal = models.TextField("拟办意见", blank=True)
    lead = models.CharField("拟主办", max_length=24, blank=True)
    assisting = models.JSONField("拟协办", default=list, blank=True)
    ground = models.CharField("退文依据", max_length=16, blank=True, choices=[(k, _(g.label)) for k, g in elements.GROUNDS.items()])
    reason = models.CharField("退文或撤回理由", max_length=elements.LONGEST, blank=True)
    answer = models.CharField("复文文件编号", max_length=40, blank=True)
    answer_number = models.CharField("复文字号", max_length=60, blank=True)
    outcome = models.TextField("办理结果", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["organ", "state"], name="incoming_of_organ")]
        constraints = [
            models.CheckConstraint(name="incoming_state", condition=Q(state__in=[s.value for s in steps.State])),
            models.CheckConstraint(name="incoming_source", condition=Q(source__in=[s.value for s in elements.Source])),
            models.CheckConstraint(name="incoming_secrecy_level", condition=Q(secrecy__in=list(LEVELS))),
            models.CheckConstraint(name="incoming_secrecy_only_when_classified", condition=Q(secrecy="") | Q(profile="classified")),
            models.CheckConstraint(
                name="incoming_registered_once_signed_for",
                condition=Q(number="", received_by__isnull=True, slip__isnull=True, state=ARRIVED)
                | (~Q(number="") & ~Q(state=ARRIVED) & Q(received_by__isnull=False)),
            ),
            models.CheckConstraint(name="incoming_returned_with_a_reason", condition=~Q(state=RETURNED) | (~Q(reason="") & ~Q(ground=""))),
            models.CheckConstraint(name="incoming_recalled_with_a_reason", condition=~Q(state="recalled") | ~Q(reason="")),
            models.CheckConstraint(name="incoming_closed_with_an_outcome", condition=~Q(state=CLOSED) | ~Q(outcome="")),
            models.UniqueConstraint(fields=["organ", "year", "serial"], condition=~Q(number=""), name="incoming_serial_once"),
        ]

    def __str__(self) -> str:
        return self.number or self.code


class Sheet(models.Model):
    """One file of a paper: its scan or upload, an attachment, or the picture of a handwritten instruction."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="sheets")
    order = models.PositiveSmallIntegerField("次序")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=200)
    handwriting = models.BooleanField("领导手迹", default=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["incoming", "order"], name="incoming_sheet_place")]

    def __str__(self) -> str:
        return self.name


class Scope(models.Model):
    """知悉范围: one person who may know a classified paper, its title included."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="scope")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incoming", "person"], name="incoming_scope_once")]

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.person_id}"


class Instruction(models.Model):
    """批示. What a secretary entered from the leader's hand says who entered it, and never stands as the leader's own act."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="instructions")
    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="批示领导")
    text = models.TextField("批示")
    written_on = models.DateField("批示日期")
    entered_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    transcribed = models.BooleanField("代录", default=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手迹")

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(name="incoming_instruction_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="incoming_transcribed_is_not_the_leaders_act",
                condition=Q(transcribed=False, entered_by=F("leader")) | (Q(transcribed=True) & ~Q(entered_by=F("leader"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incoming_id} {self.leader_id}"


class Parcel(models.Model):
    """A package of the city's exchange, in or out, taken or put aside. Rows are added, never changed."""

    code = models.CharField("交换编号", max_length=80)
    direction = models.CharField("方向", max_length=3, choices=[("in", _("收")), ("out", _("发"))])
    kind = models.CharField("类型", max_length=10, blank=True, choices=list(PARCELS.items()))
    about = models.CharField("所涉交换编号", max_length=80, blank=True)
    peer = models.CharField("对方机关", max_length=120, blank=True)
    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, null=True, blank=True, related_name="parcels")
    receipt = models.PositiveBigIntegerField("签收单", null=True, blank=True, help_text="the copy in dispatch that went out by it")
    file = models.CharField("文件名", max_length=200)
    refused = models.CharField("拒收理由", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["direction", "code"], condition=Q(refused=""), name="incoming_parcel_once"),
            models.CheckConstraint(name="incoming_parcel_direction", condition=Q(direction__in=["in", "out"])),
            models.CheckConstraint(name="incoming_only_what_comes_in_is_refused", condition=Q(refused="") | Q(direction="in")),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.code}"


class Handling(models.Model):
    """承办: one department or unit that handles the paper, leading or assisting."""

    incoming = models.ForeignKey(Incoming, on_delete=models.PROTECT, related_name="handlings")
    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办处室")
    lead = models.BooleanField("主办", default=False)
    result = models.TextField("办理结果", blank=True)
    declined = models.CharField("退回改派理由", max_length=elements.LONGEST, blank=True)

    class Meta:
        ordering = ["-lead", "id"]
        constraints = [models.CheckConstraint(name="incoming_handled_or_declined", condition=Q(result="") | Q(declined=""))]

    def __str__(self) -> str:
        return str(self.unit or self.organ)
