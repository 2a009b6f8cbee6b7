"""Rooms of the cluster: opened in minutes, tended by their own organ alone, published below the county's domain."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse

from zhengtong.business.sites import queries
from zhengtong.business.sites.actions import rooms as actions
from zhengtong.business.sites.desk import acts
from zhengtong.business.sites.desk.models import Article, Placement, open_draft
from zhengtong.business.sites.models import Column, Gathering, Site
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.business.sites.queries import coverage
from zhengtong.business.sites.rules import rooms
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused

from .conftest import account
from .test_desk import address, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster(site):
    """The county's site with two rooms: farming (YL146) and a township (YL201), each with an editor of its own."""
    town = Organ.objects.create(code="YL201", name="云城街道办事处", kind="township", phone="0000-8800106", address="云城路81号")
    person = Person.objects.create(code="YLP10009", name="townsman")
    post = Post.objects.create(code="YL201-P001", organ=town, title="editor")
    Holding.objects.create(person=person, post=post, main=True)
    Grant.objects.create(post=post, role="editor", at=clock.now(), granted_by="test")
    site.townsman = account(person)
    site.farm = actions.open_room("YL146", "department", "nyj", site.publisher)
    site.town = actions.open_room("YL201", "township", "yuncheng", site.publisher)
    actions.choose_review(site.farm.pk, "final", site.publisher)
    actions.choose_review(site.town.pk, "final", site.publisher)
    return site


def column(path):
    return Column.objects.select_related("site__main").get(path=path)


@action
def drafted(by, path, title, **more):
    return open_draft(by, column=column(path), title=title, source="云岭县融媒体中心", body="<p>正文一段。</p>", **more)


def published(cluster, by, path, title, **more):
    article = drafted(by, path, title, **more)
    article.publish_newest(cluster.publisher)
    article.refresh_from_db()
    return article


def test_a_room_has_what_the_standard_asks_from_its_first_minute(cluster):
    town = cluster.town
    assert (town.root, town.host, town.organ, town.contact) == (
        "/yuncheng/", "www.yunling.gov.cn", "YL201", "电话0000-8800106 地址云城路81号",
    )  # fmt: skip
    paths = set(town.columns.values_list("path", flat=True))
    assert {"yuncheng/news", "yuncheng/policy", "yuncheng/farming"} <= paths
    assert not town.columns.exclude(owner="YL201").exists() and "farming" not in cluster.farm.columns.values_list("path", flat=True)
    assert Entry.objects.filter(verb="sites.open_room").count() == 2
    assert "云岭县人民政府办公室" not in town.marks()["organiser"] and town.marks()["identification_code"] == "5308990001"


@pytest.mark.parametrize(
    ("organ", "template", "path", "words"),
    [
        ("YL146", "department", "other", "已有子站"),
        ("YL160", "township", "zwfw", "不适用"),
        ("YL003", "department", "gov", "不适用"),
        ("YL160", "department", "news", "已被"),
        ("YL160", "department", "nyj", "已被"),
        ("YL160", "department", "counter", "保留"),
        ("YL160", "department", "Zw-1", "小写字母"),
        ("YL999", "department", "zwfw", "没有机构代码"),
    ],
)
def test_a_room_that_can_not_be_is_refused_and_nothing_changes(cluster, organ, template, path, words):
    before = Site.objects.count(), Column.objects.count(), Entry.objects.count()
    with pytest.raises(Refused, match=words):
        actions.open_room(organ, template, path, cluster.publisher)
    assert (Site.objects.count(), Column.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("who", ["editor", "farmer", "townsman", "clerk"])
def test_only_the_countys_publishers_open_and_close_rooms(cluster, who):
    before = Site.objects.count(), Entry.objects.count()
    for verb in (
        lambda by: actions.open_room("YL160", "department", "zwfw", by),
        lambda by: actions.close_room(cluster.farm.pk, "合并", by),
        lambda by: actions.choose_review(cluster.farm.pk, "three", by),
    ):
        with pytest.raises(Refused):
            verb(getattr(cluster, who))
    assert (Site.objects.count(), Entry.objects.count()) == before
    assert Site.objects.get(pk=cluster.farm.pk).state == "open"


def test_an_organ_sees_its_own_room_and_the_county_sees_all(cluster):
    def paths(who):
        return {c.path.split("/")[0] for c in queries.columns_for(getattr(cluster, who).person)}

    assert paths("townsman") == {"yuncheng"} and paths("farmer") == {"nyj", "farming"}
    assert {"nyj", "yuncheng", "news"} <= paths("editor") == paths("publisher") and paths("clerk") == set()


def test_a_right_ends_with_the_post_that_gave_it(cluster):
    Holding.objects.filter(person=cluster.townsman.person).update(until=clock.today() - timedelta(days=1))
    assert not queries.columns_for(cluster.townsman.person).exists()


def test_a_post_in_another_organ_opens_that_organs_room_only_by_its_role(cluster):
    """A second post counts where it is held: editor in the township, nothing more."""
    post = Post.objects.create(code="YL201-P009", organ=Organ.objects.get(code="YL201"), title="兼职")
    Holding.objects.create(person=cluster.farmer.person, post=post, main=False)
    assert not queries.columns_for(cluster.farmer.person).filter(site=cluster.town).exists()
    Grant.objects.create(post=post, role="editor", at=clock.now(), granted_by="test")
    assert queries.columns_for(cluster.farmer.person).filter(site=cluster.town).exists()


def desk_addresses(article):
    """Every address of the desk, its places filled with what belongs to `article`, else with 1."""

    def walk(resolver, before):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, [*before, pattern.pattern])
            elif pattern.name:
                yield pattern

    filled = {"pk": article.pk, "object_id": article.pk, "app_label": "desk", "model_name": "article", "action": "delete"}
    filled |= {"revision_id": article.latest_revision_id, "revision_id_a": "earliest", "revision_id_b": "latest"}
    seen = set()
    for namespace, (prefix, resolver) in _namespaces().items():
        for pattern in walk(resolver, []):
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            wanted = pattern.pattern.regex.groupindex
            values = {key: filled.get(key, "1") for key in wanted}
            try:
                seen.add(reverse(name, kwargs=values))
            except Exception:
                seen.add(f"/desk/{prefix}")
    return sorted(path for path in seen if path.startswith("/desk/"))


