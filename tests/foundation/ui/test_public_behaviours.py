"""Large letters, contrast, leaving the site: what a reader of a public page can do."""

import pytest

from .test_pages_in_chromium import DESK, PHONE, chromium, faults, show  # noqa: F401  the fixture is used by name

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")


@pytest.mark.parametrize(("button", "attribute"), [("长辈版", "data-elder"), ("高对比度", "data-contrast")])
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


def test_a_link_out_of_the_government_asks_first(chromium, sample):  # noqa: F811
    page = show(chromium, sample("article").replace('href="#f"', 'href="http://example.com/x"'), DESK)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("link", name="21号.pdf").click()
    assert len(asked) == 1 and "example.com" in asked[0]
    assert page.url == "http://sample/documents/"
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
