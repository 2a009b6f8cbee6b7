"""The article's table, with the drafts, revisions, locks and preview that Wagtail's mixins add.

Whoever publishes or unpublishes, by screen, schedule or code, passes `publish` and `unpublish` below, and so
the room's `actions`: no way leads past the audit.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, ModelLogEntry, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.models.audit_log import ModelLogEntryManager

from zhengtong.business.sites import actions, rules
from zhengtong.business.sites.models import ArticleRow, Column
from zhengtong.business.sites.rules import review
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as noop

# What belongs to the article as a whole and not to one of its drafts.
OWN = ("state", "origin", "public_path", "digest", "withdrawn_because", "published_at")


class Article(WorkflowMixin, PreviewableMixin, DraftStateMixin, LockableMixin, RevisionMixin, ArticleRow):
    """文章. The row is what is public; what is being written lives in its revisions."""

    live = models.BooleanField(_("公开"), default=False, editable=False)

    class Meta:
        verbose_name = _("文章")
        verbose_name_plural = _("文章")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["column", "state", "published_at", "id"], name="desk_article_in_column")]
        constraints = [
            models.CheckConstraint(name="desk_article_state", condition=Q(state__in=[s.value for s in rules.State])),
            models.CheckConstraint(
                name="desk_published_article_is_complete",
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & ~Q(source="") & ~Q(title="") & ~Q(public_path="") & ~Q(digest="")),
            ),
            models.CheckConstraint(name="desk_withdrawn_article_says_why", condition=~Q(state="withdrawn") | ~Q(withdrawn_because="")),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="desk_article_once_for_a_package"),
            models.UniqueConstraint(fields=["public_path"], condition=~Q(public_path=""), name="desk_article_path_once"),
        ]

    def with_content_json(self, content):
        """A revision as an article; what belongs to the whole article is taken from the row."""
        draft = super().with_content_json(content)
        for name in OWN:
            setattr(draft, name, getattr(self, name))
        return draft

    @action
    def publish(self, revision, user=None, changed=True, log_action=True, previous_revision=None, skip_permission_checks=False, reserve=""):
        """Make `revision` the public row and publish it by the room's own verb."""
        locked = Article.objects.select_for_update().get(pk=self.pk)
        revision = self.revisions.get(pk=revision.pk)  # with the row as it is under the lock
        actions.require_publishable(revision.as_object(), by=user, reserve=reserve)
        locked.require_read(user, revision.pk)
        super(Article, locked).publish(revision, user, changed, False, previous_revision, skip_permission_checks=True)
        actions.publish(Article.objects.select_related("column__site").get(pk=self.pk), by=user, reserve=reserve)
        self.refresh_from_db()

    @action
    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True, reason="", verb="withdraw"):
        """Take the public row down by the room's own verb: `withdraw`, or `pull` in an emergency."""
        locked = Article.objects.select_for_update().get(pk=self.pk)
        actions.withdraw(locked, by=user, reason=reason, verb=verb)
        super(Article, locked).unpublish(set_expired, commit, None, False)  # the verb has asked who may
        self.refresh_from_db()

    def publish_newest(self, by, seen: str = "", reserve: str = "") -> None:
        """Publish the last draft; `seen` is the draft that the publisher looked at, `reserve` why he leaves what the check finds."""
        if seen and seen != str(self.latest_revision_id or ""):
            raise Refused(noop("文章刚被他人修改，请看过新稿再发布"))
        revision = self.latest_revision or self.save_revision(user=by, log_action=False, clean=False)
        self.publish(revision, user=by, reserve=reserve)

    def newest(self) -> "Article":
        """The article as its last draft has it."""
        return self.get_latest_revision_as_object()

    def authors(self) -> set[str]:
        """Codes of the people who wrote on the drafts that are not public yet."""
        written = self.revisions.filter(pk__gt=self.live_revision_id or 0, user__person__isnull=False)
        return set(written.values_list("user__person__code", flat=True))

    def of_newest(self) -> list["ReadStep"]:
        """The steps that were taken on the newest draft."""
        return list(self.readings.filter(revision=self.latest_revision_id or 0))

    def readers(self) -> set[str]:
        return {row.by for row in self.of_newest()}

    def require_read(self, by, revision: int = 0) -> None:
        """Refuse to publish what has not passed its steps before the last, or by one of its authors or readers (三审)."""
        if revision and revision != self.latest_revision_id:
            raise Refused(noop("只能发布审过的最后一稿"))
        rows = self.of_newest()
        if any(row.outcome == ReadStep.RETURNED for row in rows):
            raise Refused(noop("稿件已退回，修改后重新审核"))
        if step := review.waiting(self.column.site.review, [row.step for row in rows], bool(self.origin)):
            raise Refused(noop("还没有通过%(step)s"), step=step.name)
        person = actions.person_of(by)
        if person and (no := review.reader_objection(person.code, self.authors(), (row.by for row in rows))):
            raise Refused(no)


