"""Large letters, contrast, the elderly mode: what a reader of a public page can do."""

import pytest

from .test_pages_in_chromium import DESK, PHONE, chromium, faults, show  # noqa: F401  the fixture is used by name

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")


@pytest.mark.parametrize(("button", "attribute"), [("大字", "data-large"), ("高对比度", "data-contrast")])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_mode_is_kept_from_page_to_page_fits_and_stays_accessible(chromium, sample, button, attribute, width):  # noqa: F811
    page = show(chromium, sample("article"), width)
    page.get_by_role("button", name=button).click()
    page.reload()
    assert page.evaluate(f"document.documentElement.hasAttribute('{attribute}')")
    assert page.get_by_role("button", name=button).get_attribute("aria-pressed") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == [] and page.said == []
    page.close()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_elderly_mode_begins_by_its_address_goes_along_and_ends_with_a_link(chromium, sample, width):  # noqa: F811
    page = show(chromium, sample("article"), width)
    page.goto(f"{page.url}#elder")
    page.reload()
    assert page.evaluate("document.documentElement.hasAttribute('data-elder')") and not page.url.endswith("#elder")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.zp-text')).fontSize)") >= 24  # 18 points
    assert page.get_by_role("link", name="领导信箱").is_visible() and not page.get_by_role("link", name="走进云岭").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == [] and page.said == []
    page.get_by_role("link", name="回到标准版").click()
    page.reload()
    assert not page.evaluate("document.documentElement.hasAttribute('data-elder')")
    page.close()


def test_a_switched_aid_is_worked_by_the_keyboard(chromium, sample):  # noqa: F811
    page = show(chromium, sample("article"), DESK)
    button = page.get_by_role("button", name="高对比度")
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    page.close()


def test_the_columns_open_on_a_phone(chromium, sample):  # noqa: F811
    page = show(chromium, sample("home"), PHONE)
    assert not page.get_by_role("link", name="走进云岭").is_visible()
    page.get_by_role("button", name="栏目").click()
    assert page.get_by_role("link", name="走进云岭").is_visible()
    page.close()


def test_the_public_pages_are_light():
    from .test_pages_in_chromium import BUILT

    weight = sum((BUILT / "zt" / name).stat().st_size for name in ("public.css", "public.js"))
    assert weight < 48 * 1024
    assert b"tblr" not in (BUILT / "zt/public.css").read_bytes()
