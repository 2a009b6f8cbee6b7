"""What stands in a list to choose from is English too: a rule only marks its label, whoever shows it translates it."""

import re

import pytest
from django.utils.translation import override

from zhengtong.office.archive.forms import FiledFilter
from zhengtong.office.dispatch.forms import ReceivedFilter

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("form", "field"), [(FiledFilter, "period"), (ReceivedFilter, "state")])
def test_the_choices_are_said_in_the_readers_language(form, field):
    choices = form.base_fields[field].choices
    with override("en"):
        assert len(choices) > 2 and not [str(label) for _code, label in choices if CHINESE.search(str(label))]
