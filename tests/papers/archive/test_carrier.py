"""The transfer carrier: the layout of the rule, read back whole, and nothing changed, lost or added unseen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong.foundation.seals import sm3
from zhengtong.papers.archive import carrier, xml
from zhengtong.papers.archive.verify import verify

from .cast import AT, SIGNER, record

RECORDS = (record(), record(室编件号="0002", 机构或问题="", 题名="第二件"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("carrier")
    carrier.write(home, RECORDS, SIGNER, AT)
    return home


def failed(folder):
    return {finding.step for finding in verify(folder).findings if finding.good is False}


def test_a_transfer_lies_as_the_rule_has_it_and_is_read_back_whole(folder):
    assert {path.name for path in folder.iterdir()} == {"说明文件.TXT", "文件目录.XML", "电子档案", "其他"}
    assert (folder / "电子档案/2026/BGS/Z003-WS·2026-D30-BGS-0001/02-发文_处理单.txt").exists()
    assert tuple(carrier.read(folder)) == RECORDS
    assert "件数：2" in (folder / "说明文件.TXT").read_text()
    assert verify(folder, SIGNER.public).good


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_in_any_file_is_found(folder, data):
    path = data.draw(st.sampled_from([path for _name, path in carrier.files(folder)]))
    whole = path.read_bytes()
    altered = bytearray(whole)
    altered[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(altered)
    try:
        assert failed(folder)
    except xml.Unreadable:
        pass
    finally:
        path.write_bytes(whole)


def test_a_file_too_many_and_a_file_too_few_are_named(folder):
    stray = folder / "其他" / "多余.txt"
    stray.write_text("x")
    assert failed(folder) == {"listed"}
    stray.unlink()
    lost = folder / "说明文件.TXT"
    text = lost.read_bytes()
    lost.unlink()
    assert failed(folder) == {"listed", "catalogue"}
    lost.write_bytes(text)


def resigned(folder, change):
    """The carrier as somebody with the key might have laid it out: changed, and its list signed anew."""
    change(folder)
    made = {name: (len(path.read_bytes()), sm3(path.read_bytes())) for name, path in carrier.files(folder) if name != carrier.SEAL}
    (folder / carrier.SEAL).write_bytes(carrier._seal(made, SIGNER, AT))


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda home: (home / carrier.NOTE).write_text("件数：9\n"), "catalogue"),
        (lambda home: (home / "电子档案/2026/无" / "别处.txt").write_text("x"), "layout"),
        (lambda home: (home / "电子档案/2026/BGS/Z003-WS·2026-D30-BGS-0001/宏.docm").write_text("x"), "formats"),
    ],
)
def test_what_is_laid_out_otherwise_than_ruled_is_told(tmp_path, change, step):
    home = tmp_path / "carrier"
    carrier.write(home, RECORDS, SIGNER, AT)
    resigned(home, change)
    assert failed(home) == {step}


def test_a_large_transfer_is_written_one_record_at_a_time(tmp_path):
    seen = []

    def each():
        for number in range(1, 4):
            seen.append(len(list((tmp_path / "carrier").rglob("元数据.XML"))))
            yield record(室编件号=f"{number:04d}")

    assert carrier.write(tmp_path / "carrier", each(), SIGNER, AT) == 3
    assert seen == [0, 1, 2] and failed(tmp_path / "carrier") == set()


def test_a_folder_that_holds_something_is_not_written_into(folder):
    with pytest.raises(xml.Unreadable, match="不是空的"):
        carrier.write(folder, RECORDS, SIGNER, AT)
    assert verify(folder).good


def test_a_catalogue_can_not_point_outside_the_carrier(tmp_path):
    home = tmp_path / "carrier"
    carrier.write(home, RECORDS[:1], SIGNER, AT)
    path = home / carrier.CATALOGUE
    path.write_text(path.read_text().replace("<电子档案名称>", "<电子档案名称>../"))
    with pytest.raises(xml.Unreadable, match="以外"):
        list(carrier.read(home))
