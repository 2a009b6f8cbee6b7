"""The pages of both sides, and that nobody sees what was not sent to his organ."""

from itertools import permutations

import pytest

from zhengtong.foundation.audit.models import Entry
from zhengtong.office.dispatch import actions, queries
from zhengtong.office.dispatch.models import Receipt

pytestmark = pytest.mark.django_db


def test_a_receiver_finds_opens_reads_and_signs_for_what_came(county, sent, enter):
    mine = sent().receipts.get(organ__code="YL205")
    client = enter(county.shiqiao)
    listed = client.get("/received/").content.decode()
    assert "云岭县人民政府关于做好防火工作的通知" in listed and "待签收" in listed
    page = client.get(f"/received/{mine.pk}/").content.decode()
    assert f"/received/{mine.pk}/pages/1.png" in page
    assert client.get(f"/received/{mine.pk}/pages/1.png").content.startswith(b"\x89PNG")
    assert client.get(f"/received/{mine.pk}/pages/9.png").status_code == 404
    assert b"".join(client.get(f"/received/{mine.pk}/pdf/").streaming_content).startswith(b"%PDF")
    assert client.post(f"/received/{mine.pk}/sign/", follow=True).status_code == 200
    mine.refresh_from_db()
    assert (mine.state, mine.signed_by) == ("signed", county.shiqiao)
    again = client.post(f"/received/{mine.pk}/sign/", follow=True).content.decode()
    assert "不能再办这一步" in again


def test_sending_back_without_a_reason_shows_the_error_at_the_field_and_changes_nothing(county, sent, enter):
    mine = sent().receipts.get(organ__code="YL205")
    entries = Entry.objects.count()
    client = enter(county.shiqiao)
    answer = client.post(f"/received/{mine.pk}/return/", {"reason": ""})
    assert answer.status_code == 422 and "id_reason_error" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.state == "waiting" and Entry.objects.count() == entries
    client.post(f"/received/{mine.pk}/return/", {"reason": "不属本机关办理"})
    mine.refresh_from_db()
    assert (mine.state, mine.reason) == ("returned", "不属本机关办理")


def test_the_sender_sees_who_has_not_signed_and_urges_in_one_touch(county, sent, enter):
    dispatch = sent()
    actions.sign_for(dispatch.receipts.get(organ__code="YL205").pk, county.shiqiao)
    client = enter(county.dispatcher)
    assert "2个未签收" in client.get("/dispatch/").content.decode()
    page = client.get(f"/dispatch/{dispatch.pk}/").content.decode()
    waiting = dispatch.receipts.get(organ__code="YL206")
    assert f"/dispatch/receipts/{waiting.pk}/urge/" in page and "已签收" in page
    assert "已催办" in client.post(f"/dispatch/receipts/{waiting.pk}/urge/", follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.urges == 1
    assert "刚刚催办过" in client.post(f"/dispatch/receipts/{waiting.pk}/urge/", follow=True).content.decode()
    assert client.get(f"/dispatch/{dispatch.pk}/pdf/").status_code == 200


def test_filters_find_by_title_and_number_and_state(county, sent, enter):
    sent()
    sent("D2026-000002", title="云岭县人民政府关于表彰的通报")
    assert [r.dispatch.title for r in queries.received(county.shiqiao, "表彰")] == ["云岭县人民政府关于表彰的通报"]
    assert queries.received(county.shiqiao, "〔2026〕1号").count() == 1
    assert queries.received(county.shiqiao, state="signed").count() == 0
    assert queries.sent(county.dispatcher, "表彰", only_open=True).count() == 1
    assert enter(county.dispatcher).get("/dispatch/?words=表彰&waiting=on").status_code == 200


def test_what_changes_something_is_post_only(county, sent, enter):
    dispatch = sent()
    mine = dispatch.receipts.get(organ__code="YL205")
    client = enter(county.shiqiao)
    assert client.get(f"/received/{mine.pk}/sign/").status_code == 405
    assert client.get(f"/received/{mine.pk}/return/").status_code == 405


@pytest.mark.parametrize(("to", "other"), list(permutations(["shiqiao", "liuhe", "party", "court"], 2)))
def test_no_organ_sees_what_was_sent_to_another(county, sent, enter, to, other):
    """For every pair of organs (design §3b.5)."""
    dispatch = sent(recipients=[getattr(county, to).organ.code], cc=[])
    copy = dispatch.receipts.get()
    assert [r.pk for r in queries.received(getattr(county, to))] == [copy.pk]
    assert not queries.received(getattr(county, other)).exists()
    client = enter(getattr(county, other))
    for address in (f"/received/{copy.pk}/", f"/received/{copy.pk}/pdf/", f"/received/{copy.pk}/pages/1.png"):
        assert client.get(address).status_code == 404
    for address in (f"/received/{copy.pk}/sign/", f"/received/{copy.pk}/return/"):
        assert client.post(address, {"reason": "看看"}).status_code == 404
    assert dispatch.title not in client.get("/received/").content.decode()
    assert client.get(f"/dispatch/{dispatch.pk}/").status_code in (403, 404)
    assert client.post(f"/dispatch/receipts/{copy.pk}/urge/").status_code in (403, 404)
    assert Receipt.objects.get().state == "waiting"
