"""The balance on the command line."""

import pytest
from django.core.management import call_command
from django.db import transaction

from zhengtong.foundation.numbers.actions import take

pytestmark = pytest.mark.django_db


def test_the_balance_names_what_is_missing_and_ends_with_one_until_nothing_is(prefile, capsys):
    with transaction.atomic():
        take("云政发", "YL003", 2026)
        take("云政发", "YL003", 2026)
    prefile(1)
    with pytest.raises(SystemExit):
        call_command("archive", "balance", "2026")
    assert capsys.readouterr().out == "云政发\t云岭县人民政府\t2\t0\t1\t2\n"
    prefile(2)
    call_command("archive", "balance", "2026")
    assert capsys.readouterr().out == "云政发\t云岭县人民政府\t2\t0\t2\t-\n"
