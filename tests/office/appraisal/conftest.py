"""The archive of the small county with items that are over, and the people who judge them."""

from datetime import date

import pytest
from tests.foundation.accounts.cast import SECRET
from tests.office.archive.conftest import fonds, prefile, receive, sheets
from tests.office.custody import classified, filed, filed_elsewhere, people

from zhengtong.office.appraisal import actions
from zhengtong.office.appraisal.rules.judging import Said

__all__ = ["classified", "filed", "filed_elsewhere", "fonds", "people", "prefile", "receive", "sheets"]


@pytest.fixture
def old(filed):
    """An item of 2015, kept for ten years: over since the end of 2025."""

    def file(serial=1, year=2015, period="D10", **change):
        told = {
            "year": year,
            "number": f"云政发〔{year}〕{serial}号",
            "document": f"D{year}-{serial:06d}",
            "written_on": date(year, 3, serial),
        }
        return filed(serial, period, **{**told, **change})

    return file


@pytest.fixture
def drawn(people, old):
    """A destruction list of three items: two to be destroyed, one kept for thirty years."""
    items = [old(serial) for serial in (1, 2, 3)]
    sheet = actions.draw_up("destruction", "Z003", [item.archive_number for item in items], people.archivist, "2025年到期")
    said = {item.archive_number: Said("destroy", "无继续保存价值") for item in items[:2]}
    said[items[2].archive_number] = Said("keep", "有地方史料价值", "D30")
    return actions.judge(sheet.code, people.archivist, said)


@pytest.fixture
def way(people):
    """Take a sheet on through the named steps; each by whom it belongs to."""
    who = {"approve": people.archive_head, "decide": people.director, "destroy": people.archivist}

    def go(sheet, *steps):
        for step in steps:
            if step == "submit":
                named = [people.clerk.code, people.second_clerk.code] if sheet.kind == "destruction" else []
                actions.submit(sheet.code, people.archivist, named)
            elif step == "witness":
                for person in (people.clerk, people.second_clerk):
                    actions.act("witness", sheet.code, person, SECRET)
            else:
                by = people.reviewer if step == "approve" and sheet.kind != "destruction" else who[step]
                by = people.county_head if step == "decide" and sheet.kind == "secrecy" else by
                actions.act(step, sheet.code, by, SECRET, "同意")
        sheet.refresh_from_db()
        return sheet

    return go
