"""The fifteen types (条例第八条) as a title shows them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """A type's code, its name, and whether it goes up, is addressed to the public, or is open."""

    code: str
    name: str
    upward: bool = False
    public: bool = False


# fmt: off
TYPES = {t.name: t for t in (
    Type("resolution",    "决议", public=True),
    Type("decision",      "决定"),
    Type("order",         "命令", public=True),
    Type("order",         "令",   public=True),
    Type("communique",    "公报", public=True),
    Type("announcement",  "公告", public=True),
    Type("public_notice", "通告", public=True),
    Type("opinion",       "意见"),
    Type("notice",        "通知"),
    Type("circular",      "通报"),
    Type("report",        "报告", upward=True),
    Type("request",       "请示", upward=True),
    Type("reply",         "批复"),
    Type("bill",          "议案"),
    Type("letter",        "函"),
    Type("minutes",       "纪要"),
)}
# fmt: on
ENDING = re.compile(f"({'|'.join(TYPES)})(?:（[^（）]*）|\\([^()]*\\))?$")


def of_title(title: str) -> Type | None:
    """The type that a title ends with."""
    found = ENDING.search(title)
    return TYPES[found[1]] if found else None