def _namespaces():
    """Namespace → its resolver, of all that Wagtail hangs below the desk; its own names under the empty one."""
    desk = next(p for p in get_resolver().url_patterns if str(p.pattern) == "desk/")
    found = {"": ("", desk)}

    def walk(resolver):
        for pattern in getattr(resolver, "url_patterns", []):
            if hasattr(pattern, "url_patterns"):
                if pattern.namespace:
                    found[pattern.namespace] = ("", pattern)
                walk(pattern)

    walk(desk)
    return found


OWN = ("list", "list_results", "add", "preview_on_add")  # pages of his own list; they must not name the foreign article


def test_no_address_of_the_desk_opens_a_foreign_organs_article(cluster, enter):
    article = drafted(cluster.farmer, "nyj/news", "农业农村局的内部稿")
    client, entries = enter(cluster.townsman), Entry.objects.count()
    client.raise_request_exception = False  # Wagtail's link dialogues fail without their parameters; they open nothing
    addresses = desk_addresses(article)
    assert len(addresses) > 120
    opened = []
    for path in addresses:
        for method in ("get", "post"):
            answer = getattr(client, method)(path, {} if method == "get" else form(cluster, title="被改了"))
            if "农业农村局的内部稿" in getattr(answer, "content", b"").decode(errors="replace"):
                opened.append((method, path, "shown"))
            if f"/{article.pk}/" in path and "article" in path and answer.status_code not in (403, 404, 405):
                opened.append((method, path, answer.status_code))
    assert opened == []
    article.refresh_from_db()
    assert (article.title, article.revisions.count()) == ("农业农村局的内部稿", 1) and Article.objects.count() == 1
    assert Entry.objects.count() == entries and Placement.objects.count() == 0


@pytest.mark.parametrize(
    "namespace", ["wagtailimages", "wagtaildocs", "wagtailadmin_collections", "wagtailusers_users", "wagtailadmin_reports"]
)
def test_what_no_organ_owns_at_the_desk_is_closed_to_everybody(cluster, enter, namespace):
    _prefix, resolver = _namespaces()[namespace]
    names = {p.name for p in resolver.url_patterns if getattr(p, "name", "") and not p.pattern.regex.groupindex}
    for who in ("editor", "publisher", "farmer"):
        client = enter(getattr(cluster, who))
        assert {client.get(reverse(f"{namespace}:{name}")).status_code for name in names} == {404}


