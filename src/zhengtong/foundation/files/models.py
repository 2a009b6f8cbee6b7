"""What is stored: one row for each content, named by its SM3 digest."""

from django.db import models

from . import rules


class File(models.Model):
    """A stored content. The same content is kept once; names live with the papers that use it."""

    sm3 = models.CharField("摘要", max_length=64, unique=True)
    kind = models.CharField("类型", max_length=8, choices=[(k, k) for k in rules.KINDS])
    size = models.PositiveBigIntegerField("字节数")
    at = models.DateTimeField("存入时间")

    class Meta:
        constraints = [models.CheckConstraint(name="files_digest_is_sm3", condition=models.Q(sm3__regex=r"^[0-9a-f]{64}$"))]

    def __str__(self) -> str:
        return f"{self.sm3[:12]} {self.kind}"
