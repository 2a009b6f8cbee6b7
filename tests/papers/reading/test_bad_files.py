"""What can't be read is refused with a sentence, in bounded time and memory, never with a traceback."""

import json
import time
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengtong import cli
from zhengtong.papers.reading import files, limits
from zhengtong.papers.reading.limits import Unreadable

from .cast import LOCKED_PDF, REQUEST, TYPES, document, docx, paragraph, table

GOOD = docx(REQUEST)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def encrypted_zip() -> bytes:
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def bomb(size: int) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        with archive.open("word/document.xml", "w") as stream:
            for _ in range(size // limits.MB):
                stream.write(b" " * limits.MB)
    return file.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
MACRO_TYPE = '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "空"),
    "truncated docx": ("a.docx", GOOD[: len(GOOD) // 2], "损坏"),
    "flipped docx": ("a.docx", GOOD[:60] + bytes(b ^ 0x5A for b in GOOD[60:400]) + GOOD[400:], ""),
    "broken xml": ("a.docx", docx(parts={"word/document.xml": "<w:document>"}), "损坏"),
    "no document": ("a.docx", docx(parts={"word/document.xml": ""}), "损坏"),
    "encrypted docx": ("a.docx", OLE, "密码"),
    "encrypted zip": ("a.docx", encrypted_zip(), "密码"),
    "broken doc": ("a.doc", OLE, "损坏"),
    "bomb": ("a.docx", bomb(100 * limits.MB), "超出"),
    "nested": ("a.docx", docx(parts={"word/document.xml": document("<w:p>" * 5000 + "</w:p>" * 5000)}), "损坏"),
    "entities": ("a.docx", docx(parts={"word/document.xml": ENTITIES}), "损坏"),
    "macros": ("a.docx", docx(REQUEST, parts={"word/vbaProject.bin": b"x"}), "宏"),
    "macros behind tracked changes": (
        "a.docx",
        docx(body="<w:p><w:ins><w:r><w:t>好</w:t></w:r></w:ins></w:p>", parts={"word/vbaProject.bin": b"x"}),
        "宏",
    ),
    "docm renamed": (
        "a.docx",
        docx(
            REQUEST,
            parts={"[Content_Types].xml": TYPES.replace("/>", f">{MACRO_TYPE}</Types>")},
        ),
        "宏",
    ),
    "locked pdf": ("a.pdf", LOCKED_PDF, "密码"),
    "docm": ("a.docm", GOOD, "宏"),
    "docx named txt": ("a.txt", GOOD, "扩展名"),
    "text named docx": ("a.docx", REQUEST.encode(), "扩展名"),
    "pdf named docx": ("a.docx", b"%PDF-1.7\n", "扩展名"),
    "text named wps": ("a.wps", REQUEST.encode(), "扩展名"),
    "broken pdf": ("a.pdf", b"%PDF-1.7\nnothing", "损坏"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
    "program": ("a.docx", b"MZ\x90\x00\x03\x00", "程序"),
    "binary": ("a.txt", bytes(range(256)) * 4, "不是文本"),
    "nothing but marks": ("a.txt", "\u200e\u200f\u200b".encode(), "没有文字"),
    "too many rows": ("a.docx", docx(body=table([["1"]] * (limits.ROWS + 1))), "行数"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_gets_a_sentence_in_both_languages(case, tmp_path, capsys):
    name, data, word = BAD[case]
    path = tmp_path / name
    path.write_bytes(data)
    assert cli.main(["doc", "parse", str(path), "--json"]) == 2
    said = capsys.readouterr()
    why = json.loads(said.out)["unreadable"]
    assert word in why["zh"] and why["en"].isascii()
    assert "Traceback" not in said.err


def test_a_missing_file_and_a_folder_are_said(tmp_path, capsys):
    assert cli.main(["doc", "parse", str(tmp_path / "no.txt")]) == 2
    assert cli.main(["doc", "parse", str(tmp_path)]) == 2
    assert "没有这个文件" in capsys.readouterr().err


def test_a_table_of_10000_rows_is_read_in_bounded_time_and_memory():
    data = docx(body=paragraph("云岭县人民政府关于放假的通知") + table([[str(n), "云岭县", "甲乡", "乙村", "1"] for n in range(10_000)]))
    tracemalloc.start()
    began = time.monotonic()
    found = files.parse(data, "a.docx")
    took, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.body[0].rows) == 10_000
    assert took < 30 and peak < 150 * limits.MB


def test_marks_of_direction_and_emoji_are_said_and_the_marks_taken_out():
    found = files.parse("云岭县人民政府\u202e关于放假的通知\n各乡镇人民政府：\n放假\u200f三天😀。".encode(), "a.txt")
    assert found.title == "云岭县人民政府关于放假的通知"
    assert found.body[0].text == "放假三天😀。"
    assert [remark.zh[:2] for remark in found.remarks] == ["文中", "文中"]


def test_nested_tags_of_a_page_do_not_exhaust_the_stack():
    page = "<html><body>" + "<div>" * 20_000 + "放假通知" + "</div>" * 20_000
    try:
        assert files.parse(page.encode(), "a.html").lines
    except Unreadable:
        pass


def quietly(data: bytes, name: str) -> None:
    try:
        files.parse(data, name)
    except Unreadable as why:
        assert why.zh and why.en


FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(
    [
        *"一二三、（）()1234.：:《》〔〕[]号年月日第 　。\n\n",
        "附件",
        "关于",
        "的通知",
        "抄送：",
        "2024年5月6日",
        "云岭县人民政府",
        "签发人：",
        "<p>",
        "</td>",
        "<table>",
        "\u202e",
        "😀",
    ]
)


@FUZZ
@given(st.binary(max_size=2000), st.sampled_from(["", "a.docx", "a.txt", "a.html", "a.pdf"]))
def test_no_bytes_make_the_reader_fall(data, name):
    quietly(data, name)


@FUZZ
@given(st.lists(WORDS, max_size=120).map("".join) | st.text(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx"]))
def test_no_text_makes_the_reader_fall(text, name):
    clean = "".join(c for c in text if c.isprintable() or c == "\n")
    quietly(docx(clean) if name == "a.docx" else text.encode("utf-8", "replace"), name)


PAGE = (
    "<html><body><div id=zoom>"
    + "".join(f"<p style='text-align:center'>{x}</p>" for x in REQUEST.splitlines())
    + "<table><tr><td>甲<td>乙</table>"
).encode()


@FUZZ
@given(st.integers(0, len(GOOD)), st.integers(0, len(PAGE)))
def test_no_truncated_file_makes_the_reader_fall(docx_end, page_end):
    quietly(GOOD[:docx_end], "a.docx")
    quietly(PAGE[:page_end], "a.html")


@FUZZ
@given(st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_flipped_bytes_make_the_page_reader_fall(flips):
    data = bytearray(PAGE)
    for place, value in flips:
        data[place] = value
    quietly(bytes(data), "a.html")


@FUZZ
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_flipped_bytes_make_the_docx_reader_fall(flips):
    data = bytearray(GOOD)
    for place, value in flips:
        data[place] = value
    quietly(bytes(data), "a.docx")
