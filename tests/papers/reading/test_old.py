"""doc and wps: a file that LibreOffice wrote from the request of the other tests, with a table, a struck and a hidden word."""

import os
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong.papers.reading import apart, converter, files, old
from zhengtong.papers.reading.elements import Role
from zhengtong.papers.reading.limits import Forbidden, Unreadable
from zhengtong.papers.reading.report import as_json

from .cast import REQUEST, docx

DOC = (Path(__file__).parent / "request.doc").read_bytes()
MAIN = DOC.index(struct.pack("<H", 0xA5EC), 512)  # where the information block begins


def renamed(name, to):
    """The container with one entry of its directory under another name."""
    entry = DOC.index(name.encode("utf-16-le") + b"\0\0")
    wanted = to.encode("utf-16-le")
    return DOC[:entry] + wanted.ljust(64, b"\0") + struct.pack("<H", len(wanted) + 2) + DOC[entry + 66 :]


def flagged(mask):
    at = MAIN + 10
    return DOC[:at] + struct.pack("<H", struct.unpack_from("<H", DOC, at)[0] | mask) + DOC[at + 2 :]


@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_every_element_of_the_request_is_found(name):
    found = files.parse(DOC, name)
    told = as_json(found)
    assert (told["format"], told["number"], told["signers"]) == ("doc", "云政发〔2026〕12号", ["张某某"])
    assert (told["title"], told["recipients"]) == ("云岭县人民政府关于追加防汛经费的请示", ["云州市人民政府"])
    assert [b["level"] for b in told["body"] if b["level"]] == [1, 2, 3, 1]
    assert [(a["number"], a["name"]) for a in told["attachments"]] == [(1, "防汛经费测算表"), (2, "受灾情况统计表")]
    assert told["date_iso"] == "2026-07-05" and told["cc"] == ["云州市财政局"]
    assert [line.align for line in found.lines if line.text == "关于追加防汛经费的请示"] == ["center"]


def test_tables_keep_their_cells_and_struck_and_hidden_words_stay_out():
    found = files.parse(DOC, "a.doc")
    assert [p.rows for p in found.of(Role.TABLE)] == [(("乡镇", "户数", ""), ("石桥镇", "12", "已报"), ("柳河镇", "", "未报"))]
    assert "请各乡镇于月底前办理。" in [line.text for line in found.lines]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (flagged(old.ENCRYPTED), "密码"),
        (renamed("WordDocument", "EncryptedPackage"), "密码"),
        (renamed("\x01CompObj", "VBA"), "宏"),
        (renamed("WordDocument", "Workbook"), "不是 Word"),
        (renamed("1Table", "Other"), "损坏"),
        (DOC.replace(struct.pack("<H", 0xA5EC), struct.pack("<H", 0xA5DC), 1), "Word 97 以前"),
        (DOC[: len(DOC) // 2], "损坏"),
    ],
)
def test_what_is_locked_or_carries_macros_or_is_none_is_refused_with_a_sentence(data, why):
    with pytest.raises(Unreadable, match=why):
        files.parse(data, "a.doc")


def test_lists_that_word_numbers_itself_are_said():
    listed = {old.LIST: 1}
    reader = old.Reader(old.Runs((), ()), old.Runs((0,), (listed,)))
    _lines, remarks = reader.read([old.Sign(c, n) for n, c in enumerate("压实责任\r")])
    assert remarks == (old.NUMBERED,)
    _lines, remarks = old.Reader(old.Runs((), ()), old.Runs((0,), (listed,))).read([old.Sign(c, n) for n, c in enumerate("一、压实责任\r")])
    assert remarks == ()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, len(DOC) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, len(DOC)) | st.just(len(DOC)),
)
def test_no_flipped_or_truncated_doc_makes_the_reader_fall(flips, end):
    data = bytearray(DOC)
    for place, value in flips:
        data[place] = value
    try:
        files.parse(bytes(data[:end]), "a.doc")
    except Unreadable as why:
        assert why.zh and why.en


def office(folder, code):
    """A program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport pathlib, sys\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n{code}")
    program.chmod(0o755)
    return str(folder)


def test_where_libreoffice_is_installed_its_docx_is_read(tmp_path, monkeypatch):
    (tmp_path / "made.docx").write_bytes(docx(REQUEST.replace("一、基本情况", "一、由转换程序补出的序号")))
    code = f"out.mkdir()\n(out / 'a.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())\n"
    monkeypatch.setenv("PATH", office(tmp_path, code) + os.pathsep + os.environ["PATH"])
    found = apart.parse(DOC, "a.doc")
    assert found.kind == "doc" and "一、由转换程序补出的序号" in [p.text for p in found.body]
    with pytest.raises(Forbidden):
        apart.parse(flagged(old.ENCRYPTED), "a.doc")  # never handed on


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "import time; time.sleep(60)", "out.mkdir(); (out / 'a.docx').write_bytes(b'PK')"])
def test_a_converter_that_fails_or_hangs_leaves_what_was_read_without_it(tmp_path, monkeypatch, code):
    monkeypatch.setattr(converter, "SECONDS", 1)
    monkeypatch.setenv("PATH", office(tmp_path, code) + os.pathsep + os.environ["PATH"])
    assert apart.parse(DOC, "a.doc").number == "云政发〔2026〕12号"
