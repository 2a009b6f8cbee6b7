"""What was reported, and the cards that follow. Nothing here points into the tables of the supervised."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.clock.rules import Happening

from . import rules


class Reported(models.Model):
    """One clock event as a network reported it; append only, in the order of the sender's sequence."""

    network = models.CharField("网络", max_length=12)
    subject = models.CharField("对象编号", max_length=60)
    limit = models.CharField("时限", max_length=40)
    kind = models.CharField("事件", max_length=8, choices=[(k.value, k.value) for k in Happening])
    at = models.DateTimeField("时间")
    reason = models.CharField("事由", max_length=200, blank=True)
    promised = models.PositiveSmallIntegerField("承诺数", null=True)
    title = models.CharField("名称", max_length=200, blank=True)
    organ = models.CharField("责任机关", max_length=40, blank=True)
    came_at = models.DateTimeField("报来时间")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "limit"])]
        constraints = [models.CheckConstraint(name="timelimits_event_kind", condition=Q(kind__in=[k.value for k in Happening]))]

    def __str__(self) -> str:
        return f"{self.subject} {self.limit} {self.kind}"


class Card(models.Model):
    """A yellow or red card: proposed by the machine from facts, confirmed or dismissed by a supervisor."""

    subject = models.CharField("对象编号", max_length=60)
    limit = models.CharField("时限", max_length=40)
    colour = models.CharField("牌", max_length=8, choices=[(c.value, label) for c, label in rules.COLOURS.items()])
    title = models.CharField("名称", max_length=200)
    organ = models.CharField("责任机关", max_length=40)
    due = models.DateField("应办结日期")
    proposed_on = models.DateField("提出日期")
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, label) for s, label in rules.CARD_STATES.items()], default=rules.CardState.PROPOSED.value
    )
    decided_by = models.CharField("确认人代码", max_length=40, blank=True)
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        ordering = ["-proposed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "limit", "colour", "due"], name="timelimits_one_card"),
            models.CheckConstraint(name="timelimits_card_state", condition=Q(state__in=[s.value for s in rules.CardState])),
            models.CheckConstraint(name="timelimits_card_colour", condition=Q(colour__in=[c.value for c in rules.Colour])),
            models.CheckConstraint(name="timelimits_dismissal_gives_reason", condition=~Q(state="dismissed") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_colour_display()} {self.subject}"
