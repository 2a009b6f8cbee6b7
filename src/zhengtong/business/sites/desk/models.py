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
from zhengtong.business.sites.models import ArticleRow
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
        super(Article, locked).publish(revision, user, changed, False, previous_revision, skip_permission_checks=True)
        actions.publish(Article.objects.select_related("column__site").get(pk=self.pk), by=user, reserve=reserve)
        self.refresh_from_db()

    @action
    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True, reason=""):
        """Take the public row down by the room's own verb."""
        locked = Article.objects.select_for_update().get(pk=self.pk)
        actions.withdraw(locked, by=user, reason=reason)
        super(Article, locked).unpublish(set_expired, commit, user, False)
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
