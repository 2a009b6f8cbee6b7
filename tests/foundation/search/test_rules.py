"""How text is compared and cut, without any table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.search import rules


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("云政发〔2026〕12号", "云政发202612号"),
        ("ＡＢＣ　１２３", "abc123"),
        ("防火，工作。", "防火工作"),
        ("a_b%c\\d", "abcd"),
        ("𠮷野", "𠮷野"),
        ("…… ——", ""),
    ],
)
def test_marks_widths_and_cases_do_not_count(written, compared):
    assert rules.plain(written) == compared


@given(st.text(), st.integers(0, 40), st.integers(1, 12))
def test_whatever_stands_in_a_text_is_among_its_tokens(text, start, length):
    whole = rules.plain(text)
    if part := whole[start : start + length]:
        assert set(rules.needed(part)) <= set(rules.tokens(whole))


@given(st.text(max_size=200), st.text(max_size=5), st.integers(0, 60))
def test_cutting_loses_nothing_but_what_lies_outside(text, looked, room):
    cut = rules.pieces(text, rules.words(looked), room)
    assert "".join(piece for piece, _ in cut).strip("…") in text
    if not room or len(text) <= room:
        assert "".join(piece for piece, _ in cut) == text


def test_a_hit_is_marked_in_its_own_spelling_and_stands_in_the_room():
    text = "前" * 300 + "见云政发〔2026〕12号文件" + "后" * 300
    cut = rules.pieces(text, rules.words("云政发202612号"), 60)
    assert ("云政发〔2026〕12号", True) in cut
    assert cut[0] == ("…", False) and cut[-1] == ("…", False)
    assert sum(len(piece) for piece, _ in cut) <= 62


def test_a_query_of_marks_alone_asks_for_nothing():
    assert rules.words("…… 〔〕") == [] and rules.words(" 防火  防火 通知 ") == ["防火", "通知"]
