"""The styles and scripts that a release carries with it, under names that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from zhengtong.foundation import ui

BUILT = Path(ui.__file__).parent / "built" / "zt"
TEMPLATES = Path(__file__).parent.parent / "templates_public"
CARRIED = ("public.css", "public.js", "icons.svg", "mark.svg")


@cache
def files() -> dict[str, bytes]:
    """Path in the release → content. Without the built assets (`./zt setup`) there is nothing to release."""
    found = {}
    for name in CARRIED:
        content = (BUILT / name).read_bytes()
        stem, _dot, suffix = name.rpartition(".")
        found[f"assets/{stem}-{hashlib.new('sm3', content).hexdigest()[:12]}.{suffix}"] = content
    return found


@cache
def addresses() -> dict[str, str]:
    """Plain name → address on the site."""
    return dict(zip(CARRIED, (f"/{path}" for path in files()), strict=True))


@cache
def version() -> str:
    """Moves when a template, an asset or the publisher itself does: then every page is rendered anew."""
    sources = [*sorted(TEMPLATES.iterdir()), *sorted(Path(__file__).parent.glob("*.py")), Path(__file__).parent.parent / "text.py"]
    seen = hashlib.new("sm3")
    for path in sources:
        seen.update(path.name.encode() + b"\0" + path.read_bytes())
    for name, content in files().items():
        seen.update(name.encode() + b"\0" + content)
    return seen.hexdigest()