class Placement(models.Model):
    """按引用显示: a column shows an article of another one; the article stays one row with one address."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="placements", verbose_name=_("文章"))
    column = models.ForeignKey(Column, models.CASCADE, related_name="placements", verbose_name=_("栏目"))
    by = models.CharField(_("放置人代码"), max_length=40)
    at = models.DateTimeField(_("放置时间"))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "column"], name="desk_placed_once_in_a_column")]

    def __str__(self) -> str:
        return f"{self.article} → {self.column}"


class ReadStep(models.Model):
    """One step of the 三审 that a draft has passed, or was returned at with its reason; it speaks of one revision."""

    PASSED, RETURNED = "passed", "returned"

    article = models.ForeignKey(Article, models.CASCADE, related_name="readings", verbose_name=_("文章"))
    revision = models.PositiveBigIntegerField(_("稿次"))
    step = models.CharField(_("审次"), max_length=8, choices=[(r.code, _(r.name)) for r in (review.FIRST, review.AGAIN, review.LAST)])
    outcome = models.CharField(_("结果"), max_length=8, choices=[(PASSED, _("通过")), (RETURNED, _("退回"))])
    opinion = models.CharField(_("意见"), max_length=200, blank=True)
    by = models.CharField(_("审核人代码"), max_length=40)
    name = models.CharField(_("审核人"), max_length=80)
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["article", "revision"], name="desk_reading_of_a_revision")]
        constraints = [
            models.CheckConstraint(name="desk_reading_outcome", condition=Q(outcome__in=["passed", "returned"])),
            models.CheckConstraint(name="desk_returned_says_why", condition=~Q(outcome="returned") | ~Q(opinion="")),
            models.UniqueConstraint(
                fields=["article", "revision", "step"], condition=Q(outcome="passed"), name="desk_step_passed_once_by_a_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.get_step_display()} {self.get_outcome_display()}"


class Timed(models.Model):
    """定时发布、定时撤下: an official act confirmed now for a later moment; the worker does it."""

    PUBLISH, WITHDRAW = "publish", "withdraw"
    WAITING, DONE, FAILED, CANCELLED = "waiting", "done", "failed", "cancelled"

    article = models.ForeignKey(Article, models.CASCADE, related_name="timed", verbose_name=_("文章"))
    verb = models.CharField(_("动作"), max_length=8, choices=[(PUBLISH, _("发布")), (WITHDRAW, _("撤下"))])
    at = models.DateTimeField(_("时间"))
    seen = models.CharField(_("稿次"), max_length=20, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    by = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", verbose_name=_("确认人"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        default=WAITING,
        choices=[(WAITING, _("等待")), (DONE, _("已完成")), (FAILED, _("没有完成")), (CANCELLED, _("已取消"))],
    )
    told = models.CharField(_("未完成的原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="desk_timed_verb", condition=Q(verb__in=["publish", "withdraw"])),
            models.CheckConstraint(name="desk_timed_state", condition=Q(state__in=["waiting", "done", "failed", "cancelled"])),
            models.CheckConstraint(name="desk_timed_failure_says_why", condition=~Q(state="failed") | ~Q(told="")),
            models.UniqueConstraint(fields=["article", "verb"], condition=Q(state="waiting"), name="desk_timed_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.article}"


class DeskEntryManager(ModelLogEntryManager):
    """Passes every change that Wagtail notes on to the audit log."""

    def log_action(self, instance, action, **kwargs):
        entry = super().log_action(instance, action, **kwargs)
        if kwargs.get("content_changed", True) or action == "wagtail.create":
            record(kwargs.get("user"), f"sites.{action.removeprefix('wagtail.')}", instance, {"title": str(instance)})
        return entry


class DeskEntry(ModelLogEntry):
    """Wagtail's own history of an article, which its screens show."""

    objects = DeskEntryManager()

    class Meta:
        proxy = True


def open_draft(by: object = None, **fields: object) -> Article:
    """A new draft with its first revision; call inside an action that records it."""
    article = Article.objects.create(**fields)
    article.save_revision(user=by, log_action=False, clean=False)
    return article
