"""Where a title breaks (7.3.1)."""

import pytest

from zhengtong.papers.typeset.titles import lines, width

LONG = "云岭县人民政府办公室关于转发《云州市人民政府关于进一步加强秋冬季森林草原防灭火和安全生产工作的紧急通知》的通知"


@pytest.mark.parametrize(
    ("title", "count"),
    [("关于放假的通知", 1), ("云岭县人民政府关于开展第三次土地调查的通知", 2), (LONG, 3)],
)
def test_a_title_takes_as_few_lines_as_it_needs(title, count):
    found = lines(title)
    assert len(found) == count
    assert "".join(found) == title
    assert all(width(line) <= 20 for line in found)


def test_a_line_never_begins_with_a_sign_or_a_particle_nor_ends_with_an_opening_one():
    for line in lines(LONG):
        assert line[0] not in "的、，》）" and line[-1] not in "《（、"


def test_words_stay_whole():
    assert not any(line.endswith(("森", "人民政")) for line in lines(LONG))


def test_a_line_feed_in_the_title_is_kept():
    assert lines("云岭县人民政府\n关于放假的通知") == ("云岭县人民政府", "关于放假的通知")


def test_a_title_without_words_is_cut_at_the_edge():
    assert all(width(line) <= 20 for line in lines("a" * 130))
