"""A file is read in a process of its own: whatever it does, it costs a bounded time and memory and says why it was not read."""

import time

import pytest

from zhengtong.papers.reading import apart, files
from zhengtong.papers.reading.limits import MB, Unreadable

from .cast import REQUEST, docx, paragraph

ENDLESS = b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + ">放假</p>".encode()  # libxml2 takes minutes over it


def test_what_is_read_apart_is_what_is_read_here():
    for name, data in (("a.docx", docx(REQUEST)), ("a.txt", (REQUEST + "\u202e").encode())):
        assert apart.parse(data, name) == files.parse(data, name)
    assert [s.hand for s in apart.hands(docx(REQUEST), "a.docx")] == [""]


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "WAIT", 3)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="规定时间"):
        apart.parse(ENDLESS, "a.html")
    assert time.monotonic() - began < 8


def test_a_process_that_falls_takes_only_the_file_with_it(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY", 1)
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(Unreadable, match="损坏"):
        apart.parse(docx(REQUEST), "a.docx")


def test_five_megabytes_of_word_html_are_read():
    line = "<p class=MsoNormal style='mso-char-indent-count:2.0'><span lang=EN-US style=\"x\">各乡镇{}<o:p></o:p></span></p>\n"
    page = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>" + "".join(line.format(n) for n in range(36_000))
    assert len(page.encode()) > 4 * MB
    assert len(apart.parse(page.encode(), "a.html").lines) == 36_000


def test_so_many_tracked_changes_that_time_runs_out_are_read_accepted(monkeypatch):
    inside = "".join(
        f'<w:p><w:ins w:author="甲{n}" w:date="2026-01-01T00:00:{n:02}Z"><w:r><w:t>第{n}段</w:t></w:r></w:ins></w:p>' for n in range(4)
    )
    data = docx(body=paragraph("云岭县人民政府关于放假的通知") + inside)
    assert [s.hand for s in apart.hands(data, "a.docx")] == ["", "甲0", "甲1", "甲2", "甲3"]
    monkeypatch.setattr(apart, "SECONDS", 0)
    found = apart._answer("hands", "a.docx", data)["hands"]
    assert [s["hand"] for s in found] == [""] and "第3段" in str(found[0]["elements"]["lines"]) and found[0]["elements"]["remarks"]
