"""Accounts, what their holders' posts may do, and the personal keys with which they act.

An account is made by the system administrator, and is worth nothing until the security administrator opens it.
There is no super-user: the database refuses one.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from . import rules


class Accounts(BaseUserManager["Account"]):
    """Finds accounts; making one is an action (see `actions.create_account`)."""

    def create_superuser(self, *args: object, **kwargs: object) -> "Account":
        raise NotImplementedError("there is no super-user (三员分立)")


class Account(AbstractBaseUser, PermissionsMixin):
    """What one person signs in with, in one network; it never crosses to another."""

    username = models.CharField("账号", max_length=40, unique=True)
    person = models.OneToOneField("orgs.Person", models.PROTECT, null=True, blank=True, related_name="account", verbose_name="人员")
    is_active = models.BooleanField("已开通", default=False)
    must_change = models.BooleanField("须更换口令", default=True)
    secret_at = models.DateTimeField("口令更换时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")
    created_by = models.CharField("建立人代码", max_length=40, blank=True)
    activated_at = models.DateTimeField("开通时间", null=True, blank=True)
    activated_by = models.CharField("开通人代码", max_length=40, blank=True)
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    disabled_by = models.CharField("停用人代码", max_length=40, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
    is_staff = False

    objects = Accounts()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(name="accounts_no_super_user", condition=Q(is_superuser=False)),
            models.CheckConstraint(name="accounts_has_a_name", condition=~Q(username="")),
            models.CheckConstraint(
                name="accounts_opened_by_somebody",
                condition=Q(is_active=False) | Q(activated_at__isnull=False, disabled_at__isnull=True) & ~Q(activated_by=""),
            ),
            models.CheckConstraint(name="accounts_disabled_by_somebody", condition=Q(disabled_at__isnull=True) | ~Q(disabled_by="")),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def code(self) -> str:
        """The name that the audit uses: the person's permanent code."""
        return self.person.code if self.person else self.username

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.username

    @property
    def state(self) -> str:
        """pending, active or disabled."""
        return "disabled" if self.disabled_at else "active" if self.is_active else "pending"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Grant(models.Model):
    """A role given to a post by the security administrator; whoever holds the post has it."""

    post = models.ForeignKey("orgs.Post", models.PROTECT, related_name="grants", verbose_name="职位")
    role = models.CharField("角色", max_length=24)
    at = models.DateTimeField("授予时间")
    granted_by = models.CharField("授予人代码", max_length=40)
    until = models.DateTimeField("收回时间", null=True, blank=True)
    withdrawn_by = models.CharField("收回人代码", max_length=40, blank=True)

    class Meta:
        ordering = ["post__order", "post__code", "role"]
        indexes = [models.Index(fields=["role"], name="accounts_grant_by_role")]
        constraints = [
            models.UniqueConstraint(fields=["post", "role"], condition=Q(until__isnull=True), name="accounts_role_granted_once"),
            models.CheckConstraint(name="accounts_grant_by_somebody", condition=~Q(granted_by="") & ~Q(role="")),
            models.CheckConstraint(name="accounts_withdrawn_by_somebody", condition=Q(until__isnull=True) | ~Q(withdrawn_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.role}"

    @property
    def role_name(self) -> str:
        return gettext(rules.ROLES[self.role].name) if self.role in rules.ROLES else self.role


class PersonalKey(models.Model):
    """The SM2 key with which a person signs in to the office and confirms official acts; the private half is locked by a PIN."""

    ACTIVE, REVOKED = "active", "revoked"

    account = models.ForeignKey(Account, models.PROTECT, related_name="keys", verbose_name="账号")
    public = models.CharField("公钥", max_length=130)
    locked = models.BinaryField("加锁的私钥")
    certificate = models.TextField("证书", blank=True)
    state = models.CharField("状态", max_length=8, choices=[(ACTIVE, "有效"), (REVOKED, "已撤销")], default=ACTIVE)
    made_at = models.DateTimeField("制发时间")
    failures = models.PositiveSmallIntegerField("PIN输错次数", default=0)
    failed_at = models.DateTimeField("最近输错时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="accounts_key_state", condition=Q(state__in=["active", "revoked"])),
            models.UniqueConstraint(fields=["account"], condition=Q(state="active"), name="accounts_one_active_key"),
            models.UniqueConstraint(fields=["public"], name="accounts_public_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.public[:12]}"

    def recent_failures(self, now: datetime) -> int:
        """Wrong PINs in a row; forgotten when the lock's time is over."""
        if self.failed_at is None or now - self.failed_at > timedelta(minutes=rules.LOCK_MINUTES):
            return 0
        return self.failures


class Motion(models.Model):
    """What one administrator asks against an auditor and another must agree to (三员分立)."""

    OPEN, DONE, DROPPED = "open", "done", "dropped"

    verb = models.CharField("动作", max_length=12, choices=[("disable", "停用账号"), ("reset", "重置口令"), ("withdraw", "收回角色")])
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name="账号")
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name="角色")
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+", verbose_name="提出人")
    asked_as = models.CharField("提出人角色", max_length=24)
    asked_at = models.DateTimeField("提出时间")
    settled_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人")
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=[(OPEN, "待同意"), (DONE, "已执行"), (DROPPED, "未同意")], default=OPEN)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="accounts_motion_state", condition=Q(state__in=["open", "done", "dropped"])),
            models.CheckConstraint(name="accounts_motion_verb", condition=Q(verb__in=["disable", "reset", "withdraw"])),
            models.CheckConstraint(name="accounts_motion_has_one_subject", condition=Q(account__isnull=False) ^ Q(grant__isnull=False)),
            models.CheckConstraint(
                name="accounts_motion_takes_two",
                condition=~Q(state="done") | Q(settled_by__isnull=False) & ~Q(settled_by=models.F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["verb", "account"], condition=Q(state="open", account__isnull=False), name="accounts_motion_open_once"
            ),
            models.UniqueConstraint(
                fields=["verb", "grant"], condition=Q(state="open", grant__isnull=False), name="accounts_motion_grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.account or self.grant}"
