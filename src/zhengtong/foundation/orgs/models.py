"""Organs, units, posts and people, and who stands above whom. Nothing is ever deleted: it ends.

`since` empty means: since before this directory was begun. `until` is the last day on which it holds.
`local` rows were added in this network and never cross the ferry (design §3b.6).
"""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.once import once
from zhengtong.foundation.prepared import Prepared

from . import rules


def _choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(key), label) for key, label in table.items()]


def _ends_after_it_began(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")))


class Organ(models.Model):
    """An organ, department, township or village service point."""

    code = models.CharField("机构代码", max_length=20, unique=True)
    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("规范化简称", max_length=60, blank=True)
    letters = models.CharField("机关代字", max_length=20, blank=True)
    kind = models.CharField("类别", max_length=20, choices=_choices(rules.KINDS))
    level = models.CharField("层级", max_length=10, choices=_choices(rules.LEVELS), default=rules.Level.COUNTY.value)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关")
    order = models.PositiveIntegerField("排序", default=0)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    duties = models.TextField("主要职责", blank=True)
    address = models.CharField("办公地址", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    hours = models.CharField("办公时间", max_length=80, blank=True)
    since = models.DateField("设立日期", null=True, blank=True)
    until = models.DateField("撤销日期", null=True, blank=True)
    local = models.BooleanField("仅本网络", default=False)

    class Meta:
        ordering = ["order", "code"]
        indexes = [models.Index(fields=["kind", "order"], name="orgs_organ_by_kind")]
        constraints = [
            models.CheckConstraint(name="orgs_organ_kind", condition=Q(kind__in=[k.value for k in rules.Kind])),
            models.CheckConstraint(name="orgs_organ_level", condition=Q(level__in=[k.value for k in rules.Level])),
            models.CheckConstraint(name="orgs_organ_has_a_code", condition=~Q(code="")),
            models.CheckConstraint(name="orgs_organ_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=models.F("id"))),
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="orgs_organ_credit_code_once"),
            _ends_after_it_began("orgs_organ_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Relation(models.Model):
    """`subject` stands above `object`: guides it, manages it vertically, or shares its leadership."""

    subject = models.ForeignKey(Organ, models.PROTECT, related_name="relations_down", verbose_name="上位机关")
    object = models.ForeignKey(Organ, models.PROTECT, related_name="relations_up", verbose_name="下位机关")
    kind = models.CharField("关系", max_length=16, choices=_choices(rules.RELATIONS))
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="orgs_relation_kind", condition=Q(kind__in=[k.value for k in rules.RelationKind])),
            models.CheckConstraint(name="orgs_relation_of_two", condition=~Q(subject=models.F("object"))),
            models.UniqueConstraint(
                fields=["subject", "object", "kind"], condition=Q(until__isnull=True), name="orgs_relation_once_at_a_time"
            ),
            _ends_after_it_began("orgs_relation_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.object} {self.get_kind_display()}"


class FormerName(models.Model):
    """A name that an organ bore, and the organ that took its duties over."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="former_names", verbose_name="机构")
    name = models.CharField("曾用名", max_length=120)
    until = models.DateField("用至")
    successor = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继机构")

    class Meta:
        ordering = ["-until", "id"]
        constraints = [models.UniqueConstraint(fields=["organ", "name", "until"], name="orgs_former_name_once")]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An internal unit (内设机构). `is_office` marks the one that reviews and registers papers."""

    code = models.CharField("内设机构代码", max_length=24, unique=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="units", verbose_name="机构")
    name = models.CharField("名称", max_length=80)
    is_office = models.BooleanField("办公室", default=False)
    order = models.PositiveIntegerField("排序", default=0)
    until = models.DateField("撤销日期", null=True, blank=True)
    local = models.BooleanField("仅本网络", default=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.CheckConstraint(name="orgs_unit_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post; roles are given to posts, never to people."""

    code = models.CharField("职位代码", max_length=30, unique=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="机构")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="内设机构")
    title = models.CharField("职务", max_length=80)
    rank = models.CharField("职级", max_length=20, choices=_choices(rules.RANKS), default=rules.Rank.STAFF.value)
    order = models.PositiveIntegerField("排序", default=0)
    until = models.DateField("撤销日期", null=True, blank=True)
    local = models.BooleanField("仅本网络", default=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="orgs_post_rank", condition=Q(rank__in=[k.value for k in rules.Rank])),
            models.CheckConstraint(name="orgs_post_has_a_code", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """A civil servant, or a helper at a service point."""

    code = models.CharField("人员代码", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=80)
    local = models.BooleanField("仅本网络", default=False)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["name"], name="orgs_person_by_name")]
        constraints = [models.CheckConstraint(name="orgs_person_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name

    def current_holdings(self) -> list["Holding"]:
        """What the person holds today, the main post first; uses what was prefetched."""
        prefetched = "holdings" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.holdings.all() if prefetched else once(("holdings", self.pk), lambda: _HOLDINGS(self.pk))
        today = clock.today()
        return sorted((held for held in rows if held.holds_on(today)), key=lambda held: (not held.main, held.pk))

    @property
    def main_post(self) -> Post | None:
        """The post whose organ the person belongs to."""
        return next((held.post for held in self.current_holdings() if held.main), None)

    @property
    def organ(self) -> Organ | None:
        """The organ of the main post."""
        post = self.main_post
        return post.organ if post else None

    @property
    def unit(self) -> Unit | None:
        """The unit of the main post."""
        post = self.main_post
        return post.unit if post else None

    @property
    def posts(self) -> list[Post]:
        """Every post held today, the main one first."""
        return [held.post for held in self.current_holdings()]


class Holding(models.Model):
    """A person holds a post (任职), one of them as the main one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name="职位")
    main = models.BooleanField("主要任职", default=True)
    since = models.DateField("任职日期", null=True, blank=True)
    until = models.DateField("免职日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(main=True, until__isnull=True), name="orgs_one_main_post_at_a_time"),
            models.UniqueConstraint(fields=["person", "post"], condition=Q(until__isnull=True), name="orgs_post_held_once_by_a_person"),
            _ends_after_it_began("orgs_holding_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"

    def holds_on(self, day: object) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


_HOLDINGS = Prepared(lambda person: Holding.objects.filter(person=person).select_related("post__organ", "post__unit"))


class Change(models.Model):
    """A change of who holds what that came over the ferry; it moves nothing until the security administrator confirms it."""

    WAITING, CONFIRMED, REFUSED = "waiting", "confirmed", "refused"

    verb = models.CharField("变动", max_length=8, choices=[("hold", "任职"), ("end", "免职")])
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="changes", verbose_name="职位")
    main = models.BooleanField("主要任职", default=False)
    since = models.DateField("任职日期", null=True, blank=True)
    until = models.DateField("免职日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=[(WAITING, "待确认"), (CONFIRMED, "已确认"), (REFUSED, "不采纳")], default=WAITING
    )
    received_at = models.DateTimeField("收到时间")
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    decided_by = models.CharField("确认人代码", max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="orgs_change_state", condition=Q(state__in=["waiting", "confirmed", "refused"])),
            models.CheckConstraint(name="orgs_change_verb", condition=Q(verb__in=["hold", "end"])),
            models.CheckConstraint(name="orgs_change_decided_by_someone", condition=Q(state="waiting") | ~Q(decided_by="")),
            models.UniqueConstraint(fields=["person", "post", "verb"], condition=Q(state="waiting"), name="orgs_change_waits_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_verb_display()} {self.post}"
