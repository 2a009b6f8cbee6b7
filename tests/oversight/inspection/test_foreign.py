"""Foreign sites, each built another way: their columns and days are read from the page alone; and what could hold a visitor for ever."""

import json
import re

import pytest

from zhengtong.oversight.inspection import tool

from .cluster import TODAY, Answered, clean, put, serving
from .foreign import SITES, html

QUICK = ("--allow-private", "--rate", "0", "--json", "--day", TODAY.isoformat())


@pytest.fixture(scope="module")
def served():
    with serving() as places:
        yield places


def run(capsys, url, *options):
    code = tool.main(["check", url, *QUICK, *options])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("foreign", SITES, ids=lambda foreign: foreign.name)
def test_columns_and_days_are_read_however_the_site_is_built(foreign, served, capsys):
    _code, said = run(capsys, served.add(foreign.site))
    columns = {c["name"]: c for c in said["columns"]}
    assert set(columns) - {"首页"} == set(foreign.columns), said["columns"]  # the first frame of a frameset is a page like any other
    for name, (newest, items) in foreign.columns.items():
        assert columns[name]["newest"] == newest and columns[name]["items"] >= items and columns[name]["state"] in ("fresh", "open")
    wrong = {f["fault"] for f in said["findings"]} & {
        "undated",
        "future_date",
        "republished",
        "dead_link",
        "dead_link_home",
        "garbled",
        "home_stale",
    }
    assert not wrong and said["complete"]


class Endless(dict):
    """A calendar that always has a next month, and a shop that gives every visit new addresses."""

    def get(self, path, default=None):
        if path in ("/", "/calendar/"):
            return html('<a href="/calendar/?month=1">日历</a><a href="/s/a/">目录</a><a href="/about.html">本站概况</a>')
        if found := re.fullmatch(r"/calendar/\?month=(\d+)", path):
            n = int(found.group(1))
            return html(f'<a href="/calendar/?month={n + 1}">下一月</a><a href="/calendar/?month={n}&day={n}">第{n}日</a>')
        if path.startswith("/s/"):
            return html(f'<a href="{path}a/">更深一层</a>')
        if path == "/about.html":
            return html("<h1>本站概况</h1>")
        return super().get(path, default)


def test_an_endless_calendar_and_endless_folders_end(served, capsys):
    _code, said = run(capsys, served.add(Endless()), "--depth", "100", "--pages", "2000", "--seconds", "60")
    assert said["pages"] < 200
    assert said["network"]["traps"] and said["complete"]  # what was left out is said, and the rest was seen whole


def test_time_is_a_bound_too(served, capsys):
    site = clean()
    for page in site.values():
        page.delay = 0.3
    code, said = run(capsys, served.add(site), "--seconds", "1", "--together", "1")
    assert code == tool.CUT and said["cut"] == "seconds" and said["pages"] < 15


def test_a_session_number_in_every_address_does_not_double_the_site(served, capsys):
    site = clean()
    for path in [p for p in site if p.endswith(("/", ".html"))]:
        page = site[path]
        if b"<main>" in page.body:
            text = page.body.decode().replace('href="/news/', f'href="/news/;jsessionid={abs(hash(path)):032X}?').replace('?"', '"')
            site[path] = Answered(re.sub(r"(;jsessionid=\w+)\?([\w.]+)", r"\2\1", text).encode(), page.status, page.type)
    _code, said = run(capsys, served.add(site))
    assert said["pages"] <= 26


def test_no_more_requests_at_once_than_allowed(served, capsys):
    site = clean()
    for n in range(12):
        put(site, "/news/1.html", f'<a href="/extra/{n}.html">更多有关说明之{n}</a>')
        site[f"/extra/{n}.html"] = Answered(site["/news/2.html"].body, delay=0.05)
    url = served.add(site)
    served.most = 0
    run(capsys, url, "--together", "2")
    assert served.most <= 2
