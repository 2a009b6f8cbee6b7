"""A cluster to measure: 120 rooms and 100,000 articles, loaded in bulk; one editor in a small room, one of the whole county."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column, Site
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.models import Account, Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post

from .cluster_size import ARTICLES, COLUMNS, ROOMS

BODY = "<p>" + "县政府召开会议，研究部署冬季农田水利建设和森林防火工作，要求各乡镇抓紧落实。" * 12 + "</p>"


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


def load() -> dict[str, Account]:
    """Everything; gives the two editors by name."""
    county = Organ.objects.create(code="C000", name="县政府办", kind="department")
    organs = Organ.objects.bulk_create([Organ(code=f"C{n:03}", name=f"单位{n}", kind="department") for n in range(1, ROOMS + 1)])
    main = Site.objects.create(code="main", name="县政府", domain="www.bench.gov.cn", organ="C000", organiser="县政府办", contact="电话1")
    Site.objects.bulk_create(
        [Site(code=o.code, name=o.name, main=main, path=o.code.lower(), organ=o.code, organiser=o.name, contact="电话1") for o in organs]
    )
    Column.objects.bulk_create(
        Column(site=site, path=f"{site.path}/c{n}", name=f"栏目{n}", description="说明", keywords="词", column_type="信息公开",
               owner=site.organ, period="notices", order=n)
        for site in Site.objects.filter(main=main) for n in range(COLUMNS)
    )  # fmt: skip
    columns, now = list(Column.objects.values_list("pk", flat=True)), clock.now()
    kind = ContentType.objects.get_for_model(Article)
    for start in range(0, ARTICLES, 5000):
        made = Article.objects.bulk_create(
            Article(
                column_id=columns[n % len(columns)], title=f"关于冬修工作的第{n}号消息", body=BODY, source="融媒体中心",
                state="published", live=True,
                published_at=now - timedelta(minutes=ARTICLES - n), public_path=f"p/{n}", digest="d" * 64, number=f"第{n}号",
            )
            for n in range(start, min(start + 5000, ARTICLES))
        )  # fmt: skip
        written = Revision.objects.bulk_create(
            Revision(content_type=kind, base_content_type=kind, object_id=str(a.pk), content={}, object_str=a.title, created_at=now)
            for a in made
        )
        for article, revision in zip(made, written, strict=True):
            article.latest_revision = article.live_revision = revision
        Article.objects.bulk_update(made, ["latest_revision", "live_revision"], batch_size=500)
    return {"narrow": editor("NARROW", organs[0]), "county": editor("COUNTY", county)}


def signed_in(client, account: Account):
    """The test client as that account, both factors shown."""
    client.force_login(account)
    session = client.session
    session[entry.WAY] = rules.Way.KEY.value
    session.save()
    return client
