"""Slips and their lines. A slip names its paper by permanent code, so that any room of any network can use it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import rules
from .rules import patterns, urging

OPEN, DONE = rules.LineState.OPEN.value, rules.LineState.DONE.value
RETURNED, VOID = rules.LineState.RETURNED.value, rules.LineState.VOID.value


class Slip(models.Model):
    """The slip pinned to one paper."""

    paper = models.CharField("文件或事项编号", max_length=40, db_index=True)
    title = models.CharField("标题", max_length=200)
    template = models.CharField("模板", max_length=40)
    version = models.PositiveSmallIntegerField("模板版本", default=1)
    organ = models.CharField("机关代码", max_length=40)
    link = models.CharField("页面地址", max_length=200, blank=True)
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    kind = models.CharField("文件种类", max_length=24, blank=True)
    pattern = models.ForeignKey("Pattern", on_delete=models.PROTECT, null=True, blank=True, related_name="slips", verbose_name="本机关模板")
    urgency = models.CharField("紧急程度", max_length=8, blank=True)
    urging = models.BooleanField("自动催办", default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "template"], name="slips_one_of_a_template_per_paper")]

    def __str__(self) -> str:
        return f"{self.paper} {self.title}"


class Line(models.Model):
    """One stage of a slip: whose turn, since when, what was decided. Lines of equal `order` lie side by side."""

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField("次序")
    stage = models.CharField("环节代码", max_length=24)
    label = models.CharField("环节", max_length=40)
    role = models.CharField("角色", max_length=24, blank=True)
    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey("orgs.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        "状态",
        max_length=8,
        choices=[(s.value, _(label)) for s, label in rules.STATE_LABELS.items()],
        default=rules.LineState.WAITING.value,
    )
    opened_at = models.DateTimeField("送达时间", null=True, blank=True)
    seen_at = models.DateTimeField("首次查看", null=True, blank=True)
    done_at = models.DateTimeField("办理时间", null=True, blank=True)
    done_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_for = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁办理")
    decision = models.CharField("意见类别", max_length=12, blank=True, choices=[(k, _(label)) for k, label in rules.DECISIONS.items()])
    opinion = models.TextField("意见", blank=True)
    due = models.DateField("办理时限", null=True, blank=True)
    days = models.PositiveSmallIntegerField("办理天数", null=True, blank=True)
    urged = models.PositiveSmallIntegerField("催办次数", default=0)
    key = models.PositiveIntegerField("版本", default=1)

    class Meta:
        ordering = ["order", "id"]
        indexes = [
            models.Index(fields=["state", "role", "organ"]),
            # Lines of a role name no person: without role and organ behind it, all open lines of the county would be read.
            models.Index(fields=["state", "person", "role", "organ"], name="slips_line_whose_turn"),
            models.Index(fields=["due"], condition=Q(state=OPEN), name="slips_open_line_by_due"),
            models.Index(fields=["state", "post"], condition=Q(post__isnull=False), name="slips_line_of_a_post"),
        ]
        constraints = [
            models.CheckConstraint(name="slips_line_state", condition=Q(state__in=[s.value for s in rules.LineState])),
            models.CheckConstraint(
                name="slips_line_has_a_handler", condition=Q(person__isnull=False) | Q(post__isnull=False) | ~Q(role="")
            ),
            models.CheckConstraint(name="slips_open_line_was_delivered", condition=~Q(state=OPEN) | Q(opened_at__isnull=False)),
            models.CheckConstraint(
                name="slips_done_line_names_who_and_when",
                condition=~Q(state__in=[DONE, RETURNED]) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(name="slips_a_return_gives_its_reason", condition=~Q(state=RETURNED) | ~Q(opinion="")),
        ]

    def __str__(self) -> str:
        return f"{self.slip_id}/{self.order} {self.label} {self.state}"

    def row(self) -> rules.Row:
        return rules.Row(self.pk, self.order, self.stage, rules.LineState(self.state), self.seen_at is not None)


class Pattern(models.Model):
    """办理单模板: how an organ arranges the slips of one kind of paper. A published version never changes; papers stay on theirs."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("文件种类", max_length=24)
    version = models.PositiveSmallIntegerField("版本", null=True, blank=True)
    entries = models.JSONField("各行", default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    key = models.PositiveIntegerField("修改次数", default=1)
    changed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="修改人")
    changed_at = models.DateTimeField("修改时间")
    published_by = models.ForeignKey(
        "orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="启用人"
    )
    published_at = models.DateTimeField("启用时间", null=True, blank=True)

    class Meta:
        ordering = ["organ", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "version"], name="slips_one_template_of_a_version"),
            models.UniqueConstraint(fields=["organ", "kind"], condition=Q(version__isnull=True), name="slips_one_draft_of_a_template"),
            models.CheckConstraint(
                name="slips_published_template_says_who_and_when",
                condition=Q(version__isnull=True, published_at__isnull=True, published_by__isnull=True)
                | Q(version__gte=1, published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.kind} {self.version or '-'}"

    @property
    def rows(self) -> tuple[patterns.Entry, ...]:
        return tuple(patterns.Entry(**entry) for entry in self.entries)


class Absence(models.Model):
    """委托代办: while a person is away, a deputy takes his turns; each says for whom it was taken."""

    person = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="委托人")
    deputy = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="代办人")
    since = models.DateField("开始日期")
    until = models.DateField("结束日期")
    reason = models.CharField("事由", max_length=200)
    given_at = models.DateTimeField("委托时间")
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["deputy", "until"])]
        constraints = [
            models.CheckConstraint(name="slips_absence_ends_after_it_begins", condition=Q(until__gte=models.F("since"))),
            models.CheckConstraint(name="slips_nobody_is_his_own_deputy", condition=~Q(person=models.F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy} {self.since}–{self.until}"


class Follow(models.Model):
    """关注: a person keeps a running paper in sight that is not his turn."""

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="followers")
    at = models.DateTimeField("关注时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slip"], name="slips_followed_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.slip_id}"


class Urging(models.Model):
    """自动催办规则: the days that an organ has set for one rule, instead of the county's."""

    organ = models.ForeignKey("orgs.Organ", on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    rule = models.CharField("规则", max_length=12)
    days = models.PositiveSmallIntegerField("平件天数")
    urgent = models.PositiveSmallIntegerField("急件天数")
    changed_by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, related_name="+", verbose_name="修改人")
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "rule"], name="slips_urging_rule_once"),
            models.CheckConstraint(name="slips_urging_rule_is_known", condition=Q(rule__in=list(urging.CODES))),
            models.CheckConstraint(name="slips_urging_days", condition=Q(days__lte=urging.MOST_DAYS, urgent__lte=urging.MOST_DAYS)),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.rule} {self.days}/{self.urgent}"


