"""One whole story, kept; what these tests look into."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from zhengtong.cli import demo

ROOT = Path(__file__).parents[2]


def zhengtong(*words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command, as a person runs it in demo mode."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k == "ZT_FONTS"}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "ZT_MODE": "demo", **({"ZT_HOME": str(home)} if home else {})}
    script = [sys.executable, "-m", "zhengtong.cli", *words]
    return subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)


@dataclass(frozen=True)
class Kept:
    """What a story left: its folder, what it told of itself, and the lines it printed meanwhile."""

    home: Path
    told: dict
    lines: list[str]


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    """A prepared county that no story has used; each story begins on a copy of it."""
    ready = tmp_path_factory.mktemp("county") / "ready"
    with (ready.parent / "prepare.log").open("w", encoding="utf-8") as out:
        demo.prepare(ready, out)
    return lambda to: Path(shutil.copytree(ready, to))


@pytest.fixture(scope="session")
def kept(tmp_path_factory, county) -> Kept:
    home = county(tmp_path_factory.mktemp("story") / "kept")
    done = zhengtong("story", "--keep", str(home), "--json")
    assert done.returncode == 0, done.stderr
    return Kept(home, json.loads(done.stdout), done.stderr.splitlines())
