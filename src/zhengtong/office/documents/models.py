"""Documents and what can never be untrue of them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rules import body, kinds, secrecy, steps

STATES = [(s.value, _(label)) for s, label in steps.STATE_LABELS.items()]
UNSIGNED = [s.value for s in steps.UNSIGNED]
UNNUMBERED = [s.value for s in steps.UNNUMBERED]


def here() -> str:
    """The profile that this office network is declared as (design §3b.1)."""
    return (secrecy.Profile.CLASSIFIED if settings.CLASSIFIED else secrecy.Profile.OPEN).value


class Document(models.Model):
    """An official document from its first draft to its dispatch."""

    code = models.CharField("文件编号", max_length=20, unique=True)
    profile = models.CharField("网络属性", max_length=12, choices=[(p.value, _(label)) for p, label in secrecy.PROFILES.items()])
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="发文机关")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办处室")
    drafter = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="拟稿人")
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField("文种", max_length=16, choices=[(k, _(v.name)) for k, v in kinds.KINDS.items()])
    title = models.CharField("标题", max_length=200)
    body = models.JSONField("正文", default=list)
    state = models.CharField("状态", max_length=12, choices=STATES, default=steps.State.DRAFT.value)
    version = models.PositiveIntegerField("版本", default=1)
    block_top = models.PositiveIntegerField("最大段号", default=0)
    content_digest = models.CharField("内容摘要", max_length=64)
    urgency = models.CharField("紧急程度", max_length=8, blank=True, choices=[(k, _(label)) for k, label in kinds.URGENCY.items()])
    important = models.BooleanField("重要公文", default=False)
    publication = models.CharField("公开属性", max_length=12, choices=[(p.value, _(label)) for p, label in secrecy.PUBLICATION.items()])
    publication_reason = models.CharField("不予公开理由", max_length=200, blank=True)
    secrecy = models.CharField("密级", max_length=2, blank=True)
    secrecy_period = models.CharField("保密期限", max_length=40, blank=True)
    secrecy_basis = models.CharField("定密依据", max_length=200, blank=True)
    signed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signature = models.JSONField("签名", null=True, blank=True)
    number = models.CharField("发文字号", max_length=40, blank=True)
    number_code = models.CharField("机关代字", max_length=24, blank=True)
    number_year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    number_serial = models.PositiveIntegerField("顺序号", null=True, blank=True)
    numbered_at = models.DateTimeField("编号时间", null=True, blank=True)
    pdf = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="正式版面")
    ofd = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="电子签章版面")
    printed_on = models.DateField("印发日期", null=True, blank=True)
    issued_at = models.DateTimeField("分发时间", null=True, blank=True)
    created_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("最近变动")

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["number"], name="documents_by_number", condition=~Q(number="")),
            models.Index(fields=["title"], name="documents_by_title"),
        ]
        constraints = [
            models.CheckConstraint(name="documents_state", condition=Q(state__in=[s.value for s in steps.State])),
            models.CheckConstraint(name="documents_kind", condition=Q(kind__in=list(kinds.KINDS))),
            models.CheckConstraint(name="documents_number_only_after_signing", condition=Q(number="") | Q(signed_by__isnull=False)),
            models.CheckConstraint(
                name="documents_numbered_from_printing_on",
                condition=Q(number="", state__in=UNNUMBERED) | (~Q(number="") & ~Q(state__in=UNNUMBERED)),
            ),
            models.CheckConstraint(
                name="documents_signed_from_recheck_on",
                condition=Q(state__in=UNSIGNED, signed_by__isnull=True, signed_at__isnull=True, signature__isnull=True)
                | (~Q(state__in=UNSIGNED) & Q(signed_by__isnull=False, signed_at__isnull=False, signature__isnull=False)),
            ),
            models.CheckConstraint(name="documents_secrecy_only_when_classified", condition=Q(secrecy="") | Q(profile="classified")),
            models.CheckConstraint(name="documents_secrecy_level", condition=Q(secrecy__in=list(secrecy.LEVELS))),
            models.CheckConstraint(name="documents_secret_is_withheld", condition=Q(secrecy="") | Q(publication="withheld")),
            models.CheckConstraint(
                name="documents_withholding_has_its_reason", condition=~Q(publication="withheld") | ~Q(publication_reason="")
            ),
            models.UniqueConstraint(fields=["organ", "number"], condition=~Q(number=""), name="documents_number_once"),
            models.UniqueConstraint(
                fields=["organ", "number_code", "number_year", "number_serial"], condition=~Q(number=""), name="documents_serial_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def secrecy_mark(self) -> str:
        return secrecy.mark(self.secrecy, self.secrecy_period)

    @property
    def text(self) -> str:
        """The body as it stands in the writing field."""
        return body.text(self.body)

    def content(self) -> Mapping[str, Any]:
        """Everything that is approved: what will stand on the page and what decides who reads it."""
        return {
            "organ": self.organ.code,
            "kind": self.kind,
            "title": self.title,
            "body": [[block["kind"], block["level"], block["text"]] for block in self.body],
            "recipients": [[r.organ.code, r.name, r.cc] for r in self.recipients.select_related("organ")],
            "urgency": self.urgency,
            "important": self.important,
            "publication": [self.publication, self.publication_reason],
            "secrecy": [self.secrecy, self.secrecy_period, self.secrecy_basis],
            "readers": sorted(self.readers.values_list("person__code", flat=True)),
        }


class Recipient(models.Model):
    """A receiving organ in its order; a collective name on the page (各乡镇人民政府) stands for several rows."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField("次序")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("版面名称", max_length=80)
    cc = models.BooleanField("抄送", default=False)

    class Meta:
        ordering = ["cc", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "organ"], name="documents_recipient_once")]

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """知悉范围: one person who may know a classified document, its title included."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="documents_reader_once")]


class Clearance(models.Model):
    """涉密等级: until when a person may know documents of a level; given by the security administrator (design §3b.2)."""

    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField("涉密等级", max_length=2)
    until = models.DateField("有效期至")
    given_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField("授予时间")

    class Meta:
        constraints = [models.CheckConstraint(name="documents_clearance_level", condition=Q(level__in=["秘密", "机密", "绝密"]))]


class Revision(models.Model):
    """The whole content as one handler left it. Rows are added, never changed: the marked-up draft is computed from them."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField("版本")
    state = models.CharField("所处环节", max_length=12, choices=STATES)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    content = models.JSONField("内容")
    digest = models.CharField("内容摘要", max_length=64)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="documents_revision_once"),
            models.CheckConstraint(name="documents_revision_state", condition=Q(state__in=[s.value for s in steps.State])),
        ]

    @property
    def text(self) -> str:
        return "\n".join(str(row[2]) for row in self.content["body"])


