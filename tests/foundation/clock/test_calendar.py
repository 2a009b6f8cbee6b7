"""Loading the yearly notice from a sheet."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock import queries
from zhengtong.foundation.clock.models import CalendarDay

pytestmark = pytest.mark.django_db
NOTICE = "国办发明电〔2026〕7号"


@pytest.fixture
def sheet(tmp_path):
    def write(text):
        path = tmp_path / "2027.csv"
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write


def test_a_notice_overrules_the_plain_week_and_is_recorded(sheet):
    call_command("calendar", sheet("日期,班或休,事由\n2027-01-01,休,元旦\n2027-01-02,班,元旦调休\n"), notice=NOTICE)
    calendar = queries.calendar()
    assert not calendar.is_working(date(2027, 1, 1)) and calendar.is_working(date(2027, 1, 2))
    assert Entry.objects.get(verb="clock.load_notice").target == NOTICE


@pytest.mark.parametrize("text", ["2027-01-01,休,元旦\n2027-02-30,休,\n", "2027-01-01,可能,\n", "2027-01-01\n", "日期,班或休,事由\n"])
def test_a_sheet_with_one_bad_row_loads_nothing(sheet, text):
    with pytest.raises(CommandError):
        call_command("calendar", sheet(text), notice=NOTICE)
    assert not CalendarDay.objects.exists() and not Entry.objects.exists()