def test_our_own_pages_are_closed_to_a_foreign_organ(cluster, enter):
    article = published(cluster, cluster.farmer, "nyj/news", "农业农村局的稿")
    placement = acts.place(article, column("news"), cluster.publisher)
    client, entries = enter(cluster.townsman), Entry.objects.count()
    for path in ("", "preview/", "files/1/"):
        assert client.get(f"/articles/{article.pk}/{path}").status_code == 404
    posts = ("publish/", "mask/", "withdraw/", "pull/", "read/", "place/", f"place/{placement.pk}/off/", "time/", "time/1/cancel/")
    for path in posts:
        assert client.post(f"/articles/{article.pk}/{path}", {"reason": "x", "pin": "x"}).status_code in (403, 404), path
    assert client.get(f"/sites/{cluster.farm.code}/").status_code == 404
    for path in ("close/", "reopen/", "review/", "gather/", "gather/1/stop/"):
        assert client.post(f"/sites/{cluster.farm.code}/{path}", {"reason": "x"}).status_code in (403, 404), path
    page = client.get("/articles/?state=").content.decode() + client.get("/sites/").content.decode()
    assert "农业农村局" not in page and "机关YL146" not in page and "云城街道办事处" in page
    article.refresh_from_db()
    assert article.state == "published" and Entry.objects.count() == entries


def test_a_foreign_column_can_not_be_written_to_by_form_or_by_hand(cluster, enter):
    client, entries = enter(cluster.townsman), Entry.objects.count()
    for path in ("nyj/news", "news"):
        answer = client.post(address("add"), form(cluster, column=column(path).pk))
        assert answer.status_code == 200 and "column" in answer.context["form"].errors
    assert Article.objects.count() == 0 and Entry.objects.count() == entries
    assert client.post(address("add"), form(cluster, column=column("yuncheng/news").pk)).status_code == 302


def test_every_page_of_a_room_goes_out_with_the_countys_site(cluster, served):
    article = published(cluster, cluster.farmer, "nyj/news", "冬季农技培训开班")
    files = served(publisher.release(cluster.farm))
    wanted = {
        f"nyj/{name}" for name in ("index.html", "sitemap.xml", "sitemap/index.html", "feed/index.xml", "feed/index.json", "news/feed.xml")
    }
    assert wanted | {f"{article.public_path}/index.html", "nyj/about/index.html", "sites/index.html", "yuncheng/index.html"} <= files.keys()
    page = files[f"{article.public_path}/index.html"].decode()
    assert article.public_path.startswith("nyj/news/") and '<meta name="SiteName" content="云岭县人民政府">' in page
    assert '<meta name="SiteIDCode" content="5308990001">' in page and "机关YL146" in page and 'href="/nyj/"' in page
    assert "/nyj/" in files["sites/index.html"].decode() and "/nyj/sitemap.xml" in files["robots.txt"].decode()
    assert "冬季农技培训开班" not in files["index.html"].decode()
    listed = json.loads(files["api/v1/columns.json"])
    assert "/news/" in {row["path"] for row in listed["columns"]}
    (room,) = [row for row in listed["rooms"] if row["path"] == "/nyj/"]
    (news,) = [row for row in json.loads(files[room["columns"].lstrip("/")])["columns"] if row["path"] == "/nyj/news/"]
    (piece,) = news["articles"]
    assert [row["title"] for row in json.loads(files[piece.lstrip("/")])] == ["冬季农技培训开班"]


def test_a_closed_room_leaves_the_site_and_comes_back_whole(cluster, served):
    article = published(cluster, cluster.farmer, "nyj/news", "冬季农技培训开班")
    first = served(publisher.release(cluster.site))
    with pytest.raises(Refused, match="原因"):
        actions.close_room(cluster.farm.pk, " ", cluster.publisher)
    actions.close_room(cluster.farm.pk, "机构改革合并", cluster.publisher)
    files = served(publisher.release(cluster.site))
    assert not [path for path, content in files.items() if path.startswith("nyj/") or article.title.encode() in content]
    assert not queries.writable(cluster.farmer.person).filter(site=cluster.farm).exists()
    actions.reopen_room(cluster.farm.pk, cluster.publisher)
    assert served(publisher.release(cluster.site)) == first


def test_written_once_and_shown_by_hand_and_by_rule(cluster, served):
    article = published(cluster, cluster.townsman, "yuncheng/news", "街道开展冬修", keywords="冬修，水利")
    acts.place(article, column("nyj/news"), cluster.publisher)
    actions.gather(column("news"), cluster.publisher, content="news", template="township", organ="", topic="")
    actions.gather(column("farming"), cluster.publisher, content="", template="", organ="", topic="冬修")
    files = served(publisher.release(cluster.site))
    href = f'href="/{article.public_path}/"'
    for path in ("yuncheng/news", "nyj/news", "news", "farming"):
        assert href in files[f"{path}/index.html"].decode(), path
    assert len([path for path in files if path.endswith(f"{article.public_path}/index.html")]) == 1
    before = files
    article.title = "街道开展冬修（更正）"
    article.save_revision(user=cluster.townsman)
    article.publish_newest(cluster.publisher)
    files = served(publisher.release(cluster.site))
    for path in ("yuncheng/news", "nyj/news", "news", "farming"):
        assert "街道开展冬修（更正）" in files[f"{path}/index.html"].decode(), path
    assert before["policy/index.html"] == files["policy/index.html"]
    Placement.objects.get()
    acts.take_off(Placement.objects.get().pk, cluster.publisher)
    actions.stop_gathering(Gathering.objects.get(column__path="news").pk, cluster.publisher)
    files = served(publisher.release(cluster.site))
    assert href not in files["nyj/news/index.html"].decode() + files["news/index.html"].decode()


