"""Matters of the demo county that are followed up: one in hand with an extension asked for, one that waits to be confirmed."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.incoming import queries as incoming

from . import actions
from .models import Item

COUNTY, EDUCATION, FINANCE = "YL003", "YL132", "YL139"


def plant() -> str:
    """Plant once, through the actions; a second run does nothing. The classified network begins empty."""
    if settings.CLASSIFIED or Item.objects.exists():
        return "matters are there"
    cast = {row["username"]: Person.objects.get(code=row["person"]) for row in samples()}
    secretary, deputy, head = cast["tang.xiao"], cast["luo.qing"], cast["meng.shan"]
    school, money = cast["qin.shu"], cast["cai.jin"]
    county, today = orgs.organ(COUNTY), clock.today()
    source = incoming.search(secretary, "校园安全").first()
    first = actions.open_item(
        secretary, "完成全县中小学、幼儿园安全逐校检查", EDUCATION, today + timedelta(days=14), giver=deputy.code, organ=county,
        paper=source.code if source else "", instruction="同意。校园安全无小事，务必逐校检查到位。",
    )  # fmt: skip
    actions.report(first.code, school, "已检查城区学校12所，发现隐患3处，正在整改。")
    actions.extend(first.code, school, today + timedelta(days=21), "两所村小因道路施工须延后检查。")
    second = actions.open_item(
        secretary,
        "落实冬季供暖补助资金",
        FINANCE,
        today + timedelta(days=7),
        giver=head.code,
        organ=county,
        instruction="请财政局抓紧落实。",
    )
    actions.finish(second.code, money, "补助资金已全部拨付到位。")
    return "2 matters"
