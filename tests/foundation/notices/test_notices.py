import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.foundation.accounts.cast import account, enter, organ, person
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.notices import actions, queries
from zhengtong.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_one_person_is_told():
    who = person("P1")
    assert actions.notify(who, "%(organ)s退回了%(number)s", "/documents/1/", "D1", {"organ": "石桥镇", "number": "云政发〔2026〕1号"}) == 1
    assert str(queries.of(who).get()) == "石桥镇退回了云政发〔2026〕1号" and queries.unread_count(who) == 1


def test_all_who_hold_a_role_in_an_organ_are_told():
    one, two = person("P1", "receiver"), person("P2", "receiver", of=organ("YL139"))
    person("P3", "drafter")
    assert actions.notify(("receiver", "YL139"), "新收文") == 1 and queries.unread_count(two) == 1 and not queries.of(one)
    assert actions.notify(("receiver", organ()), "新收文") == 1 and queries.unread_count(one) == 1
    assert actions.notify([one, two, one], "会议") == 2


def test_a_percent_sign_without_parameters_stays():
    actions.notify(who := person("P1"), "已办95%")
    assert str(queries.of(who).get()) == "已办95%"


def test_nobody_is_told_twice_of_the_same_while_it_is_unread():
    who = person("P1")
    assert [actions.notify(who, "请催办", subject="D1") for _time in range(2)] == [1, 0]
    assert actions.notify(who, "请催办", subject="D2") == 1
    actions.mark_read(who)
    assert actions.notify(who, "请催办", subject="D1") == 1


def test_nobody_is_told_of_what_was_undone():
    who = person("P1")

    @action
    def fails():
        actions.notify(who, "已签发")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not queries.of(who)


def test_what_is_settled_waits_for_nobody():
    one, two = person("P1"), person("P2")
    actions.notify([one, two], "待签收", subject="D1")
    assert actions.settle("D1") == 2 and queries.unread_count(one) == 0 and queries.of(two).count() == 1


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "documents/1/"])
def test_a_notice_leads_only_inside(link):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.notify(person("P1"), "看这里", link)
    assert not Notice.objects.exists()


def test_the_list_shows_ones_own_and_opening_marks_it_read(client):
    who, other = person("P1"), person("P2")
    enter(client, account(who))
    actions.notify(who, "山鹰的回执", "/me/")
    actions.notify(other, "别处的回执", "/me/")
    page = client.get(reverse("notices:list")).content.decode()
    assert "山鹰的回执" in page and "别处的回执" not in page
    mine, others = queries.of(who).get(), queries.of(other).get()
    assert client.post(reverse("notices:follow", args=[others.pk])).status_code == 404
    assert client.get(reverse("notices:follow", args=[mine.pk])).status_code == 405
    assert client.post(reverse("notices:follow", args=[mine.pk])).url == "/me/"
    assert queries.unread_count(who) == 0 and queries.unread_count(other) == 1
    assert "山鹰的回执" not in client.get(reverse("notices:list")).content.decode()
    assert "山鹰的回执" in client.get(reverse("notices:list"), {"show": "all"}).content.decode()


def test_all_are_marked_read_at_once_and_only_ones_own(client):
    who, other = person("P1"), person("P2")
    enter(client, account(who))
    actions.notify([who, other], "会议")
    client.post(reverse("notices:read_all"))
    assert queries.unread_count(who) == 0 and queries.unread_count(other) == 1
