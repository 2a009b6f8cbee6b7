import pytest

from zhengtong.foundation.clock.tool import main


@pytest.mark.parametrize(
    ("words", "answer"),
    [("2026-09-23 --working-days 20", "2026-10-28"), ("2026-08-02 --days 60", "2026-10-08"), ("2026-01-31 --months 1", "2026-02-28")],
)
def test_due_prints_the_last_lawful_day(words, answer, capsys):
    assert main(["due", *words.split()]) == 0
    assert capsys.readouterr().out == answer + "\n"


@pytest.mark.parametrize("words", ["2026-13-01 --days 1", "2026-01-01", "2026-01-01 --days -3", "2026-01-01 --days 1 --months 1"])
def test_words_that_make_no_sense_are_refused(words):
    with pytest.raises(SystemExit) as end:
        main(["due", *words.split()])
    assert end.value.code == 2
