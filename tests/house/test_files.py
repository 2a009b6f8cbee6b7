"""What every file of the house keeps to."""

import re

import pytest

from .sources import ROOT, SRC, files, named, text

WRITTEN = {".py", ".js", ".mjs", ".css", ".html", ".typ", ".sh"}
GENERATED = ("/migrations/", "/locale/", "/samples/")
LONGEST = 400

# The hosts are put together here, so that this file does not name them either.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("tuna", "tsinghua", "edu", "cn"),
        ("aliyun", "com"),
    )
)
MACHINE = tuple("/" + word + "/" for word in ("work", "root", "home/[a-z]+", "Users/[A-Za-z]+"))


def hand_written():
    for path in files():
        name = named(path)
        if (path.suffix in WRITTEN or name == "zt") and not any(part in f"/{name}" for part in GENERATED):
            yield path


def test_no_hand_written_file_is_longer_than_400_lines():
    lengths = {named(path): len(text(path).splitlines()) for path in hand_written()}
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_names_a_package_registry():
    found = [(named(path), host) for path in files() for host in HOSTS if host in text(path)]
    assert found == []


def test_no_file_names_a_path_of_somebodys_machine():
    pattern = re.compile(rf"(?<![\w.~}}\-/])({'|'.join(MACHINE)})")
    found = [
        (named(path), number, line.strip()[:100])
        for path in files()
        if path.suffix not in {".lock", ".po"}
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", [named(p) for p in files() if p.suffix == ".lock"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_index(name):
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert not re.search(r"^--?(i|index|extra-index|find-links|trusted)", lock, re.MULTILINE)
    for requirement in lock.replace("\\\n", " ").splitlines():
        if requirement.strip() and not requirement.startswith("#"):
            assert re.match(r"[\w.\-\[\],]+==\S+ ", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement


def test_the_lock_of_browser_packages_names_no_address_to_fetch_from():
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_nothing_is_left_to_do_in_the_sources():
    marks = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
    assert [(named(p), line.strip()) for p in hand_written() for line in text(p).splitlines() if marks.search(line)] == []


def test_no_file_is_named_after_nothing():
    vague = {"utils", "helpers", "helper", "managers", "signals", "constants", "services", "mixins", "common", "misc", "base_views"}
    assert [named(p) for p in files() if p.is_relative_to(SRC) and p.suffix == ".py" and vague & {p.stem, p.parent.name}] == []


def test_time_is_never_set_by_the_table_itself():
    pattern = re.compile(r"auto_now(_add)?\s*=")
    assert [named(p) for p in files() if p.is_relative_to(SRC) and p.suffix == ".py" and pattern.search(text(p))] == []


def test_a_skip_gives_its_reason_and_no_test_is_kept_that_is_expected_to_fail():
    bad = re.compile(r"mark\.(skip\b(?!\(reason)|xfail)|pytest\.skip\(\)")
    tests = [p for p in files() if p.is_relative_to(ROOT / "tests") and p.suffix == ".py" and p.name != "test_files.py"]
    assert [named(p) for p in tests if bad.search(text(p))] == []
