"""Clocks as the events that move them, and the working days that notices changed."""

from django.db import models
from django.db.models import Q

from . import rules


class CalendarDay(models.Model):
    """A day that differs from the plain week, by a yearly notice loaded after this version was made."""

    day = models.DateField("日期", unique=True)
    working = models.BooleanField("是否上班")
    reason = models.CharField("事由", max_length=40, blank=True)
    notice = models.CharField("通知文号", max_length=60)

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.working else '休息'}"


class ClockEvent(models.Model):
    """Start, stop, resume or finish of one limit of one subject; append only, so any day can be replayed."""

    subject = models.CharField("对象编号", max_length=60)
    limit = models.CharField("时限", max_length=40, choices=rules.limit_choices)
    kind = models.CharField("事件", max_length=8, choices=[(k.value, k.value) for k in rules.Happening])
    at = models.DateTimeField("时间")
    reason = models.CharField("事由", max_length=200, blank=True)
    promised = models.PositiveSmallIntegerField("承诺数", null=True, help_text="only on start: the promise, in the limit's unit")
    title = models.CharField("名称", max_length=200, blank=True)
    organ = models.CharField("责任机关", max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "limit"])]
        constraints = [
            models.CheckConstraint(name="clock_event_kind", condition=Q(kind__in=[k.value for k in rules.Happening])),
            models.CheckConstraint(name="clock_a_stop_has_a_reason", condition=~Q(kind="stop") | ~Q(reason="")),
            models.CheckConstraint(name="clock_a_start_has_a_promise", condition=~Q(kind="start") | Q(promised__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.limit} {self.kind}"


class Running(models.Model):
    """The clocks that have started and not finished: an index over the events, one row for each clock."""

    subject = models.CharField(max_length=60)
    limit = models.CharField(max_length=40)
    organ = models.CharField(max_length=40, blank=True)
    due = models.DateField(db_index=True)
    stopped = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "limit"], name="clock_one_running")]

    def __str__(self) -> str:
        return f"{self.subject} {self.limit} → {self.due}"
