"""The seeded cluster: every fault is found, and nothing else."""

import json

import pytest

from zhengtong.oversight.inspection import tool
from zhengtong.oversight.inspection.rules.faults import FAULTS

from .cluster import DOMAIN, TODAY, clean, serving
from .faults import CASES, HARMLESS

QUICK = ("--allow-private", "--rate", "0", "--json", "--day", TODAY.isoformat())


@pytest.fixture(scope="module")
def served():
    with serving() as places:
        yield places


def check(capsys, url, *options):
    """The tool's exit code and what it prints."""
    given = options if "--domain" in options else (*options, "--domain", DOMAIN)
    code = tool.main(["check", url, *QUICK, *given])
    return code, json.loads(capsys.readouterr().out)


def test_nothing_is_found_at_a_clean_site(served, capsys):
    code, said = check(capsys, served.add(clean()))
    assert said["findings"] == [] and code == tool.CLEAN
    assert said["complete"] and said["pages"] == 25 and all(score["passed"] for score in said["scores"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_is_found_and_nothing_else(case, served, capsys):
    site = clean()
    case.spoil(site)
    code, said = check(capsys, served.add(site), *case.options)
    assert {finding["fault"] for finding in said["findings"]} == case.found and code == tool.FOUND
    assert all(finding["url"].startswith("http") for finding in said["findings"])


@pytest.mark.parametrize(("name", "change"), HARMLESS, ids=[name for name, _change in HARMLESS])
def test_what_is_no_fault_is_not_blamed(name, change, served, capsys):
    site = clean()
    change(site)
    code, said = check(capsys, served.add(site))
    assert said["findings"] == [] and code == tool.CLEAN


def test_more_than_fifty_kinds_are_seeded():
    seeded = set().union(*(case.found for case in CASES))
    assert len(seeded) >= 50 and seeded <= set(FAULTS)
