"""How a page looks: Chromium in a process of its own takes the picture, and no other host is asked for anything."""

import asyncio
import io
import os
import shutil
import signal
import tempfile
from importlib.util import find_spec
from pathlib import Path

from PIL import Image

from .addresses import split

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, HEIGHT = 1366, 1800  # pixels of the picture
PATIENCE, QUALITY, MOST_BYTES = 30.0, 70, 3 << 20


def browser() -> str:
    """Where a Chromium is, or "": without one there are no pictures, and all else works."""
    return os.environ.get("ZT_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), "")


def letters(folder: Path) -> dict[str, str]:
    """An environment in which the browser knows Chinese letters: our own dependency's faces beside the system's."""
    found = find_spec("pylopdf_fonts_zh_cn")
    if found is None or not found.origin:
        return dict(os.environ)
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{Path(found.origin).parent}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


async def picture(url: str, program: str) -> bytes:
    """The page as JPEG; empty when it could not be taken. Names of other hosts do not resolve inside the browser."""
    with tempfile.TemporaryDirectory(prefix="zt-picture-") as folder:
        target = Path(folder) / "page.png"
        words = [
            program, "--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-extensions", "--no-first-run", "--mute-audio",
            "--disable-background-networking", "--disable-sync", f"--user-data-dir={folder}/profile", f"--window-size={WIDTH},{HEIGHT}",
            f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {split(url).hostname}", f"--screenshot={target}", "--timeout=15000", url,
        ]  # fmt: skip
        if os.geteuid() == 0:
            words.insert(1, "--no-sandbox")  # as root Chromium starts no sandbox; run the probe as an ordinary user
        process = await asyncio.create_subprocess_exec(
            *words, env=letters(Path(folder)), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True
        )
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            pass
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            await process.wait()
        return _small(target) if target.exists() else b""


def _small(path: Path) -> bytes:
    out = io.BytesIO()
    try:
        with Image.open(path) as image:
            image.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    except OSError:
        return b""
    return out.getvalue() if out.tell() <= MOST_BYTES else b""
