"""Documents and what can never be untrue of them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhengtong.office.documents.rules import attachments, body, kinds, secrecy, steps
from zhengtong.office.documents.rules.body import Block

from .issuer import MARKS

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
    joint_mark = models.CharField("联合发文机关标志", max_length=4, blank=True, choices=MARKS)
    joint_shared = models.BooleanField("党委政府共同职权", default=False)
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

    @property
    def blocks(self) -> list[Block]:
        """The text and every attachment as one run of blocks."""
        return [*self.body, *(block for one in self.attachments.select_related("file") for block in one.blocks)]

    def content(self) -> Mapping[str, Any]:
        """Everything that is approved: what will stand on the page and what decides who reads it.

        Only a joint document, and one with attachments, says so: what was signed before there were any keeps its digest.
        """
        attached = attachments.content([(str(block["id"]), str(block["text"])) for block in self.blocks])
        others = list(self.issuers.values_list("organ__code", flat=True))
        return {
            **({"attachments": attached} if attached else {}),
            **({"joint": [others, self.joint_mark, self.joint_shared]} if others else {}),
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
