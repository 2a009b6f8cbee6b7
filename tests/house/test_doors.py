"""Doors between rooms (docs/architecture.md): one room enters another only by what it offers."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import grimp
import pytest

from .sources import ROOT

DOORS = {"actions", "queries", "rules", "contracts"}
# What stands below the rooms offers more: tables are common ground, tools are for everybody; pages stay at home.
BELOW = {
    "foundation": {"views", "urls", "apps", "migrations", "management"},
    "papers": {"views", "urls", "apps", "migrations", "management"},
}
FERRY = DOORS | {"inbox", "post"}  # the post: the ferry of a place without a database
# Compositions of a whole network: its addresses, and its part in the story, played through the screens' own forms.
WHOLE = {"urls", "story"}
PURE = {"rules", "contracts", "refusal"}
# the elements of a page and of a file: plain data
PURE_TOO = {
    "zhengtong.papers.typeset.paper",
    "zhengtong.papers.reading.elements",
    "zhengtong.papers.reading.types",
    "zhengtong.papers.word.package",
}


def graph() -> grimp.ImportGraph:
    return grimp.build_graph("zhengtong")


def room(module: str) -> str:
    """The room a module is in: zhengtong.office.documents, zhengtong.ferry; nothing for settings and cli."""
    parts = module.split(".")
    if parts[1:2] == ["ferry"]:
        return "zhengtong.ferry"
    return ".".join(parts[:3]) if len(parts) > 2 and parts[1] not in ("settings", "cli") else ""


def trespasses(imports: grimp.ImportGraph) -> list[str]:
    found = []
    for importer in sorted(imports.modules):
        here = room(importer)
        if not here or here.split(".")[-1] in WHOLE:
            continue
        for imported in sorted(imports.find_modules_directly_imported_by(importer)):
            there = room(imported)
            if not there or there == here:
                continue
            entered = imported.removeprefix(there).lstrip(".").split(".")[0]
            house = there.split(".")[1]
            offered = FERRY if house == "ferry" else DOORS
            if (entered in BELOW[house]) if house in BELOW else (entered not in offered):
                found.append(f"{importer} -> {imported}")
    return found


def test_a_room_enters_another_only_by_its_doors():
    assert trespasses(graph()) == []


def test_the_test_of_doors_sees_a_trespass():
    imports = graph()
    imports.add_import(importer="zhengtong.business.cases.queries", imported="zhengtong.business.sites.models")
    assert "zhengtong.business.cases.queries -> zhengtong.business.sites.models" in trespasses(imports)


def test_rules_stand_on_rules_alone():
    imports, found = graph(), []
    for importer in sorted(imports.modules):
        if "rules" not in importer.split(".")[2:]:
            continue
        for imported in sorted(imports.find_modules_directly_imported_by(importer)):
            pure = not PURE.isdisjoint(imported.split(".")) or imported in PURE_TOO
            if not pure:
                found.append(f"{importer} -> {imported}")
    assert found == []


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    words = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(words, cwd=folder, env={"PYTHONPATH": str(folder / "src"), "PATH": ""}, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    only_python = lambda _, names: [n for n in names if n in ("__pycache__", "built", "templates", "static", "locale")]  # noqa: E731
    copytree(ROOT / "src" / "zhengtong", folder / "src" / "zhengtong", ignore=only_python)
    return folder


def test_the_import_contracts_hold(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("office/documents/actions/signing.py", "import zhengtong.business.cases.queries"),
        ("foundation/clock/queries.py", "import zhengtong.ferry.actions"),
        ("cli/carry.py", "import zhengtong.portal.pages.views"),
        ("foundation/clock/rules.py", "import django.db.models"),
        ("business/cases/queries.py", "import wagtail.models"),
    ],
)
def test_a_broken_import_contract_is_seen(copy, file, line):
    path = copy / "src" / "zhengtong" / file
    kept = path.read_text()
    try:
        path.write_text(f"{kept}\n{line}\n")
        assert lint(copy).returncode != 0
    finally:
        path.write_text(kept)
