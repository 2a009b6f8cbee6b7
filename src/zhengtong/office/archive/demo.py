"""Plants the fonds of the demo county: one for each leading organ with its office, one for every other organ.

And a few papers of earlier years in the government's fonds, so that there is something to read, to open and to appraise.
"""

from datetime import date, datetime, time

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.orgs.rules import Kind
from zhengtong.office.documents import queries as documents
from zhengtong.papers.archive import Agent, Event, leaf
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, blocks

from . import actions
from .models import Fonds
from .queries import reading
from .rules import RECEIVED_SERIES, Kept, Role, Way, checks, describing

CLASSES = (("BGS", "办公室"), ("YWL", "业务类"))  # of the fonds of the sample accounts
# class, by what, value, source: the plan by which a class is proposed
PLAN = (
    ("BGS", "kind", "纪要", "示范：县政府归档文件分类方案第三条"),
    ("BGS", "word", "值班", "示范：县政府归档文件分类方案第三条"),
    ("YWL", "way", "收文", "示范：县政府归档文件分类方案第四条"),
)
COUNTY, OFFICE, SENDER = "YL003", "YL130", "云州市人民政府"
# fmt: off
EARLIER = (
    # year  serial period subject                      text
    (1998,  6,     "Y",   "做好防汛抗洪工作",          "各县要落实行政首长负责制，加固堤防，储备物资，昼夜值守。"),
    (2000,  11,    "D30", "加快村村通公路建设",        "各县要在三年内使行政村全部通公路，所需资金由市、县、乡三级分担。"),
    (2012,  15,    "D10", "检查春季农田水利建设",      "各县要于4月10日前完成自查，检查结果报市水利局。"),
    (2013,  31,    "D10", "报送夏粮生产进度",          "各县要自5月20日起每周报送收割、入库进度。"),
    (2014,  9,     "D10", "做好油菜花观赏期交通保障",  "沿线各县要增设临时停车场，安排人员疏导交通。"),
)
# fmt: on


def plant() -> str:
    """Plant the fonds once; a second run does nothing."""
    if Fonds.objects.exists():
        return "fonds are there"
    done: set[str] = set()
    count = 0
    for organ in [*orgs.leading(), *orgs.departments(), *orgs.townships()]:
        if organ.code in done:
            continue
        office = documents.office_of(organ) if organ.kind != Kind.DEPARTMENT else organ
        members = list(dict.fromkeys([organ.code, office.code]))
        count += 1
        fonds = actions.open_fonds(f"Z{count:03d}", organ.name, [code for code in members if code not in done], None)
        done.update(members)
        if organ.kind == Kind.GOVERNMENT:
            for code, name in CLASSES:
                actions.add_class(fonds.code, code, name, None)
            for row in PLAN:
                actions.add_plan(fonds.code, *row, None)
    return f"{count} fonds, {0 if settings.CLASSIFIED else _earlier()} earlier papers"


def _earlier() -> int:
    """Received papers of earlier years, read in from their scans and filed by the archivist today."""
    archivist = reading.keepers(Fonds.objects.get(members__organ__code=COUNTY))[0]
    choices = [actions.Choice(_scanned(*row, archivist), row[2], "YWL") for row in EARLIER]
    actions.confirm(choices, archivist, checks.affirmed(checks.Stage.FILING))
    return len(choices)


def _scanned(year: int, serial: int, _period: str, subject: str, text: str, by: Person) -> str:
    written = date(year, 3, serial % 28 + 1)
    at = datetime.combine(written, time(9), clock.ZONE)
    title, mark, number = f"{SENDER}关于{subject}的通知", f"云州政发〔{year}〕{serial}号", f"云政收〔{year}〕{serial}号"
    page = press.notice(Paper(f"{SENDER}文件", title, blocks(text), number=mark, recipients=("各县人民政府",), signature=SENDER), at).pdf
    sheet = leaf.pdf(leaf.Leaf("收文处理单", title, (("收文号", number), ("来文字号", mark), ("办理结果", "已办结"))), at)
    facts = describing.Facts(
        Way.RECEIVED, COUNTY, SENDER, number, RECEIVED_SERIES, year, serial, title, "notice", "通知", written,
        original=mark, mains="各县人民政府",
    )  # fmt: skip
    kept = [Kept(Role.FINAL, "来文扫描件.pdf", page), Kept(Role.SHEET, "收文处理单.pdf", sheet)]
    done = (("签收登记", "第二十四条（一）（二）"), ("办结", "第二十四条（七）"))
    events = [Event(OFFICE, what, at.isoformat(), article) for what, article in done]
    agents = (Agent(OFFICE, "单位", orgs.organ(OFFICE).name),)
    return actions.prefile(f"S{year}-{serial:06d}", facts, kept, events, agents, by).document
