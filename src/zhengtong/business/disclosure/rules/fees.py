"""信息处理费 (国办函〔2020〕109号): by items or by pages, never both; the excess alone is charged, step by step."""

from zhengtong.foundation.refusal import gettext_noop as _

# fmt: off
BY_PAGE = (  # one request
    # up to   yuan a page
    (30,      0),
    (100,     10),
    (200,     20),
    (None,    40),
)
BY_ITEM = (  # one applicant, one month, together
    # up to   yuan an item
    (10,      0),
    (30,      100),
)
# fmt: on
ITEM_STEP, ITEM_MORE = 10, 100  # beyond 30 items each further ten cost another 100 yuan an item more
MEASURES = {"page": _("按量（页）"), "item": _("按件")}


def by_page(pages: int) -> int:
    """Yuan for so many pages."""
    total, before = 0, 0
    for until, price in BY_PAGE:
        upto = pages if until is None else min(pages, until)
        total += max(0, upto - before) * price
        before = upto
    return total


def by_item(items: int) -> int:
    """Yuan for so many items of one applicant in one month."""
    total, before, price = 0, 0, 0
    for until, price in BY_ITEM:
        total += max(0, min(items, until) - before) * price
        before = min(items, until)
    while before < items:
        price += ITEM_MORE
        more = min(ITEM_STEP, items - before)
        total, before = total + more * price, before + more
    return total


def fee(measure: str, count: int) -> int:
    """Yuan by the measure that was chosen, `page` or `item`."""
    return by_page(count) if measure == "page" else by_item(count)
