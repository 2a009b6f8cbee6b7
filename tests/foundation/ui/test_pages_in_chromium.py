"""Every sample page in Chromium, wide and on a phone: nothing sticks out, nothing is refused by the policy, axe finds nothing."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.chromium import browser
from zhengtong.foundation.processes.middleware import POLICY

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")

ROOT = Path(__file__).parents[3]
BUILT = ROOT / "src/zhengtong/foundation/ui/built"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
WORKING = () if settings.NETWORK == "portal" else ("list", "paper", "form")
PUBLIC = ("home", "article", "apply")
PHONE, DESK = 390, 1440
LOOK = os.environ.get("ZT_LOOK")  # a folder for pictures, to look at them


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


def show(chromium, html, width):
    """The page as a browser gets it from us: policy, assets by name, nothing else."""
    page = chromium.new_page(viewport={"width": width, "height": 900 if width > 600 else 844}, locale="zh-CN")
    page.said = []
    page.on("console", lambda message: message.type == "error" and page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))

    def answer(route):
        path = route.request.url.removeprefix("http://sample").split("?")[0].split("#")[0]
        if path.startswith("/static/"):
            file = BUILT / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})

    page.route("**/*", answer)
    page.goto("http://sample/documents/")
    return page


def faults(page):
    """What axe finds by WCAG 2.1 A and AA, in words; its script comes past the policy, as a developer's tool does."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations")
    return [f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize(
    ("name", "bound"), [*((n, False) for n in (*WORKING, *PUBLIC)), ("apply", True), *((n, True) for n in WORKING if n == "form")]
)
def test_a_page_is_accessible_fits_and_breaks_no_policy(chromium, sample, name, bound, width):
    page = show(chromium, sample(name, bound=bound), width)
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}{'-bound' if bound else ''}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.said == []
    assert faults(page) == []
    page.close()
