"""Sites under inspection, what their owners published there, every visit with its findings and columns, the tries of the
week, who was warned, and what was ordered to be mended."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.files.models import File

from .rules.columns import STATES
from .rules.faults import EVIDENCE, FAULTS, Fault, source_label
from .rules.freshness import PERIODS, Class
from .rules.orders import STATE_LABELS, State
from .rules.warnings import LEVELS


class Site(models.Model):
    """A site of the cluster, or any other address given to the inspector."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=100)
    address = models.URLField("首页地址", max_length=300)
    domain = models.CharField("应有的域名", max_length=120, blank=True)
    organ = models.CharField("责任机关代码", max_length=40)
    owners = models.JSONField("栏目的责任机关", default=dict, blank=True)
    periods = models.JSONField("申报的更新周期（日）", default=dict, blank=True)
    known = models.JSONField("以前看到的日期和正文", default=dict, blank=True)
    since = models.DateField("列入日期")
    watched = models.BooleanField("在巡检", default=True)
    asked_at = models.DateTimeField("要求立即巡检", null=True)
    dynamic = models.JSONField("不在发布包里的地址", default=list, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(name="inspection_site_has_address", condition=~Q(address=""))]

    def __str__(self) -> str:
        return self.name


class Published(models.Model):
    """A release that the owner says he made, told by contract. The last few are kept."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="published", verbose_name="网站")
    release = models.CharField("发布包", max_length=60)
    at = models.DateTimeField("生成时间")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["site", "release"], name="inspection_release_once")]

    def __str__(self) -> str:
        return self.release


class PublishedFile(models.Model):
    """A file as the owner published it: the release (its row's key) that brought it, and the one that changed or removed it."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="published_files", verbose_name="网站")
    path = models.CharField("路径", max_length=500)
    sm3 = models.CharField("摘要", max_length=64)
    first = models.BigIntegerField("自发布包")
    last = models.BigIntegerField("至发布包", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "last"], name="inspection_file_last")]
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], condition=Q(last__isnull=True), name="inspection_file_once"),
            models.CheckConstraint(name="inspection_file_lasts", condition=Q(last__isnull=True) | Q(last__gt=models.F("first"))),
        ]

    def __str__(self) -> str:
        return self.path


class Watchlist(models.Model):
    """The list of sites as it was last sent to the probe."""

    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("送出时间")

    class Meta:
        constraints = [models.CheckConstraint(name="inspection_watchlist_has_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return self.digest[:12]


class Visit(models.Model):
    """One visit and what the rule books say of it."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="visits", verbose_name="网站")
    began = models.DateTimeField("开始时间")
    day = models.DateField("评判日期")
    complete = models.BooleanField("看完")
    pages = models.PositiveIntegerField("网页数")
    files = models.PositiveIntegerField("附件等")
    home_newest = models.DateField("首页最近更新", null=True)
    scores = models.JSONField("评分", default=list)
    sm3 = models.CharField("所见摘要", max_length=64)

    class Meta:
        ordering = ["-began", "-id"]
        constraints = [models.UniqueConstraint(fields=["site", "sm3"], name="inspection_visit_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.day}"


class Finding(models.Model):
    """One fault with its evidence; `since` is the day it was first found without a break."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings", verbose_name="巡检")
    fault = models.CharField("问题", max_length=30)
    url = models.CharField("地址", max_length=2000)
    evidence = models.JSONField("依据", default=dict)
    answer = models.JSONField("所见应答", default=dict)  # at, status, seconds, size, sm3, headers, as the page was answered
    since = models.DateField("首次发现")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["visit", "fault"])]
        constraints = [models.CheckConstraint(name="inspection_finding_names_fault", condition=~Q(fault=""))]

    def __str__(self) -> str:
        return f"{self.fault} {self.url}"

    @property
    def row(self) -> Fault:
        return FAULTS[self.fault]

    @property
    def source_label(self) -> str:
        return source_label(self.row.source)

    @property
    def said(self) -> list[tuple[str, str]]:
        """The evidence line by line."""
        rows = ((name, "、".join(map(str, value)) if isinstance(value, list) else str(value)) for name, value in self.evidence.items())
        return [(EVIDENCE.get(name, name), text) for name, text in rows if text]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """The answer line by line, without its headers."""
        return [(EVIDENCE.get(name, name), str(value)) for name, value in self.answer.items() if name != "headers"]


