"""A few incoming papers of the demo county, one at each place of the way, so that no list is empty."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.circulation import queries as circulating
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, blocks

from . import actions
from .models import Incoming
from .rules.elements import Elements

COUNTY, EDUCATION, FINANCE = "YL003", "YL132", "YL139"
# fmt: off
PAPERS = (
    # sender             letters      subject                        urgency   text
    ("云州市人民政府",   "云州政发",  "做好冬季供暖保障工作",        "urgent", "请各县于12月10日前报送供暖保障方案。"),
    ("云州市人民政府",   "云州政发",  "开展校园安全专项检查",        "",       "请各县组织教育、财政等部门开展自查，12月20日前报送结果。"),
    ("云州市气象局",     "云州气发",  "加强低温雨雪天气防范",        "",       "请各县做好预警信息传播。"),
    ("云州市统计调查队", "云州调发",  "做好第四季度农村住户调查",    "",       "请各县予以支持。"),
)
# fmt: on


def plant() -> str:
    """Plant once, through the actions; a second run does nothing. The classified network begins empty."""
    if settings.CLASSIFIED or Incoming.objects.exists():
        return "incoming papers are there"
    cast = {role: Person.objects.get(code=row["person"]) for row in reversed(samples()) for role in row["roles"].split()}
    office = Person.objects.get(code=next(row["person"] for row in samples() if row["organ"] == "YL130" and "receiver" in row["roles"]))
    county = orgs.organ(COUNTY)
    waiting, handled, read, fresh = (_register(number, *row, county, office) for number, row in enumerate(PAPERS, start=21))
    secretary, head, deputy = cast["secretary"], cast["principal_head"], cast["deputy_head"]
    actions.check(waiting, office, "action")
    actions.propose(waiting, secretary, "拟请县财政局牵头办理，呈县长批示。", leader=head.code, lead=FINANCE)
    actions.check(handled, office, "action")
    units = {"lead": EDUCATION, "assisting": [FINANCE]}
    actions.propose(handled, secretary, "拟请县教育局牵头、县财政局配合办理。", leader=deputy.code, **units)
    actions.transcribe(handled, secretary, "同意。校园安全无小事，务必逐校检查到位。", clock.today(), **units)
    actions.check(read, office, "reading")
    actions.propose(read, secretary, "请各位领导阅。", readers=[deputy.code, cast["organ_head"].code, cast["unit_head"].code])
    actions.close(read, secretary, "已传阅。")
    circulation.read(circulating.of_paper(read)[0].pk, deputy, "请应急部门提前部署。")
    return f"{len(PAPERS)} incoming papers, {fresh} to check"


def _register(number: int, sender: str, letters: str, subject: str, urgency: str, text: str, organ: Organ, by: Person) -> str:
    """A paper of the city as its scan shows it."""
    today = clock.today()
    title, mark = f"{sender}关于{subject}的通知", f"{letters}〔{today.year}〕{number}号"
    page = Paper(f"{sender}文件", title, blocks(text), number=mark, recipients=("各县人民政府",), signature=sender)
    scan = press.notice(page, clock.now()).pdf
    given = Elements(title, sender, mark, "notice", today - timedelta(days=1), urgency)
    return actions.register(given, by, organ=organ, uploads=[(scan, "来文扫描件.pdf")]).code
