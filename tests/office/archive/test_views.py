"""The archivist's pages."""

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier
from zhengtong.foundation.accounts.models import Account, PersonalKey
from zhengtong.foundation.audit.models import Entry
from zhengtong.office.archive.models import Item

pytestmark = pytest.mark.django_db
PIN = "Yunling-2026"


@pytest.fixture
def archivist(county, enter):
    client = enter(county.archivist)
    public, locked = carrier.make(PIN)
    PersonalKey.objects.create(account=Account.objects.get(person=county.archivist), public=public, locked=locked, made_at=clock.now())
    return client


def chosen(*documents, **more):
    return {"item": documents, **{f"klass-{d}": "BGS" for d in documents}, "pin": PIN, **more}


def test_the_archivist_sees_what_waits_with_what_is_proposed_and_files_it_with_his_key(archivist, prefile, fonds):
    prefile(1)
    prefile(2)
    page = archivist.get("/archive/prefiled/").content.decode()
    assert "第1件事" in page and '<option value="D30" selected>' in page and "确认后即生效" in page
    answer = archivist.post("/archive/confirm/", chosen("D2026-000001"), follow=True).content.decode()
    assert "已归档1件" in answer and "Z003-WS·2026-D30-BGS-0001" in answer
    assert Item.objects.get(serial=2).state == "prefiled"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pin": "Wrong-Pin-9"}, "file-pin-error"),
        ({"pin": ""}, "file-pin-error"),
        ({"klass-D2026-000001": ""}, "类目"),
        ({"period-D2026-000001": "长期"}, "保管期限"),
    ],
)
def test_a_refusal_keeps_what_was_chosen_and_files_nothing(archivist, prefile, fonds, change, sentence):
    prefile(1)
    prefile(2)
    answer = archivist.post("/archive/confirm/", chosen("D2026-000001", **{"period-D2026-000001": "Y", **change}))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert page.count(" checked") == 1
    assert ("data-zt-open" in page) is ("pin" in change)  # the dialog stands open again only for the PIN
    if "period-D2026-000001" not in change:
        assert '<option value="Y" selected>' in page
    assert not Item.objects.filter(state="filed").exists()
    assert not Entry.objects.filter(verb="archive.confirm").exists()


def test_an_item_shows_its_parts_and_gives_them_out_byte_for_byte(archivist, prefile, fonds):
    item = prefile()
    page = archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert "各部分齐全" in page and "归档时编定" in page
    draft = item.parts.get(role="draft")
    got = archivist.get(f"/archive/items/{item.pk}/parts/{draft.pk}/")
    assert b"".join(got.streaming_content).decode() == "请认真贯彻执行。"
    assert "attachment" in got["Content-Disposition"]
    item.parts.filter(role="log").delete()
    assert "内容有缺失" in archivist.get(f"/archive/items/{item.pk}/").content.decode()


def test_the_catalogue_filters_and_the_balance_opens(archivist, prefile, fonds):
    prefile()
    archivist.post("/archive/confirm/", chosen("D2026-000001"))
    assert "第1件事" in archivist.get("/archive/filed/?words=BGS-0001&year=2026&period=D30").content.decode()
    assert "没有符合条件" in archivist.get("/archive/filed/?period=Y").content.decode()
    assert archivist.get("/archive/filed/?year=abc").status_code == 200
    balance = archivist.get("/archive/balance/").content.decode()
    assert "云政发" in balance and "相符" in balance
    assert archivist.get("/archive/balance/?year=x").status_code == 200


def test_fonds_and_classes_are_registered_on_the_page_with_errors_at_the_field(archivist, county):
    page = archivist.post("/archive/fonds/open/", {"organ": "YL130", "code": "12", "name": "县政府办"})
    assert page.status_code == 422 and "id_code_error" in page.content.decode() and 'value="县政府办"' in page.content.decode()
    done = archivist.post("/archive/fonds/open/", {"organ": "YL130", "code": "z130", "name": "县政府办"}, follow=True)
    assert "Z130 县政府办" in done.content.decode()
    done = archivist.post("/archive/fonds/class/", {"fonds": "Z130", "code": "bgs", "name": "办公室"}, follow=True)
    assert "BGS 办公室" in done.content.decode()
    assert archivist.post("/archive/fonds/class/", {"fonds": "Z130", "code": "bgs", "name": "办公室"}).status_code == 422


def test_another_systems_archivist_sees_nothing_of_it(county, enter, prefile, fonds):
    item = prefile()
    client = enter(county.partys_archivist)
    assert item.title not in client.get("/archive/prefiled/").content.decode()
    assert client.get(f"/archive/items/{item.pk}/").status_code == 404
    assert client.get(f"/archive/items/{item.pk}/parts/{item.parts.first().pk}/").status_code == 404
    assert "云政发" not in client.get("/archive/balance/").content.decode()
    assert enter(county.dispatcher).get("/archive/prefiled/").status_code == 403
