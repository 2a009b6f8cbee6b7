"""Which faces are in use, and what the screen is told."""

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont

from zhengtong.papers.typeset import fonts


def test_every_role_has_a_face_and_ends_in_noto():
    for face in fonts.report().faces:
        assert face.families[-1] in fonts.LAST
    assert [f.role for f in fonts.report().faces] == list(fonts.ROLES)


def test_without_fandol_noto_stands_in_and_the_report_says_for_what(monkeypatch, tmp_path):
    monkeypatch.setenv("ZT_FONTS", str(tmp_path))
    report = fonts.report()
    assert "仿宋" in report.substituted
    assert str(report).startswith("缺少小标宋、仿宋、楷体、黑体、宋体字体，暂以 Noto 代替。")


def test_with_fandol_nothing_is_substituted():
    if not (fonts.folder() / "FandolFang-Regular.otf").exists():
        pytest.skip("the Fandol faces are not installed here")
    report = fonts.report()
    assert report.substituted == ()
    assert "仿宋 FandolFang" in str(report)


def test_a_licensed_face_comes_first(monkeypatch, tmp_path):
    (tmp_path / "licensed").mkdir()
    own = tmp_path / "licensed" / "own.otf"
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), own)
    with TTFont(own) as font:
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = "FangSong_GB2312"
        font.save(tmp_path / "licensed" / "renamed.otf")
    own.unlink()
    monkeypatch.setenv("ZT_FONTS", str(tmp_path))
    assert next(f for f in fonts.report().faces if f.role == "fang").name == "FangSong_GB2312"
    assert "仿宋" not in fonts.report().substituted


def test_rare_characters_of_names_are_held_and_a_missing_one_is_named():
    assert fonts.missing(["朱镕基、陶喆、李赟、王堃、张昇、赵翀、〇", "—“”《》〔〕★"]) == ()
    assert fonts.missing(["\U00020000一\U00020000"]) == ("\U00020000",)


def test_a_folder_that_is_not_there_is_no_error(monkeypatch):
    monkeypatch.setenv("ZT_FONTS", str(Path("/nonexistent/fonts")))
    assert fonts.report().substituted