class Urge(models.Model):
    """催办: who was reminded of what, when and by what: a person, or one of the rules. `subject` is what the notice is about."""

    subject = models.CharField("事项编号", max_length=80)
    line = models.ForeignKey(Line, on_delete=models.CASCADE, null=True, blank=True, related_name="urges")
    rule = models.CharField("规则", max_length=12, blank=True)
    by = models.ForeignKey("orgs.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="催办人")
    told = models.CharField("催了谁", max_length=200)
    spared = models.BooleanField("只告知秘书", default=False)
    note = models.CharField("附言", max_length=300, blank=True)
    at = models.DateTimeField("催办时间")
    day = models.DateField("催办日期")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject"], name="slips_urges_of_a_subject")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "rule", "day"], condition=~Q(rule=""), name="slips_urged_once_a_day_by_a_rule"),
            models.CheckConstraint(
                name="slips_urge_is_by_a_person_or_a_rule", condition=Q(rule="", by__isnull=False) | (~Q(rule="") & Q(by__isnull=True))
            ),
            models.CheckConstraint(name="slips_urge_rule_is_known", condition=Q(rule__in=["", *urging.CODES])),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.rule or self.by} {self.day}"

    @property
    def word(self) -> str:
        """By which rule, in the reader's language; "" when a person did it."""
        known = urging.rule(self.rule)
        return gettext(known.word) if known else ""


class Look(models.Model):
    """When a person last looked at a slip's paper, so that the next time he is shown what changed since.

    `since` is the look before this sitting, from which what is shown as changed is counted; `digest` the content that he then saw.
    """

    person = models.ForeignKey("orgs.Person", on_delete=models.CASCADE, related_name="+")
    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("最近查看")
    since = models.DateTimeField("上次查看", null=True, blank=True)
    digest = models.CharField("所看内容摘要", max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slip"], name="slips_one_last_look")]

    def __str__(self) -> str:
        return f"{self.person} {self.slip_id} {self.at}"
