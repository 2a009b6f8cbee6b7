"""The balance sheet balances: each registered document once, whatever is filed, waived, doubled, spoilt, or killed on the way."""

import pytest
from django.db import connection, transaction

from zhengtong.foundation.audit.models import Entry, Head
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, queries
from zhengtong.office.archive.actions import Choice, Registered
from zhengtong.office.archive.models import Finding, Item, Part, Run, Waiver

from .conftest import confirm

TWO = [Choice("D2026-000001", klass="BGS"), Choice("S2026-000002", klass="YWL")]


@pytest.fixture
def registered(db):
    """Four documents issued, three papers received."""
    with transaction.atomic():
        for _n in range(4):
            take("云政发", "YL003", 2026)
        for _n in range(3):
            take("incoming", "YL003", 2026)
        take("document", "", 2026)


def counts(sheet):
    return {row.series: (row.registered, row.filed, row.prefiled, row.waived, row.missing) for row in sheet.rows}


def facts():
    models = (Item, Part, Waiver, Series, Run, Finding)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return rows, list(Entry.objects.order_by("pk").values_list("hash", flat=True)), list(Head.objects.order_by("pk").values())


def refused(match, verb, *args):
    before = facts()
    with pytest.raises(Refused, match=match):
        verb(*args)
    assert facts() == before


def test_what_never_reached_the_archive_is_missing_too(county, prefile, receive, fonds, registered):
    prefile(1)
    prefile(3)
    receive(2)
    confirm(TWO, county.archivist)
    sheet = queries.balance(county.archivist, 2026)
    assert counts(sheet) == {"incoming": (3, 1, 0, 0, (1, 3)), "云政发": (4, 1, 1, 0, (2, 4))}
    assert [(one.series, one.number) for one in sheet.missing] == [
        ("incoming", "1"), ("incoming", "3"), ("云政发", "云政发〔2026〕2号"), ("云政发", "云政发〔2026〕4号"),
    ]  # fmt: skip
    assert not sheet.even and queries.years(county.archivist) == [2026]
    assert queries.balance(county.partys_archivist, 2026).rows == []


def test_a_waived_document_is_accounted_for_and_can_be_taken_back(county, prefile, fonds, registered):
    prefile(1)
    wanted = [Registered("YL003", "云政发", 2026, 1), Registered("YL003", "云政发", 2026, 2)]
    made = actions.waive(wanted, "routine", "", county.archivist)
    sheet = queries.balance(county.archivist, 2026)
    assert counts(sheet)["云政发"] == (4, 0, 0, 2, (3, 4))
    assert [entry.detail["ground"] for entry in Entry.objects.filter(verb="archive.waive")] == ["routine", "routine"]
    assert list(queries.prefiled(county.archivist)) == []
    refused("已定为不归档", confirm, [TWO[0]], county.archivist)
    actions.reinstate(made[0].pk, county.archivist)
    assert counts(queries.balance(county.archivist, 2026))["云政发"] == (4, 0, 1, 1, (3, 4))
    assert confirm([TWO[0]], county.archivist)[0].archive_number == "Z003-WS·2026-D30-BGS-0001"


def test_what_was_waived_before_it_was_done_with_stays_so(county, prefile, fonds, registered):
    actions.waive([Registered("YL003", "云政发", 2026, 1)], "routine", "", county.archivist)
    assert prefile(1).state == "waived"
    assert counts(queries.balance(county.archivist, 2026))["云政发"] == (4, 0, 0, 1, (2, 3, 4))


