"""The audit log: append only, one hash chain for each organ, no foreign key (design §3a)."""

from datetime import UTC

from django.db import models

from . import naming, rules


class Head(models.Model):
    """The end of one chain; locked last in every action."""

    chain = models.CharField("链", max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=rules.GENESIS)


class Entry(models.Model):
    """One change of state: who did what to what, and when."""

    chain = models.CharField("链", max_length=40)
    seq = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间", db_index=True)
    network = models.CharField("网络", max_length=12)
    actor_kind = models.CharField("主体类别", max_length=10, choices=[(k.value, k.value) for k in rules.ActorKind])
    actor_code = models.CharField("主体代码", max_length=40, db_index=True)
    actor_name = models.CharField("主体", max_length=80)
    verb = models.CharField("动作", max_length=60, db_index=True)
    target = models.CharField("对象", max_length=120, db_index=True)
    detail = models.JSONField("说明", default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField("摘要", max_length=64, unique=True)

    about: models.Model | str = ""  # what it was done to, for those who follow; not stored

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_entry_per_number"),
            models.CheckConstraint(name="audit_numbers_from_one", condition=models.Q(seq__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.verb}"

    @property
    def verb_name(self) -> str:
        return naming.name(self.verb)

    @property
    def target_name(self) -> str:
        return naming.thing(self.target)

    def fields(self) -> dict[str, object]:
        """What the digest covers: every column but the links themselves."""
        return {
            "chain": self.chain,
            "seq": self.seq,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "network": self.network,
            "actor": [self.actor_kind, self.actor_code, self.actor_name],
            "verb": self.verb,
            "target": self.target,
            "detail": self.detail,
        }

    def link(self) -> rules.Link:
        return rules.Link(self.chain, self.seq, self.previous, self.hash, self.fields())
