"""The archivist's pages."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from zhengtong.foundation import clock, seals
from zhengtong.foundation.accounts import carrier
from zhengtong.foundation.accounts.models import Account, PersonalKey
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.numbers.actions import take
from zhengtong.office.archive import actions
from zhengtong.office.archive.models import Item, Plan, Waiver
from zhengtong.office.archive.rules import checks

from .conftest import empty

pytestmark = pytest.mark.django_db
PIN = "Yunling-2026"


@pytest.fixture
def archivist(county, enter):
    client = enter(county.archivist)
    public, locked = carrier.make(PIN)
    PersonalKey.objects.create(account=Account.objects.get(person=county.archivist), public=public, locked=locked, made_at=clock.now())
    return client


def chosen(*documents, **more):
    asked = {f"check-{check.number}": "good" for check in checks.asked(checks.Stage.FILING)}
    return {"item": documents, **{f"klass-{d}": "BGS" for d in documents}, "pin": PIN, **asked, **more}


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
    assert page.count('" checked') == 1 and page.count("required checked") == len(checks.asked(checks.Stage.FILING))
    assert ("data-zt-open" in page) is ("pin" in change)  # the dialog stands open again only for the PIN
    if "period-D2026-000001" not in change:
        assert '<option value="Y" selected>' in page
    assert not Item.objects.filter(state="filed").exists()
    assert not Entry.objects.filter(verb="archive.confirm").exists()


def test_an_item_shows_its_parts_and_gives_them_out_byte_for_byte(archivist, prefile, fonds):
    item = prefile()
    page = archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert "各部分齐全" in page and "归档时编定" in page
    assert "签发" in page and "有效" in page and "起草" in page
    for part in item.parts.select_related("file"):
        got = archivist.get(f"/archive/items/{item.pk}/parts/{part.pk}/")
        assert seals.sm3(b"".join(got.streaming_content)) == part.file.sm3
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


def test_the_plan_proposes_a_class_and_says_by_what(archivist, prefile, fonds):
    row = {"klass": "Z003.BGS", "by": "unit", "value": "秘书一科", "source": "分类方案第三条"}
    assert "秘书一科" in archivist.post("/archive/fonds/plan/", row, follow=True).content.decode()
    assert archivist.post("/archive/fonds/plan/", row).status_code == 422  # there already
    assert archivist.post("/archive/fonds/plan/", {**row, "klass": "Z001.BGS"}).status_code == 422
    prefile(1, unit="秘书一科")
    prefile(2, unit="秘书二科")
    page = archivist.get("/archive/prefiled/").content.decode()
    assert page.count('<option value="BGS" selected>') == 1 and "承办处室：秘书一科" in page
    done = archivist.post(f"/archive/fonds/plan/{Plan.objects.get().pk}/drop/", follow=True).content.decode()
    assert "已撤销归类规则" in done and not Plan.objects.exists()


def test_another_systems_archivist_sees_nothing_of_it(county, enter, prefile, fonds):
    item = prefile()
    client = enter(county.partys_archivist)
    assert item.title not in client.get("/archive/prefiled/").content.decode()
    assert client.get(f"/archive/items/{item.pk}/").status_code == 404
    assert client.get(f"/archive/items/{item.pk}/parts/{item.parts.first().pk}/").status_code == 404
    assert "云政发" not in client.get("/archive/balance/").content.decode()
    assert enter(county.dispatcher).get("/archive/prefiled/").status_code == 403


@pytest.mark.usefixtures("network_keys")
def test_items_go_out_as_packages_and_come_in_again_by_the_page(archivist, prefile, fonds):
    prefile(1)
    prefile(2)
    archivist.post("/archive/confirm/", chosen("D2026-000001", "D2026-000002"))
    numbers = list(Item.objects.values_list("archive_number", flat=True))
    one = archivist.post("/archive/packages/export/", {"item": numbers[:1]})
    package = b"".join(one.streaming_content)
    assert f"{numbers[0]}.eep" in unquote(one["Content-Disposition"]) and package.startswith(b"<?xml")
    several = archivist.post("/archive/packages/export/", {"item": numbers})
    assert b"".join(several.streaming_content).startswith(b"PK")
    assert "请至少选择一件" in archivist.post("/archive/packages/export/", follow=True).content.decode()
    page = archivist.get("/archive/packages/").content.decode()
    assert 'name="packages"' in page and "multiple" in page
    again = archivist.post("/archive/packages/", {"packages": [SimpleUploadedFile("a.eep", package), SimpleUploadedFile("b.eep", b"x")]})
    told = again.content.decode()
    assert again.status_code == 422 and "内容相同，不重复导入" in told and "不是完整的XML文件" in told
    empty()
    actions.open_fonds("Z003", "云岭县人民政府", ["YL003", "YL130"], None)
    done = archivist.post("/archive/packages/", {"packages": SimpleUploadedFile("a.eep", package)})
    assert done.status_code == 200 and "已导入" in done.content.decode()
    item = Item.objects.get(serial=1)
    assert "由封装包导入" in archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert archivist.post("/archive/packages/").status_code == 422


@pytest.mark.usefixtures("network_keys")
def test_the_yearly_check_is_begun_read_and_answered_on_its_page(archivist, prefile, fonds):
    prefile()
    archivist.post("/archive/confirm/", chosen("D2026-000001"))
    assert "年度检测到期" in archivist.get("/archive/checks/").content.decode()
    page = archivist.post("/archive/checks/yearly/", {"fonds": "Z003"}, follow=True)
    told, address = page.content.decode(), page.request["PATH_INFO"]
    assert "CQ-1-1" in told and "固化信息有效性" in told and "待回答" in told
    half = {f"check-{check.number}": "good" for check in checks.asked(checks.Stage.YEARLY)[1:]}
    again = archivist.post(f"{address}answer/", half)
    assert again.status_code == 422 and again.content.decode().count(" checked") == len(half) and "请回答" in again.content.decode()
    done = archivist.post(f"{address}answer/", {**half, "check-3-5": "bad", "note-3-5": "缺OFD阅读器"}, follow=True).content.decode()
    assert "已记录回答" in done and "缺OFD阅读器" in done and "不合格" in done
    assert "再次年度检测" in archivist.get("/archive/checks/").content.decode()
    assert "没有这个全宗" in archivist.post("/archive/checks/yearly/", {"fonds": "Z009"}, follow=True).content.decode()


@pytest.mark.usefixtures("network_keys")
def test_a_transfer_is_prepared_checked_handed_over_and_accepted_by_its_page(archivist, prefile, fonds):
    prefile()
    archivist.post("/archive/confirm/", chosen("D2026-000001"))
    form = {"fonds": "Z003", "year": 2025, "receiver": "云岭县档案馆"}
    assert "没有可移交的文件" in archivist.post("/archive/transfers/", form).content.decode()
    page = archivist.post("/archive/transfers/", {**form, "year": 2026}, follow=True)
    address = page.request["PATH_INFO"]
    assert "待检测" in page.content.decode() and "hand-over" not in page.content.decode()
    run = archivist.post(f"{address}check/", follow=True)
    assert "检测还有须由您回答的项" in archivist.get(address).content.decode()
    asked = {f"check-{check.number}": "good" for check in checks.asked(checks.Stage.TRANSFER)}
    archivist.post(f"{run.request['PATH_INFO']}answer/", asked)
    assert archivist.post(f"{address}hand-over/", {"pin": "Wrong-Pin-9"}).status_code == 422
    assert archivist.get(f"{address}carrier/").status_code == 404
    handed = archivist.post(f"{address}hand-over/", {"pin": PIN}, follow=True).content.decode()
    assert "已移交" in handed
    assert b"".join(archivist.get(f"{address}carrier/").streaming_content).startswith(b"PK")
    assert archivist.post(f"{address}accept/", {"on": "2020-01-01", "whom": "周砚"}).status_code == 422
    today = clock.today().isoformat()
    assert "已登记接收" in archivist.post(f"{address}accept/", {"on": today, "whom": "周砚"}, follow=True).content.decode()
    item = Item.objects.get()
    assert "已接收" in archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert "不能撤销移交" in archivist.post(f"{address}drop/", {"reason": "x"}, follow=True).content.decode()


def test_what_is_missing_is_waived_on_the_balance_and_taken_back(archivist, prefile, fonds):
    with transaction.atomic():
        for _n in range(3):
            take("云政发", "YL003", 2026)
    item = prefile(1)
    page = archivist.get("/archive/balance/?year=2026").content.decode()
    assert "缺2件" in page and "云政发〔2026〕2号" in page and "有缺" in page
    form = {"year": 2026, "number": ["YL003|云政发|2"], "ground": "void"}
    again = archivist.post("/archive/balance/waive/", form)
    assert again.status_code == 422 and "须写明情况" in again.content.decode() and again.content.decode().count(" checked") == 1
    done = archivist.post("/archive/balance/waive/", {**form, "note": "编错了号"}, follow=True).content.decode()
    assert "已定为不归档1件" in done and "缺1件" in done and "文号作废，没有形成文件：编错了号" in done
    own = {"year": 2026, "number": f"YL003|云政发|{item.serial}", "ground": "routine"}
    archivist.post("/archive/balance/waive/", own)
    assert "不归档" in archivist.get(f"/archive/items/{item.pk}/").content.decode()
    assert item.title not in archivist.get("/archive/prefiled/").content.decode()
    for one in Waiver.objects.all():
        assert "已恢复" in archivist.post(f"/archive/balance/{one.pk}/reinstate/", {"year": 2026}, follow=True).content.decode()
    assert item.title in archivist.get("/archive/prefiled/").content.decode()
    assert "没有这条不归档记录" in archivist.post("/archive/balance/9/reinstate/", {"year": 2026}, follow=True).content.decode()
    assert archivist.post("/archive/balance/waive/", {"year": 2026, "number": ["x", "a|b|c"]}).status_code == 422
    assert "各件的页数和摘要与所存文件相符" in archivist.get("/archive/balance/?year=2026&compare").content.decode()