@pytest.mark.parametrize("who", ["townsman", "farmer", "editor"])
def test_only_a_columns_publisher_lets_it_show_more(cluster, who):
    article = published(cluster, cluster.townsman, "yuncheng/news", "街道开展冬修")
    before = Entry.objects.count()
    for verb in (
        lambda by: acts.place(article, column("news"), by),
        lambda by: actions.gather(column("news"), by, content="news"),
    ):
        with pytest.raises(Refused):
            verb(getattr(cluster, who))
    assert not Placement.objects.exists() and not Gathering.objects.exists() and Entry.objects.count() == before


def test_coverage_tells_who_has_no_room_and_which_columns_are_late(cluster):
    published(cluster, cluster.farmer, "nyj/news", "新", published_at=clock.now() - timedelta(days=12))
    published(cluster, cluster.farmer, "nyj/notices", "旧", published_at=clock.now() - timedelta(days=300))
    rows = {row.organ.code: row for row in coverage.coverage()}
    assert rows["YL115"].room is None and "YL003" not in rows
    farm = rows["YL146"]
    assert (farm.columns, farm.empty, farm.overdue, farm.soon) == (6, 4, 1, 1)
    standing = {row.column.path: row.state for row in coverage.standings([cluster.farm])}
    assert standing["nyj/notices"] == "overdue" and standing["nyj/news"] == "soon" and standing["nyj/plans"] == "empty"


def test_the_screens_open_a_room_and_show_how_it_stands(cluster, enter):
    client = enter(cluster.publisher)
    assert "没有子站" in client.get("/sites/").content.decode()
    page = client.get("/sites/new/?organ=YL160").content.decode()
    assert "yl160" in page
    answer = client.post("/sites/new/", {"organ": "YL160", "template": "department", "path": "news"})
    assert answer.status_code == 409 and "已被其他子站或栏目使用" in answer.content.decode()
    answer = client.post("/sites/new/", {"organ": "YL160", "template": "department", "path": "zwfw"})
    assert answer.status_code == 302 and answer.url == "/sites/YL160/"
    page = client.get("/sites/YL160/").content.decode()
    assert "空白栏目" in page and "/zwfw/news/" in page
    assert client.post("/sites/YL160/review/", {"review": "two"}).status_code == 302
    rule = {"column": column("zwfw/news").pk, "content": "news", "template": "township"}
    assert client.post("/sites/YL160/gather/", rule).status_code == 302
    assert client.post("/sites/YL160/gather/", rule).status_code == 409
    assert "街道" in client.get("/sites/YL160/").content.decode()
    assert client.post("/sites/YL160/close/", {"reason": "合并"}).status_code == 302
    assert Site.objects.get(code="YL160").state == "closed"
    assert enter(cluster.farmer).get("/sites/new/").status_code == 403
    assert "机关YL146" in enter(cluster.farmer).get("/sites/").content.decode()


def test_the_command_opens_lists_and_closes(cluster, capsys):
    by = cluster.publisher.username
    call_command("room", "open-missing", by=by)
    assert "YL160 /yl160/" in capsys.readouterr().out
    call_command("room", "close", "YL160", "合并", by=by)
    call_command("room", "list")
    assert "YL160 机关YL160 /yl160/" in capsys.readouterr().out
    with pytest.raises(CommandError, match="已有子站"):
        call_command("room", "open", "YL146", "department", "nyncj", by=by)
    with pytest.raises(CommandError, match="--by"):
        call_command("room", "reopen", "YL160")


def test_a_rooms_day_counts_by_the_calendar(cluster):
    day = date(2026, 11, 1)
    assert rooms.last_day(day, 14, None) == date(2026, 11, 15) and rooms.last_day(date(2026, 8, 31), None, 6) == date(2027, 2, 28)
    states = [rooms.freshness(day, date(2026, 11, 15), date(2026, 11, d)).value for d in (12, 13, 15, 16)]
    assert states == ["fresh", "soon", "soon", "overdue"]
    assert rooms.freshness(None, None, day) == "empty" and rooms.freshness(day, None, date(2030, 1, 1)) == "fresh"
