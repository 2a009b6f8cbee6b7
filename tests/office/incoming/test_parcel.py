"""The exchange package: what is written is read again, and nothing else is believed."""

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.office.incoming import parcel
from zhengtong.office.incoming.parcel import Broken, Kind, Message

AT = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=8)))
DOCUMENT = {"number": "云州政发〔2026〕12号", "title": "云州市人民政府关于防汛的通知", "kind": "通知"}
SENT = Message("YZ-2026-000123", Kind.DOCUMENT, AT, "YZ003", "云州市人民政府", "YL003", "云岭县人民政府", document=DOCUMENT,
               files=(("正文.pdf", b"%PDF-1.7 text"),))  # fmt: skip


def changed(data, name, content):
    """The package with one entry replaced, added, or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        entries = {n: old.read(n) for n in old.namelist()}
    entries[name] = content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for key, value in entries.items():
            if value is not None:
                new.writestr(key, value)
    return out.getvalue()


def xml(old, new):
    """The package with its message rewritten."""
    data = parcel.write(SENT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read(parcel.MESSAGE).decode()
    assert old in text
    return changed(data, parcel.MESSAGE, text.replace(old, new).encode())


def test_a_document_is_read_as_it_was_written_and_gives_the_same_bytes():
    assert {k: v for k, v in parcel.read(parcel.write(SENT)).document.items() if v} == DOCUMENT
    assert parcel.read(parcel.write(SENT)).files == SENT.files
    assert parcel.write(SENT) == parcel.write(SENT)


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.RETURN, Kind.STATUS])
def test_an_answer_names_the_document_it_is_about(kind):
    answer = Message("A-0001", kind, AT, "YL003", "县政府", "YZ003", "市政府", about="YZ-2026-000123", who="纪云帆", text="已收到")
    assert parcel.read(parcel.write(answer)) == answer


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><exchange>&b;</exchange>'
BROKEN = [
    (b"", "ZIP"), (b"PK\x03\x04nothing", "ZIP"), (parcel.write(SENT)[:-30], "ZIP"),
    (changed(parcel.write(SENT), parcel.MESSAGE, None), "没有message.xml"),
    (changed(parcel.write(SENT), parcel.MESSAGE, b"<exchange"), "不是合格的XML"),
    (changed(parcel.write(SENT), parcel.MESSAGE, ENTITY), "实体"),
    (changed(parcel.write(SENT), parcel.MESSAGE, b"<other/>"), "不认识的交换格式"),
    (changed(parcel.write(SENT), "files/正文.pdf", b"%PDF-1.7 other"), "摘要不符"),
    (changed(parcel.write(SENT), "files/正文.pdf", None), "缺少文件"),
    (changed(parcel.write(SENT), "files/more.pdf", b"x"), "没有登记的文件"),
    (changed(parcel.write(SENT), "../evil.sh", b"x"), "没有登记的文件"),
    (xml('version="1.0"', 'version="2.0"'), "格式或版本"), (xml('type="document"', 'type="order"'), "交换类型"),
    (xml('id="YZ-2026-000123"', 'id="../../x"'), "交换编号"), (xml('sent="2026', 'sent="later'), "发送时间"),
    (xml("+08:00", ""), "时区"), (xml('code="YZ003"', 'code=""'), "发送或接收机关"),
    (xml('title="云州市人民政府关于防汛的通知"', 'title=" "'), "公文要素"),
    (xml('name="files/正文.pdf"', 'name="files/../正文.pdf"'), "文件名不合规定"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), BROKEN)
def test_a_broken_package_is_refused_with_its_reason(data, why):
    with pytest.raises(Broken, match=why):
        parcel.read(data)


def test_an_answer_without_its_document_is_refused():
    answer = Message("A-0001", Kind.RECEIPT, AT, "YL003", "县政府", "YZ003", "市政府")
    with pytest.raises(Broken, match="没有写明是哪一份"):
        parcel.read(parcel.write(answer))


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(parcel, "MOST_BYTES", 5000)
    big = Message(**{**{f: getattr(SENT, f) for f in SENT.__slots__}, "files": (("正文.pdf", b"0" * 9000),)})
    with pytest.raises(Broken, match="太多或太大"):
        parcel.read(parcel.write(big))


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_one_changed_place_never_gives_another_message(place, patch):
    """Read as it was sent, or refused; never something else, and never another error."""
    data = parcel.write(SENT)
    place %= len(data)
    torn = data[:place] + patch + data[place + len(patch) :]
    try:
        assert parcel.read(torn).files == SENT.files
    except Broken:
        pass
