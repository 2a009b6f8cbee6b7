"""The story is told whole, leaves its entries behind, and stops at exactly the step that is not as it must be."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from zhengtong.cli import demo
from zhengtong.cli.story import BREAKS, STORY

from .conftest import ROOT, zhengtong

PEOPLES = [(network, step) for network, step, _ in STORY if network not in ("ferry", "time")]


def test_every_step_is_told_with_who_did_what_to_which_paper(kept):
    assert [(step["network"], step["name"]) for step in kept.told["steps"]] == PEOPLES
    for step in kept.told["steps"]:
        assert step["verb"] and step["actor"] and step["paper"] and step["seconds"] >= 0
        assert len(step["entry"]) == 64 and int(step["entry"], 16)
    assert sum(line.startswith("✓") for line in kept.lines) == len(STORY) + 1 and not any(line.startswith("✗") for line in kept.lines)


def test_the_paper_and_the_page_are_where_the_story_says(kept):
    pdf, page = kept.home / kept.told["pdf"], kept.home / kept.told["public_page"]
    assert kept.told["pdf"].startswith("office/") and pdf.read_bytes().startswith(b"%PDF-")
    assert kept.told["public_page"].startswith("portal/") and kept.told["document_number"] in page.read_text()
    same = hashlib.sha256(pdf.read_bytes()).digest()
    published = [p for p in (kept.home / "portal").rglob("*.pdf") if hashlib.sha256(p.read_bytes()).digest() == same]
    assert published, "the portal offers the very file that the office set"


@pytest.mark.parametrize("network", demo.NETWORKS)
def test_each_steps_entry_is_found_by_its_digest(network, kept):
    mine = [step for step in kept.told["steps"] if step["network"] == network]
    assert mine
    one = zhengtong(network, "audit", "show", mine[0]["entry"], home=kept.home)
    assert one.returncode == 0, one.stderr
    environment = demo.environment(kept.home, network) | {"DJANGO_SETTINGS_MODULE": f"zhengtong.settings.{network}"}
    environment["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    words = [sys.executable, "-m", "tests.isolation.shows", *(step["entry"] for step in mine)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shown = [json.loads("{" + text) for text in ("\n" + done.stdout).split("\n{")[1:]]
    for step, entry in zip(mine, shown, strict=True):
        assert (entry["hash"], entry["verb"], entry["actor"][1], entry["network"]) == (step["entry"], step["verb"], step["actor"], network)


@pytest.mark.parametrize("network", demo.NETWORKS)
def test_the_log_of_the_kept_data_holds(network, kept):
    done = zhengtong(network, "audit", "verify", home=kept.home)
    assert done.returncode == 0 and "✓" in done.stdout, done.stdout + done.stderr


def test_an_unknown_digest_is_not_found(kept):
    assert zhengtong("office", "audit", "show", "0" * 64, home=kept.home).returncode != 0


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_step_ends_the_story_exactly_there(broken, tmp_path, county):
    done = zhengtong("story", "--keep", str(county(tmp_path / "kept")), "--break", broken)
    assert done.returncode != 0
    lines = [line.split() for line in done.stdout.splitlines() if line[:1] in "✓✗"]
    *before, last = lines
    assert [words[0] for words in before] == ["✓"] * len(before) and last[0] == "✗", done.stdout + done.stderr
    number = next(n for n, (_, step, _) in enumerate(STORY, 1) if step == BREAKS[broken])
    assert int(last[1]) == number and last[3] == f"{BREAKS[broken]}:", last
    assert int(before[-1][1]) < number and {int(words[1]) for words in before} <= set(range(1, number))
    for network in ("office", "business"):
        assert zhengtong(network, "audit", "verify", home=tmp_path / "kept").returncode == 0
