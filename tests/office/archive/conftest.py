"""A document as it is handed to the archive."""

from datetime import date

import pytest

from zhengtong.office.archive import actions


@pytest.fixture
def fonds(county):
    """The government and its office share one fonds with two classes; the party committee has another without."""
    one = actions.open_fonds("Z003", "云岭县人民政府", ["YL003", "YL130"], None)
    actions.add_class("Z003", "BGS", "办公室", None)
    actions.add_class("Z003", "YWL", "业务类", None)
    actions.open_fonds("Z001", "中共云岭县委", ["YL001", "YL102"], None)
    return one


@pytest.fixture
def prefile(county, pdf):
    def give(serial=1, **change):
        values = {
            "organ": "YL003",
            "number": f"云政发〔2026〕{serial}号",
            "series": "云政发",
            "year": 2026,
            "serial": serial,
            "title": f"云岭县人民政府关于第{serial}件事的通知",
            "kind": "notice",
            "kind_name": "通知",
            "written_on": date(2026, 3, serial),
            "pdf": pdf,
            "draft": "请认真贯彻执行。",
            "sheet": "签发：同意。孟若山 2026年3月1日",
            "traces": "删“请”增“须”",
            "metadata": {"title": "通知", "doc_no": f"云政发〔2026〕{serial}号"},
            "log": [{"at": "2026-03-01T09:00:00+08:00", "by": "孟若山", "verb": "签发"}],
            "by": county.dispatcher,
        }
        return actions.prefile(change.pop("document", f"D2026-{serial:06d}"), **{**values, **change})

    return give
