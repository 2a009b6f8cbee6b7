"""A DA/T 48 package gives back what was wrapped, and one changed byte anywhere is found."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.papers.archive import eep, tool, xml
from zhengtong.papers.archive.verify import STEPS, verify_file

from .cast import AT, SIGNER, record

PACKAGE = eep.write(record(), SIGNER, AT)


def test_a_package_gives_back_the_record_whole():
    assert eep.read(PACKAGE) == record()
    assert record().number == "Z003-WS·2026-D30-BGS-0001"


def test_every_step_holds_for_a_package_as_written():
    report = verify_file(PACKAGE, SIGNER.public)
    assert report.good and all(finding.good for finding in report.findings)
    assert report.records == ("Z003-WS·2026-D30-BGS-0001",)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255))
def test_one_changed_byte_anywhere_is_found(place, change):
    altered = bytearray(PACKAGE)
    altered[place] ^= change
    try:
        report = verify_file(bytes(altered))
    except xml.Unreadable:
        return
    assert not report.good


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(PACKAGE)), st.sampled_from([b" ", b"\n", b"<!---->", b"<?x?>", b"x", b""]))
def test_a_byte_too_many_or_too_few_is_found(place, more):
    altered = PACKAGE[:place] + more + PACKAGE[place if more else place + 1 :]
    try:
        assert altered == PACKAGE or not verify_file(altered).good
    except xml.Unreadable:
        return


@pytest.mark.parametrize(("old", "new", "step"), [
    ("<版本>2009<", "<版本>2019<", "structure"),
    ("云政发〔2026〕1号</文件编号>", "云政发〔2026〕2号</文件编号>", "signature"),
    ("<签名人>云岭县", "<签名人>云山县", "lock"),
    ("<签名人>", "<签名人 >", "form"),
])  # fmt: skip
def test_the_step_that_fails_is_named(old, new, step):
    assert old in PACKAGE.decode()
    report = verify_file(PACKAGE.decode().replace(old, new).encode())
    assert step in {finding.step for finding in report.findings if finding.good is False}


def test_another_key_is_told():
    report = verify_file(PACKAGE, b"\x04" + bytes(64))
    assert [finding.step for finding in report.findings if finding.good is False] == ["key"]


def test_missing_metadata_is_named_and_an_unknown_element_is_refused():
    report = verify_file(eep.write(record(题名=""), SIGNER, AT))
    (bad,) = [finding for finding in report.findings if finding.good is False]
    assert bad.step == "metadata" and "题名" in bad.detail
    with pytest.raises(ValueError, match="DA/T 46"):
        record(没有这一项="x")


DEEP = b"<a>" * 60 + b"</a>" * 60


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<a>", b"<a/>", DEEP, b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
def test_what_is_no_package_is_refused_with_a_sentence(data):
    with pytest.raises(xml.Unreadable):
        verify_file(data)


def test_the_tool_says_step_by_step_what_holds(tmp_path, capsys):
    path = tmp_path / "one.eep"
    path.write_bytes(PACKAGE)
    assert tool.main(["verify", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["good"] and {one["step"] for one in told["steps"]} <= set(STEPS)
    assert tool.main(["verify", str(path)]) == 0
    assert "签名人未核对" in capsys.readouterr().out
    known = tmp_path / "office.json"
    known.write_text(json.dumps({"network": "office", "signing": SIGNER.public.hex(), "encryption": SIGNER.public.hex()}))
    assert tool.main(["verify", str(path), "--key", str(known)]) == 0
    assert "核验通过" in capsys.readouterr().out
    path.write_bytes(PACKAGE.replace(b"D30", b"D10"))
    assert tool.main(["verify", str(path)]) == 1
    assert "✗ 签名无效" in capsys.readouterr().out
    path.write_bytes(b"x")
    assert tool.main(["verify", str(path)]) == 2
    assert tool.main(["verify", str(tmp_path / "none")]) == 2
