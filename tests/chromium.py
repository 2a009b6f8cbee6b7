"""The system's Chromium for tests that look at pages, with Chinese letters also where the system has none."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


def path() -> str:
    """Where Chromium is; a missing one is a failure in continuous integration and a reasoned skip elsewhere."""
    found = os.environ.get("ZT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "no Chromium: install Debian's package chromium or set ZT_CHROMIUM"
        )
    return found


def letters(folder: Path) -> Path:
    """A font configuration that adds the Noto faces of our own dependency to the system's."""
    faces = Path(find_spec("pylopdf_fonts_zh_cn").origin).parent
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{faces}</dir><cachedir>{folder}/fontcache</cachedir></fontconfig>"
    )
    return file


@contextmanager
def browser():
    """A headless Chromium of Playwright's."""
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory(prefix="zt-chromium-") as folder, sync_playwright() as playwright:
        environment = {**os.environ, "FONTCONFIG_FILE": str(letters(Path(folder)))}
        chromium = playwright.chromium.launch(
            executable_path=path(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], env=environment
        )
        try:
            yield chromium
        finally:
            chromium.close()
