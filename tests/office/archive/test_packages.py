"""Items leave as packages and come back as they were filed; what is broken, foreign or altered stays outside with its reason."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.utils import translation

from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals import keys
from zhengtong.office.archive import actions, queries
from zhengtong.office.archive.actions import Choice
from zhengtong.office.archive.models import Item, Part
from zhengtong.office.archive.queries import packages, records
from zhengtong.papers.archive import eep

from .conftest import confirm, empty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_keys")]


@pytest.fixture
def filed(county, prefile, receive, fonds):
    """One issued and one received item, filed."""
    prefile(1)
    receive(2)
    choices = [Choice("D2026-000001", klass="BGS"), Choice("S2026-000002", klass="YWL")]
    return {item.way: item for item in confirm(choices, county.archivist)}


def out(*numbers, by=None):
    stream = io.BytesIO()
    name = actions.export(list(numbers), by, stream)
    return name, stream.getvalue()


def digests(data):
    return [(one.role, one.name, one.digest) for one in eep.read(data).contents]


def facts():
    return (
        list(Item.objects.order_by("pk").values()),
        Part.objects.count(),
        list(Series.objects.order_by("pk").values()),
        Entry.objects.count(),
    )


def refused(match, data, by=None, keys=()):
    before = facts()
    with pytest.raises(Refused, match=match) as caught:
        actions.take_in(data, by, keys)
    assert facts() == before, "a refusal changes nothing"
    return str(caught.value)


@pytest.mark.parametrize("way", ["issued", "received"])
def test_out_of_one_system_into_an_empty_one_and_out_again_is_the_same(filed, way):
    item = filed[way]
    number, before, digest = item.archive_number, Item.objects.values().get(pk=item.pk), item.digest
    _name, first = out(number)
    empty()
    back = actions.take_in(first, None)
    assert queries.faults(back) == [] and back.imported_at
    assert back.digest == digest
    same = ("document", "way", "maker", "number", "original", "series", "series_year", "serial", "title", "kind", "kind_name",
            "written_on", "pages", "year", "period", "item_serial", "archive_number", "filed_by_id", "organ_id", "unit")  # fmt: skip
    after = Item.objects.values().get(pk=back.pk)
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert str(back.fonds) == "Z003 云岭县人民政府" and back.klass.name in ("办公室", "业务类")
    _name, second = out(number)
    assert digests(second) == digests(first)
    assert eep.read(second) == eep.read(first)


def test_what_is_filed_later_never_gets_a_number_that_came_in(county, filed, prefile):
    _name, package = out(filed["issued"].archive_number)
    empty()
    actions.take_in(package, None)
    actions.open_fonds("Z003", "云岭县人民政府", ["YL003", "YL130"], None)  # it waited for its organs
    prefile(2, document="D2026-000002")
    (item,) = confirm([Choice("D2026-000002", klass="BGS")], county.archivist)
    assert item.archive_number == "Z003-WS·2026-D30-BGS-0002"
    used = dict(Series.objects.values_list("series", "last"))
    assert used["云政发"] == 1 and used["document"] == 1  # nor the document's own number and code


def test_a_document_never_takes_the_place_of_an_imported_one(filed, prefile):
    with pytest.raises(Refused, match="已用于另一件档案"):
        prefile(1, number="云政发〔2026〕9号")


def test_several_leave_in_one_file_and_each_leaving_is_recorded(county, filed):
    numbers = sorted(item.archive_number for item in filed.values())
    name, data = out(*numbers, by=county.archivist)
    assert name == "Z003-2.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as several:
        assert several.namelist() == [f"{number}.eep" for number in numbers]
    entries = Entry.objects.filter(verb="archive.export")
    assert [e.detail["archive_number"] for e in entries] == numbers and {e.chain for e in entries} == {"YL003"}


def test_only_what_one_keeps_and_what_is_whole_leaves(county, filed, prefile):
    number = filed["issued"].archive_number
    before = facts()
    with pytest.raises(Refused, match="自己保管"):
        out(number, by=county.partys_archivist)
    with pytest.raises(Refused, match="自己保管"):
        out(prefile(7).number, by=county.archivist)
    with pytest.raises(Refused, match="至少选择"):
        out(by=county.archivist)
    filed["issued"].parts.filter(role="log").delete()
    with pytest.raises(Refused, match=r"内容有缺失.*处理过程"):
        out(number, by=county.archivist)
    assert facts()[0][:2] == before[0][:2] and not Entry.objects.filter(verb="archive.export").exists()


def test_the_classified_network_lets_nothing_out(filed, settings):
    settings.CLASSIFIED = True
    with pytest.raises(Refused, match="刻录光盘"):
        out(filed["issued"].archive_number)


def test_the_same_package_comes_in_once(filed):
    _name, package = out(filed["issued"].archive_number)
    refused("内容相同，不重复导入", package)
    filed["issued"].parts.filter(role="log").delete()
    refused("内容与包内不同", package)


def test_an_altered_package_names_the_step_that_fails_in_the_readers_language(filed):
    _name, package = out(filed["issued"].archive_number)
    empty()
    altered = package.replace("第1件事".encode(), "第9件事".encode(), 1)
    refused("签名无效，内容被改动", altered)
    with translation.override("en"):
        assert "something was altered" in refused("something was altered", altered)
        refused("not a well-formed XML file", b"<a>")
    refused("不是电子文件封装包", b"<a/>")
    refused("文档类型声明", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    refused("规范写成", package + b"\n")


def test_a_foreign_package_comes_in_only_when_its_key_is_trusted(filed):
    _name, package = out(filed["issued"].archive_number)
    old = keys.own()
    empty()
    other = seals.generate()
    signer = eep.Signer("office", seals.public_of(other), lambda data: seals.sign(other, data))
    foreign = eep.write(eep.read(package), signer, clock.now())
    assert signer.public != old.signing
    refused("不是本网信任的公钥", foreign)
    assert actions.take_in(foreign, None, [signer.public]).archive_number == "Z003-WS·2026-D30-BGS-0001"


def remade(package, **change):
    """A package that holds in every step, of a record that was changed before it was signed by ourselves."""
    record = eep.read(package)
    values = {**record.values, **change.pop("values", {})}
    contents = change.pop("contents", record.contents)
    if change.pop("bind", True):
        inner = replace(record, values=values, contents=tuple(one for one in contents if one.role != "metadata"))
        bound = records.metadata(inner)
        contents = tuple(replace(one, data=bound) if one.role == "metadata" else one for one in contents)
    return eep.write(replace(record, values=values, contents=contents), packages.signer(), clock.now())


def test_what_this_archive_could_not_have_filed_is_not_taken_in(filed):
    _name, package = out(filed["issued"].archive_number)
    empty()
    contents = eep.read(package).contents
    refused("不合DA/T 22-2015", remade(package, values={"全宗号": "z9"}))
    refused("日期不合规定", remade(package, values={"日期": "2026春"}))
    refused("缺少处理单", remade(package, contents=tuple(one for one in contents if one.role != "sheet")))
    refused("多于一份", remade(package, contents=(*contents, contents[1])))
    refused("不认识的内容", remade(package, contents=(*contents, replace(contents[1], role="virus"))))
    refused("秘密，本网不处理国家秘密", remade(package, values={"密级": "秘密"}))
    refused("不是规定的密级", remade(package, values={"密级": "内部"}))
    refused("元数据文件与包内其他内容不一致", remade(package, values={"题名": "别的题名"}, bind=False))
    refused("元数据所记为7页，内容实有1页", remade(package, values={"页数": "7"}))
    broken = tuple(replace(one, data=b"%PDF-1.7 x") if one.role == "final" else one for one in contents)
    refused("打不开", remade(package, contents=broken))
    program = tuple(replace(one, data=b"MZ\x90\x00program") if one.role == "draft" else one for one in contents)
    refused("不是可接收的类型", remade(package, contents=program))
    assert actions.take_in(remade(package), None)


def test_a_number_already_given_here_is_not_taken_by_another_document(filed):
    _name, package = out(filed["issued"].archive_number)
    refused("已有另一件", remade(package, values={"电子文件号": "D2026-000077", "室编件号": "0077"}))


def test_an_archivist_takes_in_only_for_a_fonds_that_is_his(county, filed):
    _name, package = out(filed["issued"].archive_number)
    empty()
    refused("本网没有这个全宗，请先登记全宗", package, county.archivist)
    actions.open_fonds("Z003", "云岭县人民政府", ["YL003", "YL130"], None)
    refused("不由您保管", package, county.partys_archivist)
    assert actions.take_in(package, county.archivist).organ.code == "YL003"


def test_an_upload_may_hold_many_packages_but_nothing_else(filed):
    name, several = out(*(item.archive_number for item in filed.values()))
    assert len(list(packages.unpacked(several, name))) == 2
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as mixed:
        mixed.writestr("a.eep", b"x")
        mixed.writestr("a.exe", b"x")
    with pytest.raises(Refused, match=r"不是封装包的文件：a.exe"):
        list(packages.unpacked(stream.getvalue(), "mixed.zip"))
    with pytest.raises(Refused, match="不是完整的压缩包"):
        list(packages.unpacked(several[:-40], name))


def test_no_byte_of_a_package_can_change_unseen(filed):
    """Whatever is changed in its text: outside with a reason, and nothing stored."""
    _name, package = out(filed["received"].archive_number)
    empty()
    for place in range(50, len(package), len(package) // 25):
        altered = bytearray(package)
        altered[place] ^= 1
        refused("导入", bytes(altered))
