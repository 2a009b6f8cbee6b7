"""Gap-free serial numbers (发文顺序号, 收文号, 档号件号 …)."""

from django.db import models


class Series(models.Model):
    """One run of numbers 1, 2, 3 … for an organ, a code and a year."""

    series = models.CharField("代字", max_length=60)
    organ = models.CharField("机关代码", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "organ", "year"], name="numbers_one_series")]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"
