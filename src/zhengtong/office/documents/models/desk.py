"""What lies on the writing desk: drafts not saved, files brought, scans being read, what an organ keeps ready."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhengtong.office.documents.rules import kinds

from .document import Document


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
