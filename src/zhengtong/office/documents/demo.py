"""A few documents of the demo county, so that no list is empty: one issued, one waiting for the county head, one draft."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person

from . import actions
from .models import Document

PAPERS = (
    ("加强节假日值班工作", """为规范全县政务值班工作，现将有关要求通知如下：
一、落实值班制度
各乡镇、街道要严格执行24小时专人值班和领导带班制度。
二、严肃工作纪律
值班人员不得擅自离岗，突发事件须在30分钟内报县人民政府办公室。
请认真遵照执行。"""),
    ("开展农村饮水安全排查", """为保障农村居民饮水安全，县人民政府决定在全县开展饮水安全排查，现就有关事项通知如下：
一、排查范围
全县集中供水工程、分散供水点和备用水源地。
二、排查内容
（一）水源保护。重点查看水源地标志和周边污染源。
（二）供水水质。由县卫生健康局会同各乡镇逐点取样检测。
三、时间安排
各乡镇、街道于12月20日前完成自查，县有关部门随后抽查。
请认真贯彻执行。"""),
    ("做好春季植树造林工作", """为做好春季植树造林工作，现通知如下：
一、明确任务
各乡镇、街道要把造林地块落实到村、到山头。"""),
)  # fmt: skip


def plant() -> str:
    """Plant once, through the actions; a second run does nothing."""
    if Document.objects.exists():
        return "documents are there"
    if settings.CLASSIFIED:
        return _clearances()
    cast = {role: (Person.objects.get(code=row["person"]), row["secret"]) for row in reversed(samples()) for role in row["roles"].split()}
    county = orgs.organ("YL003")
    issued, waiting, _draft = (_draft_of(title, text, cast, county) for title, text in PAPERS)
    _to_the_head(issued, cast)
    _to_the_head(waiting, cast)
    head, registrar = cast["principal_head"], cast["registrar"]
    actions.sign(issued, head[0], head[1], "同意")
    actions.recheck(issued, cast["recheck"][0])
    for verb in (actions.number, actions.typeset, actions.dispatch):
        verb(issued, *registrar)
    return f"{len(PAPERS)} documents"


def _draft_of(title: str, text: str, cast: dict[str, tuple[Person, str]], organ: Organ) -> str:
    to = tuple(actions.To(town.code, name) for name in ("各乡镇人民政府", "各街道办事处") for town in orgs.group(name))
    content = actions.Content("notice", f"{organ.name}关于{title}的通知", text, recipients=to, publication="proactive")
    return actions.draft(content, cast["drafter"][0], organ=organ).code


def _to_the_head(code: str, cast: dict[str, tuple[Person, str]]) -> None:
    actions.submit(code, cast["drafter"][0])
    actions.review_unit(code, cast["unit_head"][0], "同意")
    actions.skip_consultation(code, cast["drafter"][0], "不涉及其他部门职责")
    actions.review_office(code, cast["recheck"][0], "同意")
    actions.approve_deputy(code, cast["deputy_head"][0], "同意，请县长签发")


def _clearances() -> str:
    """Whoever handles papers on the classified network is cleared up to 机密."""
    until = clock.today() + timedelta(days=3 * 365)
    people = [Person.objects.get(code=row["person"]) for row in samples() if "admin" not in row["roles"]]
    for person in people:
        actions.clear(person, "机密", until, None)
    return f"{len(people)} clearances"
