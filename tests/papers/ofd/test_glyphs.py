"""Embedded fonts: the outlines of the faces in the folders, whatever kind of font they come in."""

import io

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from tests.papers.typeset.cast import notice
from zhengtong.papers.ofd import glyphs, make
from zhengtong.papers.typeset import fonts, press

from .cast import AT, container, texts

CHARS = set("为深入贯彻落实党中央国务院决策部署〇—（）1a")


@pytest.fixture
def serif():
    """Noto, which is always there."""
    return glyphs.face("NotoSerifSC-Regular")


def area(font, char):
    pen = AreaPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(char)]].draw(pen)
    return pen.value


def test_a_converted_outline_covers_what_the_original_covers(serif):
    made = TTFont(io.BytesIO(serif.embedded(CHARS)))
    for char in sorted(CHARS):
        assert abs(area(made, char)) == pytest.approx(abs(area(serif.font, char)), rel=0.02), char
        name, own = made.getBestCmap()[ord(char)], serif.font.getBestCmap()[ord(char)]
        assert made["hmtx"][name][0] == serif.font["hmtx"][own][0]


def test_a_truetype_outline_runs_clockwise_as_readers_expect(serif):
    made = TTFont(io.BytesIO(serif.embedded({"一"})))
    assert area(made, "一") < 0 < area(serif.font, "一")


def test_the_same_characters_give_the_same_bytes_in_whatever_order_they_were_met(serif):
    first = serif.embedded(set("防火工作"))
    assert serif.embedded(set("作工火防")) == first != serif.embedded(set("防火"))


def test_a_character_that_the_face_does_not_hold_is_not_invented(serif):
    with pytest.raises(KeyError):
        serif.embedded({"\U00020000"})


def test_a_font_of_one_character_and_of_none_are_whole(serif):
    assert TTFont(io.BytesIO(serif.embedded({"中"}))).getBestCmap().keys() == {ord("中")}
    assert TTFont(io.BytesIO(serif.embedded(set())))["maxp"].numGlyphs == 1


def test_a_countys_own_truetype_face_is_embedded_under_its_name(serif, monkeypatch, tmp_path):
    """A face dropped into licensed/ sets the text, and the OFD carries it."""
    paper = notice()
    said = set("".join(press._Texts().clean(str(value)) for value in (paper, "—〔〕（）：，。0123456789")))
    held = {c for c in said if ord(c) in serif.font.getBestCmap()}
    licensed = glyphs.Face("FZFSK--GBK1-0", "FZFS Test 仿宋", serif.font)
    (tmp_path / "fonts" / "licensed").mkdir(parents=True)
    (tmp_path / "fonts" / "licensed" / "fzfs.ttf").write_bytes(licensed.embedded(held))
    monkeypatch.setenv("ZT_FONTS", str(tmp_path / "fonts"))
    used = {f.role: f.name for f in fonts.report().faces}
    assert "FZFS" in used["fang"]
    files = container(make.document(paper, AT))
    assert b'FontName="FZFSK--GBK1-0"' in files["Doc_0/PublicRes.xml"]
    assert any("森林防火" in text for text, *_rest in texts(files))