class Picture(models.Model):
    """How a page looked to the visitor."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="pictures", verbose_name="巡检")
    url = models.CharField("地址", max_length=2000)
    at = models.DateTimeField("时间")
    file = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name="图片")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="inspection_picture_has_address", condition=~Q(url=""))]

    def __str__(self) -> str:
        return self.url


class Column(models.Model):
    """A column as the visit saw it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="columns", verbose_name="巡检")
    url = models.CharField("地址", max_length=2000)
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=12, choices=[(k.value, row.label) for k, row in PERIODS.items()])
    newest = models.DateField("最近有效更新", null=True)
    items = models.PositiveIntegerField("条数")
    state = models.CharField("状态", max_length=8, choices=list(STATES.items()))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="inspection_column_state", condition=Q(state__in=list(STATES))),
            models.CheckConstraint(name="inspection_column_kind", condition=Q(kind__in=[k.value for k in Class])),
        ]

    def __str__(self) -> str:
        return self.name


class Try(models.Model):
    """One try to open a home page, of the 20 and more of a week."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="tries", verbose_name="网站")
    at = models.DateTimeField("时间")
    seconds = models.FloatField("秒")
    status = models.PositiveSmallIntegerField("状态码")
    error = models.CharField("原因", max_length=20, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["site", "at"], name="inspection_try_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.at}"


class Warned(models.Model):
    """Who was told before which last good day."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="warnings", verbose_name="网站")
    url = models.CharField("地址", max_length=500)
    name = models.CharField("栏目", max_length=200)
    last = models.DateField("最后有效日")
    level = models.CharField("提醒", max_length=10, choices=[(level.code, level.label) for level in LEVELS])
    day = models.DateField("提醒日期")
    told = models.PositiveIntegerField("人数")

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "url", "last", "level"], name="inspection_warned_once"),
            models.CheckConstraint(name="inspection_warning_level", condition=Q(level__in=[level.code for level in LEVELS])),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Order(models.Model):
    """整改单: what an organ is told to mend by when, what it answered, and what the inspector saw afterwards."""

    number = models.CharField("编号", max_length=30, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="orders", verbose_name="网站")
    organ = models.CharField("责任机关代码", max_length=40)
    fault = models.CharField("问题", max_length=30)
    urls = models.JSONField("地址", default=list)
    found = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="orders", verbose_name="发现的巡检")
    state = models.CharField("状态", max_length=10, choices=list(STATE_LABELS.items()), default=State.SENT.value)
    sent_at = models.DateTimeField("下达时间")
    sent_by = models.CharField("下达人", max_length=40)
    words = models.CharField("要求", max_length=500, blank=True)
    due = models.DateField("整改期限")
    answer = models.TextField("整改答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.CharField("答复人", max_length=40, blank=True)
    seen_by = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="settled", verbose_name="复查的巡检")
    seen_at = models.DateTimeField("复查时间", null=True)
    left = models.JSONField("复查时仍有", default=list)
    reason = models.CharField("撤销原因", max_length=300, blank=True)
    urged_on = models.DateField("逾期提醒日期", null=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "organ", "fault"], condition=Q(state__in=["sent", "answered", "unmended"]), name="inspection_one_open_order"
            ),
            models.CheckConstraint(name="inspection_order_state", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(name="inspection_mended_was_seen", condition=~Q(state="mended") | Q(seen_at__isnull=False)),
            models.CheckConstraint(name="inspection_dropped_says_why", condition=~Q(state="dropped") | ~Q(reason="")),
            models.CheckConstraint(name="inspection_answered_says_what", condition=~Q(state="answered") | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def row(self) -> Fault:
        return FAULTS[self.fault]
