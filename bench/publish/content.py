"""The cluster to measure: 120 rooms, their columns, and the articles: every real statute there is, and generated notices."""

import html
import os
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.digest import content_digest
from zhengtong.business.sites.models import Column, Site
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

from .size import ARTICLES, COLUMNS, ROOMS

ROOT = Path(__file__).resolve().parent.parent.parent
STATUTES = Path(os.environ.get("ZT_STATUTES", ROOT.parent / "shared" / "data" / "statutes"))
# fmt: off
WORDS = (
    "会议", "研究", "部署", "冬修", "水利", "森林", "防火", "乡镇", "落实", "责任", "群众", "服务", "窗口", "事项",
    "办理", "通知", "公告", "项目", "资金", "检查", "整改", "安全", "生产", "教育", "医疗", "就业", "养老", "道路",
)
# fmt: on


def bodies() -> Iterator[tuple[str, str]]:
    """Title and body, without end: first the real statutes, then generated notices of 200 to 800 characters, always the same."""
    for place in sorted(STATUTES.glob("*.md")):
        lines = [
            line.lstrip("# ") for line in place.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("<!--")
        ]
        yield lines[0][:100], "".join(f"<p>{html.escape(line)}</p>" for line in lines[1:])
    die, number = random.Random(7), 0
    while True:
        number += 1
        parts = ["".join(die.choices(WORDS, k=die.randint(20, 60))) + "。" for _n in range(die.randint(3, 7))]
        yield f"关于{die.choice(WORDS)}{die.choice(WORDS)}的第{number}号通知", "".join(f"<p>{part}</p>" for part in parts)


def editor(code: str, organ: Organ, *roles: str) -> Account:
    """Somebody with an account in that organ: an editor, or with other roles."""
    person = Person.objects.create(code=code, name=code)
    post = Post.objects.create(code=f"{organ.code}-{code}", organ=organ, title="编辑")
    Holding.objects.create(person=person, post=post, main=True)
    for role in roles or ("editor",):
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="bench")
    made = Account(username=code.lower(), person=person, is_active=True, must_change=False, secret_at=clock.real_now())
    made.created_at = made.activated_at = clock.now()
    made.created_by = made.activated_by = "bench"
    made.set_unusable_password()
    made.save()
    return made


def load() -> tuple[Site, Account, Account]:
    """Everything in bulk; the county's site, the editor who writes and the publisher who reads and publishes."""
    county = Organ.objects.create(code="C000", name="云岭县人民政府办公室", kind="department")
    organs = Organ.objects.bulk_create([Organ(code=f"C{n:03}", name=f"单位{n}", kind="department") for n in range(1, ROOMS + 1)])
    common = {"party_mark": "CA530000000600000010001", "identification_code": "5308990001", "icp": "滇ICP备20260018号"}
    main = Site.objects.create(
        code="yunling", name="云岭县人民政府", domain="www.yunling.gov.cn", organ=county.code, organiser=county.name,
        contact="电话0000-8800130", edition=1, **common,
    )  # fmt: skip
    rooms = Site.objects.bulk_create(
        Site(
            code=o.code, name=o.name, main=main, path=o.code.lower(), organ=o.code, organiser=o.name, contact="电话1", template="department"
        )
        for o in organs
    )
    columns = Column.objects.bulk_create(
        Column(site=site, path=f"{site.path}/c{n}".lstrip("/"), name=f"栏目{n}", description="说明", keywords="词", column_type="信息公开",
               owner=site.organ, period="notices", order=n, on_home=n < 4)
        for site in (main, *rooms) for n in range(COLUMNS)
    )  # fmt: skip
    now, texts = clock.now(), bodies()
    for start in range(0, ARTICLES, 5000):
        made = []
        for n in range(start, min(start + 5000, ARTICLES)):
            title, body = next(texts)
            column, at = columns[n * 7 % len(columns)], now - timedelta(minutes=10 * (ARTICLES - n))
            made.append(
                Article(
                    column=column, title=title, body=body, source="云岭县融媒体中心", state="published", live=True, published_at=at,
                    public_path=f"{column.path}/{at.year}/{n}",
                )
            )  # fmt: skip
            made[-1].digest = content_digest(made[-1])
        Article.objects.bulk_create(made)
    return main, editor("EDITOR", county), editor("READER", county, "publisher")
