"""What is asked, how it is cut, how it sounds: tables, without a portal."""

import pytest

from zhengtong.portal.search import rules
from zhengtong.portal.search.rules import cutting, sounds


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("冬修  水利", ("冬修", "水利")),
        ("“冬修 水利” 通知", ("冬修水利", "通知")),
        ('"冬修 水利', ("冬修", "水利")),  # left open
        ("云政发〔2026〕1号", ("云政发20261号",)),
        ("ＶＩＰ VIP", ("vip",)),
        ("灌區", ("灌区",)),
        ("！？", ()),
        ("字 " * 40, ("字",)),
        ("一 二 三 四 五 六 七 八 九 十", ("一", "二", "三", "四", "五", "六", "七", "八")),
    ],
)
def test_words(said, words):
    assert rules.words(said) == words


@pytest.mark.parametrize(("text", "cut"), [("", ""), ("县", "县"), ("云岭县", "云岭 岭县 县"), ("a1", "a1 1")])
def test_a_text_is_cut_into_pairs(text, cut):
    assert cutting.tokens(text) == cut


@pytest.mark.parametrize(("word", "match"), [("县", '"县"*'), ("云岭", '"云岭"'), ("云岭县", '"云岭 岭县"')])
def test_a_word_is_a_phrase_of_pairs(word, match):
    assert cutting.phrase(word) == match


def test_every_character_that_is_folded_stays_where_it_is():
    assert cutting.alike("雲嶺縣２０２６（甲）") == "云岭县2026(甲)"
    assert all(len(one) == 1 for one in cutting.folded().values())


@pytest.mark.parametrize(
    ("letters", "read"),
    [
        ("dongxiu", ("dong", "xiu")),
        ("xian", ("xian",)),
        ("xian", ("xi", "an")),
        ("yingyezhizhao", ("ying", "ye", "zhi", "zhao")),
        ("dongx", ("dong", "x")),  # unfinished
    ],
)
def test_letters_are_read_as_syllables(letters, read):
    assert read in sounds.spellings(letters)


def test_letters_that_are_no_syllables_are_not_read_and_long_ones_end():
    assert sounds.spellings("xqz") == [] and len(sounds.spellings("xian" * 7)) <= sounds.MOST


def test_a_title_sounds_character_by_character():
    assert sounds.syllables("重庆路2号") == ("chong", "qing", "lu", "2", "hao")
    assert sounds.sounded("银行") == ("yin hang", "yh h")


@pytest.mark.parametrize(
    ("word", "name", "piece"),
    [
        ("石乔镇", "石桥镇人民政府", "石桥镇"),
        ("农业农树局", "农业农村局", "农业农村局"),
        ("农业村局", "农业农村局", "农业农村局"),  # one missing
        ("农业农农村局", "农业农村局", "农业农村局"),  # one too many
        ("业农农村局", "农业农村局", "农业农村局"),  # exchanged
        ("农业农村局", "农业农村局", ""),  # no slip
        ("水利", "水务局", ""),  # too short to be sure
        ("交通运输", "农业农村局", ""),
    ],
)
def test_slips(word, name, piece):
    assert rules.mistyped(word, name) == piece


@pytest.mark.parametrize(
    ("now", "last", "shown"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (1, 9, [1, 2, 3, 0, 9]), (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]), (9, 9, [1, 0, 7, 8, 9]), (1, 0, [])],
)
def test_pages_that_are_linked(now, last, shown):
    assert rules.pages_around(now, last) == shown


@pytest.mark.parametrize(("typed", "size"), [("", 20), ("5", 5), ("500", 50), ("0", 20), ("-1", 20), ("x", 20), ("99999999", 20)])
def test_size(typed, size):
    assert rules.size(typed) == size
