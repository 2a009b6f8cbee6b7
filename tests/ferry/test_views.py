"""The system administrator's page. Office has the addresses; the portal has no people and no such page."""

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from zhengtong.ferry.actions import pack_due, receipt, send
from zhengtong.ferry.arrival import accept_all
from zhengtong.ferry.models import Trouble
from zhengtong.foundation.audit.models import Entry

with_people = pytest.mark.off("portal")


@pytest.fixture
def administrator(client, business):
    from tests.foundation.accounts.cast import account, enter, person

    return enter(client, account(person("S1", "system_admin")))


@pytest.mark.on("portal")
def test_the_portal_has_no_such_page():
    for name, arguments in (("desk", []), ("settle", [1])):
        with pytest.raises(NoReverseMatch):
            reverse(f"ferry:{name}", args=arguments)


@with_people
def test_the_administrator_sees_what_left_came_and_is_wrong_but_no_content(administrator, business, taken, mine):
    send(mine[0], {**mine[1], "title": "不该显示的标题"}, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], 1, "refused", "栏目不存在", "business")
    business.deliver(business.pack(2, "二"))
    (settings.TRAYS / "in" / "bad.ztp").write_bytes(b"x")
    accept_all()
    page = administrator.get(reverse("ferry:desk")).content.decode()
    assert "public_document #1" in page and "被拒收" in page and "栏目不存在" in page and "不该显示的标题" not in page
    assert "bad.ztp" in page and "缺号" in page
    business.deliver(business.pack(1, "一"))
    accept_all()
    assert "directory #2" in administrator.get(reverse("ferry:desk") + "?show=in").content.decode()


@with_people
def test_what_was_put_aside_is_settled_once_and_audited(administrator, business):
    (settings.TRAYS / "in" / "bad.ztp").write_bytes(b"x")
    accept_all()
    trouble = Trouble.objects.get()
    for _time in range(2):
        administrator.post(reverse("ferry:settle", args=[trouble.pk]))
    trouble.refresh_from_db()
    assert trouble.ended_at and Entry.objects.filter(verb="ferry.settle", actor_code="S1").count() == 1


@with_people
def test_a_gap_is_not_settled_by_hand(administrator, business, taken):
    business.deliver(business.pack(2, "二"))
    accept_all()
    answer = administrator.post(reverse("ferry:settle", args=[Trouble.objects.get().pk]), follow=True)
    assert "自行消除" in answer.content.decode() and Trouble.objects.get().ended_at is None


@with_people
def test_nobody_else_gets_in(client, business):
    from tests.foundation.accounts.cast import account, enter, person

    enter(client, account(person("P1", "drafter")))
    assert client.get(reverse("ferry:desk")).status_code == 403
    (settings.TRAYS / "in" / "bad.ztp").write_bytes(b"x")
    accept_all()
    assert client.post(reverse("ferry:settle", args=[Trouble.objects.get().pk])).status_code == 403
    assert Trouble.objects.get().ended_at is None
