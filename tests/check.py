"""`./zt check`: style, types, imports and migrations, in under a minute."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# which rooms are typed under which network's settings
TYPED = {"office": ("foundation", "papers", "ferry", "office"), "business": ("business", "oversight"), "portal": ("portal",)}
NETWORKS = ("office", "classified", "business", "portal", "oversight")


def typed(folders: tuple[str, ...]) -> list[str]:
    """What is typed: rules, actions, queries, and the whole ferry (style §6.10)."""
    found = []
    for name in ("rules", "actions", "queries"):
        found += list((ROOT / "src").rglob(f"{name}.py"))
        found += [p for folder in (ROOT / "src").rglob(name) if folder.is_dir() for p in folder.glob("*.py")]
    found += (ROOT / "src" / "zhengtong" / "ferry").glob("*.py")
    paths = {str(p.relative_to(ROOT)) for p in found}
    return sorted(p for p in paths if p.startswith(tuple(f"src/zhengtong/{folder}/" for folder in folders)))


def checks() -> dict[str, list[str]]:
    django = "from django.core.management import execute_from_command_line as run; import sys; run(sys.argv)"
    return {
        "ruff": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "imports": [str(BIN / "lint-imports")],
        **{f"types {n}": [str(BIN / "mypy"), *typed(folders)] for n, folders in TYPED.items() if typed(folders)},
        **{
            f"migrations {n}": [
                sys.executable,
                "-c",
                django,
                "makemigrations",
                "--check",
                "--dry-run",
                f"--settings=zhengtong.settings.{n}",
            ]
            for n in NETWORKS
        },
    }


def one(name: str, words: list[str], home: str) -> tuple[str, int, str]:
    environment = {**os.environ, "ZT_HOME": home, "ZT_MODE": "demo", "PYTHONPATH": str(ROOT / "src")}
    if name.startswith("types"):
        environment["DJANGO_SETTINGS_MODULE"] = f"zhengtong.settings.{name.split()[1]}"
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return name, done.returncode, done.stdout


def main() -> int:
    bad = 0
    with tempfile.TemporaryDirectory(prefix="zt-check-") as home, ThreadPoolExecutor(2) as pool:
        for name, code, said in pool.map(lambda item: one(*item, home), checks().items()):
            print(f"\n{'✗' if code else '✓'} {name}", flush=True)
            if code:
                bad += 1
                print(said[-6000:], flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