class Step(models.Model):
    """One change by one hand (留痕). Neither code nor database changes or deletes a step; each digest covers the one before."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField("序号")
    version = models.PositiveIntegerField("版本")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="存入人")
    hand = models.CharField("修改人", max_length=80)
    at = models.DateTimeField("修改时间")
    op = models.JSONField("改动")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        ordering = ["document", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="documents_step_once"),
            models.CheckConstraint(name="documents_steps_from_one", condition=Q(seq__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.document.code}#{self.seq}"


class Original(models.Model):
    """The file that a draft was made from, as it came."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="originals")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "file"], name="documents_original_once")]


class Sitting(models.Model):
    """Somebody at a draft: since when, and what he has typed there that is not saved yet. His own, no part of the document."""

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="sittings")
    since = models.DateTimeField("打开时间")
    seen_at = models.DateTimeField("最近在场")
    typed = models.JSONField("未保存的内容", null=True)
    typed_at = models.DateTimeField("暂存时间", null=True)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("上传文件名", max_length=200, blank=True)
    history = models.JSONField("上传文件中的修订", default=list)
    remarks = models.JSONField("读入时的提示", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "document"], name="documents_sitting_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(document__isnull=True), name="documents_sitting_at_a_new_draft_once"),
            models.CheckConstraint(name="documents_typed_has_its_time", condition=Q(typed__isnull=True) | Q(typed_at__isnull=False)),
        ]


