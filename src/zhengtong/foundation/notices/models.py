"""In-app notices: one row for each person who is told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext


class Notice(models.Model):
    """A sentence for one person, with the way to what it speaks of."""

    person = models.ForeignKey("orgs.Person", models.CASCADE, related_name="notices", verbose_name="收件人")
    text = models.TextField("内容")
    params = models.JSONField("内容参数", default=dict, blank=True)
    link = models.CharField("页面地址", max_length=200, blank=True)
    subject = models.CharField("事项编号", max_length=80, blank=True, db_index=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread")]
        constraints = [
            models.CheckConstraint(name="notices_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="notices_leads_inside", condition=Q(link="") | Q(link__startswith="/") & ~Q(link__startswith="//")),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The text in the reader's language."""
        return gettext(self.text) % self.params if self.params else gettext(self.text)
