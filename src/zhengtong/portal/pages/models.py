"""Which releases came, which is served. The files themselves lie in folders, so that nginx alone can serve them."""

from django.db import models
from django.db.models import Q


class Release(models.Model):
    """A release that was believed and unpacked."""

    SERVING, KEPT, GONE = "serving", "kept", "gone"

    code = models.CharField("编号", max_length=40, unique=True)
    site = models.CharField("站点代码", max_length=20)
    manifest = models.CharField("清单摘要", max_length=64)
    files = models.PositiveIntegerField("文件数")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=8, choices=[(SERVING, "正在服务"), (KEPT, "保留"), (GONE, "已清除")])

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="pages_release_state", condition=Q(state__in=["serving", "kept", "gone"])),
            models.UniqueConstraint(fields=["state"], condition=Q(state="serving"), name="pages_one_release_serves"),
        ]

    def __str__(self) -> str:
        return self.code