def test_only_who_keeps_it_waives_and_only_what_is_registered_and_not_filed(county, prefile, fonds, registered):
    one = Registered("YL003", "云政发", 2026, 1)
    refused("至少选择一件", actions.waive, [], "routine", "", county.archivist)
    refused("只能处理自己保管的", actions.waive, [one], "routine", "", county.partys_archivist)
    refused("没有登记这个号", actions.waive, [Registered("YL003", "云政发", 2026, 5)], "routine", "", county.archivist)
    refused("没有登记这个号", actions.waive, [Registered("YL003", "不知道", 2026, 1)], "routine", "", county.archivist)
    refused("请选择不归档的理由", actions.waive, [one, Registered("YL003", "incoming", 2026, 1)], "general", "", county.archivist)
    prefile(1)
    confirm([TWO[0]], county.archivist)
    refused("已经归档", actions.waive, [one], "routine", "", county.archivist)
    made = actions.waive([Registered("YL003", "云政发", 2026, 2)], "routine", "", county.archivist)
    refused("没有这条不归档记录", actions.reinstate, made[0].pk, county.partys_archivist)


def test_a_document_filed_twice_is_listed_until_one_is_waived(county, prefile, receive, fonds, registered):
    """Our own document that came back to us as a copy, and was registered."""
    first = prefile(1)
    copy = receive(2, maker="云岭县人民政府", original="云政发〔2026〕1号")
    sheet = queries.balance(county.archivist, 2026)
    assert sheet.doubles == [(first, copy)]
    actions.waive([Registered("YL003", "incoming", 2026, 2)], "double", "", county.archivist)
    assert queries.balance(county.archivist, 2026).doubles == []


def test_pages_and_digests_are_compared_with_the_stored_files(county, prefile, fonds, registered):
    item = prefile(1)
    assert queries.balance(county.archivist, 2026, compare=True).faults == []
    path = place(item.parts.get(role="signed").file.sm3)
    path.chmod(0o600)
    path.write_bytes(b"{}")
    Part.objects.filter(item=item, role="draft").update(pages=7)
    faults = queries.balance(county.archivist, 2026, compare=True).faults
    assert [(one, name) for one, name in faults] == [(item, "定稿.pdf"), (item, "签发内容.json")]
    assert queries.balance(county.archivist, 2026).faults == []  # only on demand


class Crash(Exception):
    """The process died here."""


def dying_at(n):
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == n:
            raise Crash(sql)
        return execute(sql, params, many, context)

    return wrapper


def killed_at_every_statement(verb, check):
    """Run the verb again and again, dying at each of its statements in turn; how many there were."""
    before, statements = facts(), 0
    while True:
        statements += 1
        try:
            with connection.execute_wrapper(dying_at(statements)):
                verb()
        except Crash:
            assert facts() == before, f"statement {statements} left something half done"
            check()
            continue
        return statements


@pytest.mark.django_db(transaction=True)
def test_it_balances_after_a_crash_at_every_statement_of_filing(county, prefile, receive, fonds, registered):
    prefile(1)
    receive(2)

    def balances():
        sheet = queries.balance(county.archivist, 2026, compare=True)
        assert all(row.adds_up for row in sheet.rows) and not sheet.faults and not sheet.doubles
        return counts(sheet)

    started = balances()
    assert killed_at_every_statement(lambda: confirm(TWO, county.archivist), balances) > 30
    assert balances() == {"incoming": (3, 1, 0, 0, (1, 3)), "云政发": (4, 1, 0, 0, (2, 3, 4))} != started
    assert [item.archive_number for item in Item.objects.order_by("pk")] == ["Z003-WS·2026-D30-BGS-0001", "Z003-WS·2026-D30-YWL-0001"]


@pytest.mark.django_db(transaction=True)
def test_it_balances_after_a_crash_at_every_statement_of_pre_filing_and_waiving(county, prefile, fonds, registered):
    def balances():
        assert all(row.adds_up for row in queries.balance(county.archivist, 2026).rows)

    assert killed_at_every_statement(lambda: prefile(1), balances) > 10
    waive = [Registered("YL003", "云政发", 2026, 1), Registered("YL003", "云政发", 2026, 2)]
    assert killed_at_every_statement(lambda: actions.waive(waive, "routine", "", county.archivist), balances) > 10
    assert counts(queries.balance(county.archivist, 2026))["云政发"] == (4, 0, 0, 2, (3, 4))
