"""A few documents of the demo county, so that no list is empty: one issued, one waiting for the county head, one draft."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person

from . import actions
from .models import Document

TEXT = """为规范全县政务值班工作，现将有关要求通知如下：
一、落实值班制度
各乡镇、街道要严格执行24小时专人值班和领导带班制度。
二、严肃工作纪律
值班人员不得擅自离岗，突发事件须在30分钟内报县人民政府办公室。
请认真遵照执行。"""
TITLES = ("加强节假日值班工作", "开展农村饮水安全排查", "做好春季植树造林工作")


def plant() -> str:
    """Plant once, through the actions; a second run does nothing."""
    if Document.objects.exists():
        return "documents are there"
    if settings.CLASSIFIED:
        return _clearances()
    cast = {role: (Person.objects.get(code=row["person"]), row["secret"]) for row in reversed(samples()) for role in row["roles"].split()}
    county = orgs.organ("YL003")
    issued, waiting, _draft = (_draft_of(title, cast, county) for title in TITLES)
    _to_the_head(issued, cast)
    _to_the_head(waiting, cast)
    head, registrar = cast["principal_head"], cast["registrar"]
    actions.sign(issued, head[0], head[1], "同意")
    actions.recheck(issued, cast["recheck"][0])
    for verb in (actions.number, actions.typeset, actions.dispatch):
        verb(issued, *registrar)
    return f"{len(TITLES)} documents"


def _draft_of(title: str, cast: dict[str, tuple[Person, str]], organ: Organ) -> str:
    to = tuple(actions.To(town.code, name) for name in ("各乡镇人民政府", "各街道办事处") for town in orgs.group(name))
    content = actions.Content("notice", f"{organ.name}关于{title}的通知", TEXT, recipients=to, publication="proactive")
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
