"""How a page is looked at: errors in its console, WCAG 2.1 AA by axe, pictures of it.

The only module of the journeys that runs script in a page, and it only reads: nothing here clicks, writes or goes anywhere.
"""

import io
import os
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "docs" / "screens"
LAW = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DESK, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 900}
REFUSALS = ("409", "422", "429")  # a refused or stale form; Chromium reports the page itself as an error
# Which kinds of elements stand on the page: a page of the same kinds, at the same width, says nothing new to axe.
KINDS = """() => [...new Set([...document.querySelectorAll('body *')].map(e =>
  [e.tagName, e.getAttribute('class'), e.getAttribute('role'), e.hasAttribute('open'), e.getAttribute('aria-invalid')].join()
))].sort().join(' ')"""
STILL = "() => document.getAnimations().every(a => a.playState !== 'running' || a.effect.getComputedTiming().endTime === Infinity)"
TOP = "() => window.scrollTo(0, 0)"
DRAWN = """() => [...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"""
RUN = """async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})).violations.map(v =>
  v.id + ': ' + v.help + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))"""


class Eyes:
    """What was seen in all journeys of a run: faults, and which kinds of pages are known."""

    def __init__(self, folder):
        self.folder = SCREENS if os.environ.get("ZT_SCREENS") == "1" else Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.axe = AXE.read_text(encoding="utf-8")
        self.known, self.faults, self.pages = set(), [], []

    def open(self, page):
        """Watch a new page."""
        self.pages.append(page)
        page.on("console", lambda said: self._said(page, said))
        page.on("pageerror", lambda error: self.faults.append(f"{urlsplit(page.url).path}: {error}"))
        page.on("close", lambda _page: self.pages.remove(page))

    def _said(self, page, said):
        about = said.location.get("url", "")
        if said.type != "error" or (any(f"status of {code}" in said.text for code in REFUSALS) and about == page.url):
            return
        self.faults.append(f"{urlsplit(page.url).path}: {said.text} ({urlsplit(about).path})")

    def read(self, page):
        """Axe on the page as it stands, unless one like it was read before."""
        kind = (page.viewport_size["width"], page.evaluate(KINDS))
        if kind in self.known:
            return
        self.known.add(kind)
        page.wait_for_function(STILL)  # half faded in, a message has half its contrast
        page.evaluate(self.axe)
        where = f"{urlsplit(page.url).path} ({kind[0]})"
        self.faults += [f"{where}: {found}" for found in page.evaluate(RUN, LAW)]

    def picture(self, page, name):
        """The page on a desk and on a phone, and axe on both."""
        before = page.viewport_size
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.evaluate(TOP)
            page.wait_for_function(DRAWN)
            self.read(page)
            save(page.screenshot(animations="disabled"), self.folder / f"{name}-{size['width']}.png")
        page.set_viewport_size(before)

    def keep(self, folder):
        """After a failure: every open page as it stands."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(self.pages):
            page.screenshot(path=folder / f"{number}.png", full_page=True)
            (folder / f"{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}", encoding="utf-8")


def save(picture, path):
    """A palette is enough for a screen of a working house, and a quarter of the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
