"""Requests for information, their letters, and what is told unasked."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from zhengtong.foundation.forms.rules import Kind, masked

from .rules import answers, contests, letters, proactive, steps
from .rules import receipt as receiving


def _choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(key), label) for key, label in table.items()]


class Desk(models.Model):
    """The office of an organ that handles disclosure (条例第四条), what its guide says (第十二条), and its seal."""

    organ = models.OneToOneField("orgs.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    unit = models.CharField("公开工作机构", max_length=80)
    address = models.CharField("办公地址", max_length=120)
    hours = models.CharField("办公时间", max_length=80)
    phone = models.CharField("联系电话", max_length=40)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=80, blank=True)
    classes = models.TextField("信息分类和编排体系")
    review = models.CharField("复议机关", max_length=80)
    court = models.CharField("管辖法院", max_length=80)
    account = models.CharField("缴费办法", max_length=200, blank=True)
    leads = models.BooleanField("全县政府信息公开工作主管部门", default=False)
    public = models.CharField("印章公钥", max_length=130, blank=True)
    seal = models.BinaryField("印章", default=b"")
    certificate = models.BinaryField("印章证书", default=b"")
    locked = models.BinaryField("印章私钥（加密）", default=b"")
    seal_mark = models.CharField("章面标记", max_length=10, blank=True)

    class Meta:
        ordering = ["organ__order", "organ__code"]
        constraints = [models.CheckConstraint(name="disclosure_a_seal_is_whole", condition=Q(public="", seal_mark="") | ~Q(public=""))]

    def __str__(self) -> str:
        return f"{self.organ}{self.unit}"


class Request(models.Model):
    """依申请公开的一件申请. Personal data: kept as long as the organ's archive keeps the matter; shown masked in lists."""

    number = models.CharField("申请编号", max_length=40, unique=True)
    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    channel = models.CharField("提交方式", max_length=10, choices=_choices(receiving.CHANNEL_LABELS))
    came_on = models.DateField("到达日期")
    received_on = models.DateField("收到申请之日")
    entered_at = models.DateTimeField("登记时间")
    receipt = models.CharField("门户回执号", max_length=40, blank=True)
    status_key = models.CharField("状态密钥", max_length=64, blank=True, help_text="to encrypt the status for the applicant's code only")
    kind = models.CharField("申请人类型", max_length=10, choices=_choices(receiving.APPLICANTS))
    name = models.CharField("申请人", max_length=80)
    identity = models.CharField("证件号码", max_length=40)
    phone = models.CharField("联系电话", max_length=40)
    address = models.CharField("通信地址", max_length=120, blank=True)
    email = models.CharField("电子邮箱", max_length=80, blank=True)
    description = models.TextField("所需信息")
    form = models.CharField("形式", max_length=20)
    way = models.CharField("取得方式", max_length=20)
    state = models.CharField("状态", max_length=12, choices=_choices(steps.STATES), default=steps.State.RECEIVED.value)
    completions = models.PositiveSmallIntegerField("补正通知次数", default=0)
    complete_until = models.DateField("补正期限", null=True, blank=True)
    supplement = models.TextField("补正内容", blank=True)
    extended = models.PositiveSmallIntegerField("延长的工作日", default=0)
    fee = models.PositiveIntegerField("应收信息处理费（元）", default=0)
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=16, blank=True, choices=_choices({k: a.label for k, a in answers.ANSWERS.items()}))
    ground = models.CharField("部分不予公开的理由", max_length=16, blank=True)
    reason = models.TextField("办理说明", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    reopened_on = models.DateField("责令重新答复之日", null=True, blank=True)
    counted_on = models.DateField("年报计入日期", null=True, blank=True, help_text="of the first answer or end; never moves again")
    counted_as = models.CharField("年报计入情形", max_length=16, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["organ", "state"], name="disclosure_by_organ_state")]
        constraints = [
            models.CheckConstraint(name="disclosure_state", condition=Q(state__in=[s.value for s in steps.State])),
            models.CheckConstraint(name="disclosure_channel", condition=Q(channel__in=[c.value for c in receiving.Channel])),
            models.CheckConstraint(name="disclosure_applicant", condition=Q(kind__in=[k.value for k in receiving.Applicant])),
            models.CheckConstraint(name="disclosure_one_completion", condition=Q(completions__lte=1)),
            models.CheckConstraint(name="disclosure_extension_is_20_days", condition=Q(extended__lte=steps.EXTENSION)),
            models.CheckConstraint(name="disclosure_known_answer", condition=Q(answer__in=["", *answers.ANSWERS])),
            models.CheckConstraint(
                name="disclosure_closed_with_answer",
                condition=~Q(state="closed") | (~Q(answer="") & Q(closed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="disclosure_counted_once_and_whole",
                condition=Q(counted_on__isnull=True, counted_as="") | (Q(counted_on__isnull=False) & ~Q(counted_as="")),
            ),
            models.CheckConstraint(name="disclosure_merged_goes_somewhere", condition=~Q(answer="merged") | Q(merged_into__isnull=False)),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="disclosure_receipt_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def masked_name(self) -> str:
        """The applicant as lists show him."""
        return masked(Kind.NAME, self.name) if self.kind == receiving.Applicant.PERSON else self.name

    @property
    def answering(self) -> str:
        """Which of the answer clocks counts: the ordered new answer's, the extended one's, or the plain one's."""
        if self.reopened_on:
            return "disclosure.again"
        return "disclosure.extended" if self.extended else "disclosure.answer"


class Attachment(models.Model):
    """A paper in the folder: handed in, completed, or to be given to the applicant."""

    HANDED_IN, COMPLETION, GIVEN = "handed_in", "completion", "given"

    request = models.ForeignKey(Request, models.PROTECT, related_name="attachments")
    kind = models.CharField("种类", max_length=10, choices=[(HANDED_IN, "随申请提交"), (COMPLETION, "补正"), (GIVEN, "提供给申请人")])
    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="disclosure_attachment_kind", condition=Q(kind__in=["handed_in", "completion", "given"]))
        ]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A letter: a draft, waiting for the head, or gone out sealed. What went out never changes."""

    DRAFT, WAITING, ISSUED = "draft", "waiting", "issued"

    request = models.ForeignKey(Request, models.PROTECT, related_name="letters")
    kind = models.CharField("文书", max_length=12, choices=_choices({k: row.title for k, row in letters.KINDS.items()}))
    addressee = models.CharField("致", max_length=120)
    given = models.JSONField("所写内容", default=dict)
    state = models.CharField("状态", max_length=8, choices=[(DRAFT, "草稿"), (WAITING, "待负责人签发"), (ISSUED, "已发出")], default=DRAFT)
    drafted_by = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+", verbose_name="拟写人")
    returned = models.TextField("退回意见", blank=True)
    number = models.CharField("文书编号", max_length=60, blank=True)
    issued_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("发出时间", null=True, blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.CharField("送达方式", max_length=8, blank=True, choices=_choices(letters.DELIVERIES))
    delivered_on = models.DateField("送达日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="disclosure_letter_state", condition=Q(state__in=["draft", "waiting", "issued"])),
            models.CheckConstraint(name="disclosure_letter_kind", condition=Q(kind__in=list(letters.KINDS))),
            models.CheckConstraint(
                name="disclosure_issued_letter_is_whole",
                condition=Q(state__in=["draft", "waiting"], number="", file__isnull=True)
                | (Q(state="issued", issued_by__isnull=False, issued_at__isnull=False, file__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(name="disclosure_delivered_after_issue", condition=Q(delivered_on__isnull=True) | Q(state="issued")),
            models.UniqueConstraint(fields=["request"], condition=~Q(state="issued"), name="disclosure_one_open_letter"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="disclosure_letter_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Consultation(models.Model):
    """Somebody was asked (第三十二条、第三十四条). The opinion's 15 working days run from the receipt of the letter."""

    AGREES, AGAINST, SILENT = "agrees", "against", "silent"

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="consultation")
    number = models.CharField("编号", max_length=50, unique=True)
    opinion = models.CharField(
        "意见", max_length=8, blank=True, choices=[(AGREES, "同意公开"), (AGAINST, "不同意公开"), (SILENT, "逾期未答复")]
    )
    reason = models.TextField("理由", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="disclosure_opinion", condition=Q(opinion__in=["", "agrees", "against", "silent"])),
            models.CheckConstraint(name="disclosure_opinion_has_its_day", condition=Q(opinion="") | Q(answered_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number


class Contest(models.Model):
    """A review or a lawsuit over the answer to a request."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="contests")
    number = models.CharField("编号", max_length=50, unique=True)
    path = models.CharField("途径", max_length=14, choices=_choices(contests.PATH_LABELS))
    body = models.CharField("受理机关", max_length=80)
    docket = models.CharField("案号", max_length=60)
    notified_on = models.DateField("收到通知之日")
    replied_on = models.DateField("提交答复之日", null=True, blank=True)
    result = models.CharField("结果", max_length=10, choices=_choices(contests.RESULTS), default="pending")
    decided_on = models.DateField("审结日期", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="disclosure_contest_path", condition=Q(path__in=[p.value for p in contests.Path])),
            models.CheckConstraint(name="disclosure_contest_result", condition=Q(result__in=list(contests.RESULTS))),
            models.CheckConstraint(
                name="disclosure_decided_has_a_day",
                condition=Q(result="pending", decided_on__isnull=True) | (~Q(result="pending") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Redaction(models.Model):
    """遮盖处理 of one file: what is covered and why, and once it is done the proof. The original stays here and is never sent."""

    DRAFT, DONE = "draft", "done"

    request = models.ForeignKey(Request, models.PROTECT, related_name="redactions")
    name = models.CharField("文件名", max_length=200)
    source = models.ForeignKey("files.File", models.PROTECT, related_name="+", verbose_name="原件")
    marks = models.JSONField("遮盖清单", default=list)
    state = models.CharField("状态", max_length=6, choices=[(DRAFT, "标记中"), (DONE, "已完成")], default=DRAFT)
    result = models.OneToOneField(Attachment, models.PROTECT, null=True, blank=True, related_name="redaction")
    proof = models.JSONField("核验记录", default=dict)
    by = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+", verbose_name="经办人")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="disclosure_redaction_state", condition=Q(state__in=["draft", "done"])),
            models.CheckConstraint(
                name="disclosure_redaction_is_proved",
                condition=Q(state="draft", result__isnull=True) | Q(state="done", result__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """公开目录的一条 (第十二条): index, name, outline, and the day it arose, from which its limit runs."""

    number = models.CharField("登记号", max_length=50, unique=True)
    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    matter = models.CharField("事项", max_length=12, choices=_choices(proactive.MATTER_LABELS))
    title = models.CharField("名称", max_length=200)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    arisen_on = models.DateField("生成日期")
    state = models.CharField("状态", max_length=10, choices=_choices(proactive.STATES), default=proactive.State.PENDING.value)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    address = models.CharField("公开途径", max_length=200, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    reason = models.CharField("不公开的理由", max_length=300, blank=True)
    origin = models.CharField("来件标识", max_length=120, blank=True)

    class Meta:
        ordering = ["-arisen_on", "-id"]
        constraints = [
            models.CheckConstraint(name="disclosure_entry_state", condition=Q(state__in=[s.value for s in proactive.State])),
            models.CheckConstraint(
                name="disclosure_published_entry_is_whole",
                condition=~Q(state="published") | (Q(published_on__isnull=False) & ~Q(index_number="") & ~Q(address="")),
            ),
            models.CheckConstraint(name="disclosure_withheld_says_why", condition=~Q(state="withheld") | ~Q(reason="")),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="disclosure_entry_once_for_a_document"),
            models.UniqueConstraint(fields=["index_number"], condition=~Q(index_number=""), name="disclosure_index_once"),
        ]

    def __str__(self) -> str:
        return self.number


class AnnualReport(models.Model):
    """年度报告 of an organ, or of the whole county. What was approved never changes: a correction is a further edition with its reason."""

    DRAFT, WAITING, APPROVED = "draft", "waiting", "approved"

    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="机关")
    whole = models.BooleanField("全县汇总", default=False)
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("版次", default=1)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    entered = models.JSONField("填写的数字", default=dict, help_text="code: value, by, at")
    chapters = models.JSONField("各章文字", default=dict)
    state = models.CharField("状态", max_length=8, choices=[(DRAFT, "编写中"), (WAITING, "待审核"), (APPROVED, "已审定")], default=DRAFT)
    returned = models.CharField("退回意见", max_length=200, blank=True)
    frozen = models.JSONField("审定的数字", default=dict)
    digest = models.CharField("摘要", max_length=64, blank=True)
    drafted_by = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+", verbose_name="编写人")
    approved_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人")
    approved_on = models.DateField("审定日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["-year", "organ__order", "-edition"]
        constraints = [
            models.CheckConstraint(name="disclosure_report_state", condition=Q(state__in=["draft", "waiting", "approved"])),
            models.CheckConstraint(
                name="disclosure_approved_report_is_whole",
                condition=~Q(state="approved") | (~Q(digest="") & Q(approved_by__isnull=False, approved_on__isnull=False)),
            ),
            models.CheckConstraint(name="disclosure_correction_has_a_reason", condition=Q(edition=1) | ~Q(reason="")),
            models.UniqueConstraint(fields=["organ", "whole", "year", "edition"], name="disclosure_one_report_an_edition"),
            models.UniqueConstraint(fields=["organ", "whole", "year"], condition=~Q(state="approved"), name="disclosure_one_open_report"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """As it is published (国办公开办函〔2021〕30号)."""
        return f"{self.of}{self.year}年政府信息公开工作年度报告"

    @property
    def of(self) -> str:
        """Whose work it tells of: the organ's own, or the whole government's, whose office its organ is."""
        return self.organ.name.removesuffix("办公室") if self.whole else self.organ.name
