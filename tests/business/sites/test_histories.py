"""Whatever is done to the cluster, what is rendered for one change is what rendering everything gives, and nothing else is looked at."""

import random
import shutil

import pytest

from zhengtong.business.sites.actions import rooms as actions
from zhengtong.business.sites.desk import acts
from zhengtong.business.sites.desk.models import Article, Placement
from zhengtong.business.sites.models import Column, Gathering
from zhengtong.business.sites.publishing import cluster as parts
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.business.sites.publishing import store
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import arrivals
from zhengtong.oversight.inspection.models import Published, PublishedFile

from .released import files, sent
from .test_rooms import cluster, column, published  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
WRITERS = {"news": "editor", "farming": "farmer", "nyj/news": "farmer", "nyj/notices": "farmer", "yuncheng/news": "townsman"}


def corrected(cluster, article, title):  # noqa: F811
    article.title = title
    article.save_revision(user=getattr(cluster, WRITERS[article.column.path]))
    article.publish_newest(cluster.publisher)


def whole(made):
    """The name of the folder, and its files, when everything is rendered anew for a portal that has nothing."""
    with publisher.build(made.site, store.Notes(store.home(made.site)), full=True) as built:
        return built.notes.tree, built.notes.files()


class Hand:
    """Somebody who does one thing after another, as the die falls."""

    def __init__(self, cluster, seed):  # noqa: F811
        self.cluster, self.die, self.turn = cluster, random.Random(seed), 0

    def write(self):
        self.turn += 1
        path = self.die.choice(list(WRITERS))
        if column(path).site.state == "open":
            by, words = getattr(self.cluster, WRITERS[path]), self.die.choice(["冬修", "防火"])
            published(self.cluster, by, path, f"第{self.turn}条", keywords=words)

    def public(self):
        return self.die.choice(list(Article.objects.filter(state="published", column__site__state="open")) or [None])

    def correct(self):
        if article := self.public():
            corrected(self.cluster, article, f"{article.title}改")

    def withdraw(self):
        if article := self.public():
            article.unpublish(user=self.cluster.publisher, reason="有误")

    def again(self):
        if gone := Article.objects.filter(state="withdrawn", column__site__state="open").first():
            gone.publish_newest(self.cluster.publisher)

    def place(self):
        if article := self.public():
            free = Column.objects.filter(kind="list").exclude(pk=article.column_id).exclude(placements__article=article)
            acts.place(article, self.die.choice(list(free)), self.cluster.publisher)

    def take_off(self):
        if placed := Placement.objects.first():
            acts.take_off(placed.pk, self.cluster.publisher)

    def gather(self):
        topic, template = self.die.choice([("冬修", ""), ("", "township"), ("防火", "department")])
        into = self.die.choice(["news", "farming", "nyj/news"])
        if not Gathering.objects.filter(column__path=into).exists():
            content = "" if topic else "news"
            actions.gather(column(into), self.cluster.publisher, content=content, template=template, organ="", topic=topic)

    def stop_gathering(self):
        if rule := Gathering.objects.first():
            actions.stop_gathering(rule.pk, self.cluster.publisher)

    def close_or_open(self):
        room = self.cluster.town
        room.refresh_from_db()
        verb = actions.reopen_room if room.state == "closed" else actions.close_room
        verb(room.pk, *([] if room.state == "closed" else ["合并"]), self.cluster.publisher)

    def name(self):
        one = self.die.choice(list(Column.objects.all()))
        one.name = f"栏目{self.turn}"
        one.save()

    def do(self):
        weights = {self.write: 6, self.correct: 3, self.withdraw: 1, self.again: 1, self.place: 2, self.take_off: 1, self.gather: 1,
                   self.stop_gathering: 1, self.close_or_open: 1, self.name: 1}  # fmt: skip
        self.die.choices(list(weights), list(weights.values()))[0]()


