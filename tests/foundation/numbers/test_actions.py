import pytest
from django.db import transaction

from zhengtong.foundation.numbers.actions import reach, take
from zhengtong.foundation.numbers.queries import used


@pytest.mark.django_db
def test_numbers_run_from_one_for_each_series_organ_and_year():
    assert [take("云政发", "A", 2026), take("云政发", "A", 2026), take("云政发", "B", 2026), take("云政发", "A", 2027)] == [1, 2, 1, 1]


@pytest.mark.django_db
def test_a_number_of_a_failed_action_is_free_again():
    take("云政发", "A", 2026)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take("云政发", "A", 2026)
        raise ZeroDivisionError
    assert used("云政发", "A", 2026) == 1 and take("云政发", "A", 2026) == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_is_never_taken_outside_an_action():
    with pytest.raises(RuntimeError):
        take("云政发", "A", 2026)
    assert used("云政发", "A", 2026) == 0


@pytest.mark.django_db
def test_what_was_numbered_elsewhere_is_never_given_again():
    take("云政发", "A", 2026)
    reach("云政发", "A", 2026, 7)
    reach("云政发", "A", 2026, 3)  # known already
    assert used("云政发", "A", 2026) == 7 and take("云政发", "A", 2026) == 8


@pytest.mark.django_db(transaction=True)
def test_a_series_is_never_moved_outside_an_action():
    with pytest.raises(RuntimeError):
        reach("云政发", "A", 2026, 7)
    assert used("云政发", "A", 2026) == 0