class Scan(models.Model):
    """An uploaded scan on its way to a draft: its pages are read one after another in the background. Its owner's own."""

    WAITING, READ, FAILED = "waiting", "read", "failed"
    STATES = {WAITING: _("识别中"), READ: _("已识别"), FAILED: _("未能识别")}

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    at = models.DateTimeField("上传时间")
    moved_at = models.DateTimeField("最近进展")
    state = models.CharField("状态", max_length=8, choices=list(STATES.items()), default=WAITING)
    pages = models.PositiveSmallIntegerField("页数")
    sheets = models.JSONField("已读各页", default=list)
    why = models.JSONField("未能识别的原因", default=dict)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="documents_scan_state", condition=Q(state__in=["waiting", "read", "failed"])),
            models.CheckConstraint(name="documents_scan_has_pages", condition=Q(pages__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def done(self) -> int:
        return len(self.sheets)


class Handwriting(models.Model):
    """An opinion written by hand, as strokes; bound to the version that it was given on."""

    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="handwritings")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("书写时间")
    version = models.PositiveIntegerField("版本")
    digest = models.CharField("内容摘要", max_length=64)
    strokes = models.JSONField("笔迹")


class Phrase(models.Model):
    """What an organ keeps ready for its drafters: a whole template of a type, or a stock phrase."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("文种", max_length=16, blank=True, choices=[(k, _(v.name)) for k, v in kinds.KINDS.items()])
    whole = models.BooleanField("整篇模板", default=False)
    text = models.TextField("内容", max_length=4000)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["whole", "name"]
        constraints = [models.UniqueConstraint(fields=["organ", "name"], name="documents_phrase_once")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A collective name that an organ keeps for receivers of its own choice, besides those that the directory knows."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("统称", max_length=40)
    members = models.ManyToManyField("orgs.Organ", related_name="+")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "name"], name="documents_group_once"),
            models.CheckConstraint(name="documents_group_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """What a consulted organ answered. A disagreement blocks signing until it is settled (第十六条（四）)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="consultations")
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+")
    line = models.OneToOneField("slips.Line", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("送出时间")
    answer = models.CharField("答复", max_length=10, blank=True, choices=[("agree", _("同意")), ("disagree", _("不同意"))])
    reason = models.TextField("意见", blank=True)
    answered_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    settlement = models.TextField("协调结果", blank=True)
    settled_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("协调时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="documents_consultation_answer", condition=Q(answer__in=["", "agree", "disagree"])),
            models.CheckConstraint(name="documents_disagreement_has_its_reason", condition=~Q(answer="disagree") | ~Q(reason="")),
            models.CheckConstraint(
                name="documents_settled_by_someone", condition=Q(settled_by__isnull=True, settlement="") | Q(settled_by__isnull=False)
            ),
        ]

    @property
    def unsettled(self) -> bool:
        return self.answer == "disagree" and not self.settled_by_id


class Reservation(models.Model):
    """保留: errors of the rule book that the office left in a document, with its reason (第二十条（四）)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reservations")
    digest = models.CharField("内容摘要", max_length=64)
    rules = models.JSONField("规则")
    reason = models.TextField("理由")
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="documents_reservation_has_its_reason", condition=~Q(reason=""))]


class Release(models.Model):
    """One attempt to bring a document to the public, bound to the digest of what was signed (design §3b.8)."""

    PROPOSED, REVIEWED, RELEASED, REFUSED = "proposed", "reviewed", "released", "refused"
    STATES = {PROPOSED: _("已提出"), REVIEWED: _("已审查"), RELEASED: _("已批准公开"), REFUSED: _("不予公开")}

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="releases")
    slip = models.OneToOneField("slips.Slip", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=list(STATES.items()), default=PROPOSED)
    digest = models.CharField("内容摘要", max_length=64)
    proposed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    reviewed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField("审查时间", null=True, blank=True)
    decided_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="documents_release_state", condition=Q(state__in=["proposed", "reviewed", "released", "refused"])),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state__in=["proposed", "reviewed", "released"]), name="documents_released_once"
            ),
            models.CheckConstraint(
                name="documents_release_by_two_others",
                condition=~Q(state="released")
                | (Q(reviewed_by__isnull=False, decided_by__isnull=False) & ~Q(reviewed_by=models.F("proposed_by"))),
            ),
        ]