def told_again(number, refused=False):
    """Hand supervision what was told of a release, as the ferry would, and note its answer; the payload."""
    package = Outgoing.objects.filter(contract="published_site", key__contains=f"-{number:06d}").order_by("-id").first()
    try:
        if refused:
            raise Refused("试")
        arrivals.published_site(package.payload, {}, None)
        package.state = "delivered"
    except Refused as no:
        package.state, package.reason = "refused", str(no)
    package.seq = package.seq or package.pk
    package.save()
    return package.payload


def supervised():
    return dict(PublishedFile.objects.filter(last__isnull=True).values_list("path", "sm3"))


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_supervision_knows_what_the_release_holds(cluster, seed):  # noqa: F811
    hand = Hand(cluster, seed)
    hand.write()
    whole_ones = []
    for turn in range(14):
        for _act in range(hand.die.randint(1, 3)):
            hand.do()
        if made := publisher.release(cluster.site):
            if not told_again(made.number, refused=turn == 6).get("before"):
                whole_ones.append(made.number)
            if turn != 6:
                assert supervised() == files(made)
        if turn == 9:
            shutil.rmtree(store.home(cluster.site))  # the business network lost its notes
            store._part.cache_clear()
    assert whole_ones[0] == 1 and len(whole_ones) <= 3


def test_one_edit_tells_only_its_files_and_columns_only_when_they_moved(cluster):  # noqa: F811
    first = published(cluster, cluster.farmer, "nyj/notices", "农技要点")
    told_again(publisher.release(cluster.site).number)
    corrected(cluster, first, "农技要点（更正）")
    made = publisher.release(cluster.site)
    payload = told_again(made.number)
    assert payload["before"] and len(payload["files"]) < 30 < payload["total"] and "columns" not in payload
    assert supervised() == files(made)
    column("nyj/notices").__class__.objects.filter(path="nyj/notices").update(declared_days=9)
    corrected(cluster, first, "农技要点（再更正）")
    assert "columns" in told_again(publisher.release(cluster.site).number)


def test_supervision_that_lost_what_it_knew_is_told_everything_once_more(cluster):  # noqa: F811
    first = published(cluster, cluster.farmer, "nyj/notices", "农技要点")
    told_again(publisher.release(cluster.site).number)
    Published.objects.all().delete()
    PublishedFile.objects.all().delete()
    corrected(cluster, first, "农技要点（更正）")
    made = publisher.release(cluster.site)
    told_again(made.number)
    assert supervised() == {} and not Published.objects.exists()
    publisher.release_what_changed()
    assert "before" not in told_again(made.number) and supervised() == files(made)
    told_again(made.number, refused=True)
    before = Outgoing.objects.count()
    publisher.release_what_changed()
    assert Outgoing.objects.count() == before  # once; then a person must look


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_a_release_is_a_full_rendering(cluster, served, seed):  # noqa: F811
    hand = Hand(cluster, seed)
    hand.write()
    served(publisher.release(cluster.site))
    for _turn in range(12):
        for _act in range(hand.die.randint(1, 3)):
            hand.do()
        made = publisher.release(cluster.site)
        if made:
            served(made)
            (name, rendered), released = whole(made), files(made)
            assert {path for path in rendered.keys() | released.keys() if rendered.get(path) != released.get(path)} == set()
            assert name == store.read(made, made.site).tree


def test_an_edit_is_looked_at_in_its_room_and_where_it_shows(cluster, monkeypatch):  # noqa: F811
    actions.gather(column("nyj/news"), cluster.publisher, content="news", template="township", organ="", topic="")
    first = published(cluster, cluster.farmer, "nyj/notices", "农技要点")
    second = published(cluster, cluster.townsman, "yuncheng/news", "街道冬修")
    publisher.release(cluster.site)
    looked, read = [], parts.frame
    monkeypatch.setattr(parts, "frame", lambda whole, part: looked.append(part.path) or read(whole, part))
    for article, there in ((first, ["nyj"]), (second, ["nyj", "yuncheng"])):
        looked.clear()
        corrected(cluster, article, f"{article.title}（更正）")
        made = publisher.release(cluster.site)
        assert looked == there and made.fresh == len(sent(made)) < 50
    looked.clear()
    assert publisher.release_all() == [] and looked == []
