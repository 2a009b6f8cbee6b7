"""The set-up asks for Python and git, and nothing else."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .sources import files, named

FORBIDDEN = ("node", "npm", "apt-get", "gcc", "cc", "make", "pip", "uv")


def narrow_path(folder: Path) -> str:
    """A folder with python3, git and a shell, and nothing besides."""
    folder.mkdir()
    python = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    for name, target in (("python3", python), ("git", shutil.which("git")), ("sh", shutil.which("sh"))):
        (folder / name).symlink_to(target)
    return str(folder)


def surroundings(folder: Path) -> dict[str, str]:
    """The caller's way to the package indexes (proxy, certificates, caches), and none of his programs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ZT_", "PYTHON", "VIRTUAL_ENV", "DJANGO", "PYTEST"))}
    return kept | {"PATH": narrow_path(folder)}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The project as a stranger gets it, with what is not committed yet."""
    folder = tmp_path_factory.mktemp("checkout") / "zhengtong"
    for path in files():
        target = folder / named(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


@pytest.fixture(scope="module")
def installed(checkout):
    environment = surroundings(checkout.parent / "bin")
    assert [name for name in FORBIDDEN if shutil.which(name, path=environment["PATH"])] == []
    done = subprocess.run(["python3", "./zt", "setup"], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout, environment, done.stdout


def command(installed, *words: str) -> subprocess.CompletedProcess[str]:
    folder, environment, _ = installed
    more = {"ZT_HOME": str(folder.parent / "home"), "ZT_MODE": "demo"}
    return subprocess.run([folder / ".venv/bin/zhengtong", *words], cwd=folder, env=environment | more, capture_output=True, text=True)


def test_the_set_up_says_what_it_did_and_how_long_each_step_took(installed):
    said = installed[2]
    assert said.count(" s") >= 6
    assert "Noto" in said  # without apt there is no Fandol, and it says so


def test_the_command_stands_where_it_is_promised(installed):
    done = command(installed, "clock", "due", "2026-09-23", "--working-days", "20")
    assert done.stdout.strip().startswith("2026-10-28"), done.stderr


@pytest.mark.parametrize("network", ["office", "classified", "business", "portal", "oversight"])
def test_every_network_is_sound_with_only_what_running_needs(installed, network):
    done = command(installed, network, "check")
    assert done.returncode == 0, done.stderr


def test_the_browser_assets_are_built(installed):
    built = installed[0] / "src/zhengtong/foundation/ui/built/zt"
    assert {"main.css", "main.js", "public.css", "public.js", "icons.svg"} <= {p.name for p in built.iterdir()}


def test_a_second_set_up_takes_no_time_and_says_nothing(installed):
    folder, environment, _ = installed
    began = time.monotonic()
    done = subprocess.run(["python3", "./zt", "setup"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout == ""
    assert time.monotonic() - began < 2


def test_the_set_up_leaves_nothing_that_git_would_add(installed):
    folder, environment, _ = installed
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run([*git, *words], cwd=folder, env=environment, check=True, capture_output=True)
    added = subprocess.run([*git, "ls-files"], cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout.split("\n")
    assert {n for n in added if n} <= {named(p) for p in files()}


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_which_package_to_install(checkout, tmp_path, module):
    """Debian ships venv and pip apart from Python."""
    (tmp_path / f"{module}.py").write_text("raise ImportError")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "ZT_VENV": str(tmp_path / "venv")}
    done = subprocess.run([sys.executable, "./zt", "setup"], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in done.stderr


def test_an_unknown_word_shows_the_use(checkout):
    done = subprocess.run([sys.executable, "./zt", "sing"], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 2
    assert "./zt demo" in done.stderr


def test_the_demo_is_not_forgotten_without_asking(checkout, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "prepared").write_text("1")
    environment = {**os.environ, "ZT_HOME": str(tmp_path / "home")}
    words = [sys.executable, "./zt", "demo-reset"]
    asked = subprocess.run(words, cwd=checkout, env=environment, capture_output=True, text=True, input="no\n")
    assert asked.returncode == 1 and (tmp_path / "home" / "prepared").exists()
    done = subprocess.run([*words, "--yes"], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and not (tmp_path / "home").exists()


def test_a_folder_that_is_no_demo_is_never_removed(checkout, tmp_path):
    (tmp_path / "papers").write_text("mine")
    environment = {**os.environ, "ZT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "./zt", "demo-reset", "--yes"], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert (tmp_path / "papers").read_text() == "mine"
