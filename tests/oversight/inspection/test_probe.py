"""The probe: no database, a tray of its own; what it saw comes up by ferry, whatever happens to it on the way."""

import asyncio
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

import zhengtong
from zhengtong.cli.carry import carry
from zhengtong.ferry import contracts
from zhengtong.ferry.actions import turn
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock
from zhengtong.foundation.seals import keys
from zhengtong.oversight.inspection import actions
from zhengtong.oversight.inspection.models import Finding, Picture, Site, Try, Visit
from zhengtong.oversight.inspection.probe.fetch import Bounds
from zhengtong.oversight.inspection.probe.rounds import Progress, Rounds, Watched, try_due, visit_due, watched_of

from .cluster import clean, put, serving

HERE = {"PYTHONPATH": str(Path(zhengtong.__file__).parents[1]), "ZT_MODE": "demo"}


@pytest.fixture(scope="module")
def served():
    with serving() as places:
        yield places


def probe(home, *words, code=0):
    """The command itself, in a process that knows no settings and no database."""
    done = subprocess.run(
        [sys.executable, "-m", "zhengtong.cli", "probe", "--home", str(home), *words],
        env={**os.environ, **HERE, "DJANGO_SETTINGS_MODULE": "", "ZT_HOME": str(home), "ZT_OVERSIGHT_AT": contracts.HOSTS["oversight"]},
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def joined(cast, settings, tmp_path, monkeypatch):
    """A probe beside this network, which is supervision's own or the business network; each trusts the other."""
    monkeypatch.setitem(contracts.HOSTS, "oversight", settings.NETWORK)
    probe(tmp_path, "init")
    probe(tmp_path, "export", str(tmp_path / "probe.json"))
    keys.trust(keys.peer((tmp_path / "probe.json").read_text()))
    (tmp_path / "own.json").write_text(keys.own().text())
    probe(tmp_path, "trust", str(tmp_path / "own.json"), code=3)  # the fingerprints were not compared
    probe(tmp_path, "trust", str(tmp_path / "own.json"), "--yes")
    return tmp_path


def ferry(home):
    turn(timedelta())
    carry(home)
    turn(timedelta())


def test_a_visit_goes_out_and_comes_back_by_ferry(joined, served):
    site = clean()
    del site["/files/form.pdf"]
    actions.enter("small", "小站", served.add(site), "YL130", domain="www.yunling.gov.cn")
    assert actions.keep_watchlist() and not actions.keep_watchlist()
    ferry(joined)
    said = probe(joined, "turn", "--rate", "0", "--no-pictures")
    assert "small：网页25" in said
    ferry(joined)
    visit = Visit.objects.get()
    assert visit.complete and visit.pages == 25 and Try.objects.count() == 1
    found = Finding.objects.get()
    assert found.fault == "dead_attachment" and found.answer["status"] == 404
    page = Visit.objects.get().site
    assert page.known["lists"] and not list((joined / "probe").rglob("*.sqlite3"))
    ferry(joined)
    probe(joined, "turn", "--rate", "0")  # reads the receipt; nothing is due
    assert list((joined / "probe" / "trays" / "kept").iterdir()) == [] and Visit.objects.count() == 1
    carry(joined)
    turn(timedelta(hours=1))
    assert Outgoing.objects.get(contract="watch").state == "delivered"


def test_what_is_lost_on_the_road_is_sent_again_and_taken_in_once(joined, served):
    actions.enter("small", "小站", served.add(clean()), "YL130", domain="www.yunling.gov.cn")
    actions.keep_watchlist()
    ferry(joined)
    probe(joined, "turn", "--rate", "0", "--no-pictures")
    tray = joined / "probe" / "trays" / "out"
    lost = list(tray.rglob("*visited*.ztp"))
    assert len(lost) == 1
    lost[0].unlink()
    for packed in (joined / "probe" / "trays" / "kept").glob("*/packed"):
        os.utime(packed, (time.time() - 3600,) * 2)
    probe(joined, "turn", "--rate", "0", "--no-pictures")
    again = next(tray.rglob("*visited*.ztp"))
    shutil.copy(again, joined / again.name)
    ferry(joined)
    shutil.copy(joined / again.name, joined / keys.own().network / "trays" / "in" / again.name)  # doubled
    turn(timedelta())
    assert Visit.objects.count() == 1


def test_a_package_of_a_stranger_or_an_altered_one_changes_nothing(joined, served):
    actions.enter("small", "小站", served.add(clean()), "YL130")
    actions.keep_watchlist()
    turn(timedelta())
    package = next((joined / keys.own().network / "trays" / "out" / "probe").glob("*watch*.ztp"))
    raw = bytearray(package.read_bytes())
    raw[-20] ^= 1
    inside = joined / "probe" / "trays" / "in"
    (inside / package.name).write_bytes(bytes(raw))
    (inside / "x-probe-watch-00000001.ztp").write_bytes(b"ZTP1nothing")
    probe(joined, "turn", "--rate", "0", "--no-pictures")
    assert len(list((joined / "probe" / "trays" / "refused").glob("*.reason"))) == 2
    assert not (joined / "probe" / "watched.json").exists() and not Visit.objects.exists()


@pytest.mark.skipif(not (shutil.which("chromium") or os.environ.get("ZT_CHROMIUM")), reason="pictures are taken by Chromium")
def test_the_home_page_and_the_gravest_pages_are_pictured(joined, served, cast, enter):
    site = clean()
    put(site, "/news/1.html", "<p>香港独立</p>")
    actions.enter("small", "小站", served.add(site), "YL130", domain="www.yunling.gov.cn")
    actions.keep_watchlist()
    ferry(joined)
    probe(joined, "turn", "--rate", "0")
    ferry(joined)
    shots = {shot.url.rpartition(":")[2].partition("/")[2]: shot for shot in Picture.objects.all()}
    assert set(shots) == {"", "news/1.html"} and all(shot.file.kind == "jpg" and shot.file.size > 5000 for shot in shots.values())
    officer = enter(cast.officer)
    found = Finding.objects.get(fault="forbidden_word")
    shown = officer.get(f"/inspection/small/finding/{found.pk}/").content.decode()
    assert f"/inspection/small/picture/{shots['news/1.html'].pk}/" in shown and found.answer["sm3"] in shown and "200" in shown
    answer = officer.get(f"/inspection/small/picture/{shots[''].pk}/")
    assert answer["Content-Type"] == "image/jpeg" and b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert officer.get("/inspection/small/picture/999/").status_code == 404


NOW = clock.real_now()


@pytest.mark.parametrize(
    ("known", "asked", "visit", "tried"),
    [
        (Progress(), None, True, True),
        (Progress("", NOW, NOW), None, False, False),
        (Progress("", NOW - timedelta(hours=3), NOW - timedelta(hours=2)), None, False, True),
        (Progress("", NOW - timedelta(hours=3), NOW - timedelta(hours=1.9)), None, False, False),
        (Progress("", NOW - timedelta(hours=24), NOW), None, True, False),
        (Progress("", NOW - timedelta(hours=3), NOW), NOW - timedelta(hours=1), True, False),
        (Progress("", NOW - timedelta(hours=3), NOW), NOW - timedelta(hours=4), False, False),
        (Progress("", NOW - timedelta(hours=3), NOW, [], 1), None, False, False),
        (Progress("", NOW - timedelta(hours=3), NOW, [], 2), None, True, False),  # down: somebody must be told before tomorrow
        (Progress("", NOW - timedelta(hours=3), NOW, [], 3), None, False, False),
    ],
)
def test_when_a_site_is_visited_and_tried(known, asked, visit, tried):
    site = Watched("a", "http://a.gov.cn/", 100, 2, 24, asked)
    assert (visit_due(site, known, NOW), try_due(site, known, NOW)) == (visit, tried)


def test_a_week_has_twenty_tries_and_more_on_every_day(served, tmp_path):
    """The rounds over seven simulated days: twelve tries or visits on each, and every one reaches the rules."""
    now, sent = [NOW], []
    rounds = Rounds(
        tmp_path / "visits", lambda payload, files: sent.append((payload, files)), lambda: now[0], Bounds(rate=0, allow_private=True)
    )
    site = [Watched("small", served.add(clean()), 500, 2, 24, None)]
    for _hour in range(7 * 24):
        asyncio.run(rounds.turn(site))
        now[0] += timedelta(hours=1)
    tries = [one for _payload, files in sent for one in json.loads(gzip.decompress(files["seen"]))["tries"]]
    days = [one["at"][:10] for one in tries]
    whole = sorted(set(days))[1:-2]  # the first and the last are cut
    assert len(sent) == 7 and len(tries) >= 70 and len(whole) >= 4 and min(days.count(day) for day in whole) >= 11


def test_a_list_with_a_spoilt_row_still_watches_the_others():
    rows = [{"code": "a"}, {"code": "b", "address": "http://b.gov.cn", "pages": 5, "try_hours": 2, "visit_hours": 24, "asked": ""}, 7]
    assert [site.code for site in watched_of(rows)] == ["b"] and watched_of(None) == []


def test_a_probe_that_is_killed_goes_on_where_it_was(served, tmp_path):
    site = clean()
    for page in site.values():
        page.delay = 0.15
    url = served.add(site)
    mine = tmp_path / "probe"
    probe(tmp_path, "init")
    (mine / "watched.json").write_text(
        json.dumps([{"code": "slow", "address": url, "pages": 500, "try_hours": 2, "visit_hours": 24, "asked": ""}])
    )
    words = [
        sys.executable,
        "-m",
        "zhengtong.cli",
        "probe",
        "--home",
        str(tmp_path),
        "turn",
        "--rate",
        "0",
        "--together",
        "1",
        "--no-pictures",
    ]
    killed = subprocess.Popen(words, env={**os.environ, **HERE, "DJANGO_SETTINGS_MODULE": ""})
    until = time.monotonic() + 60
    progress = mine / "none"
    while time.monotonic() < until and not (progress.exists() and progress.read_bytes().count(b'"page"') >= 8):
        time.sleep(0.02)
        progress = next((mine / "visits").glob("slow-*.visit"), progress)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    seen = progress.read_bytes().count(b'{"page"')
    assert 8 <= seen < 25
    before = len(served.asked)
    assert "slow：网页25" in probe(tmp_path, "turn", "--rate", "0", "--no-pictures")
    assert len(served.asked) - before <= 25 + 4 - seen + 2 and not progress.exists()


def test_a_stopped_site_leaves_the_list(cast):
    actions.enter("one", "一", "http://one.gov.cn/", "YL130")
    actions.enter("two", "二", "http://two.gov.cn/", "YL130")
    actions.keep_watchlist()
    actions.stop("one", cast.supervisor, "已并入县政府网站")
    assert actions.keep_watchlist()
    assert [row["code"] for row in Outgoing.objects.filter(contract="watch").last().payload["sites"]] == ["two"]
    assert Site.objects.count() == 2
