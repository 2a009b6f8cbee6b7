"""What can be found: one row for each paper, written with the change itself."""

from django.db import models


class Row(models.Model):
    """A paper as it is searched. Who may see it is asked of its own room at each search, never kept here."""

    kind = models.CharField("类别", max_length=40)
    key = models.BigIntegerField("主键")
    on = models.DateField("日期")
    title = models.TextField("标题")
    text = models.TextField("正文")
    tokens = models.TextField("字对")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_paper_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
