"""All rows of the rule book by their id. A row names its source; its severity is the sheet's unless docs/rules.md says otherwise."""

from . import (
    attachments,
    dates,
    foot,
    head,
    length,
    levels,
    number,
    numerals,
    page,
    punctuation,
    routing,
    seals,
    secrecy,
    signers,
    text,
    title,
    words,
)
from .rule import Rule

AREAS = (
    number,
    secrecy,
    signers,
    title,
    head,
    routing,
    levels,
    attachments,
    dates,
    seals,
    foot,
    page,
    punctuation,
    numerals,
    length,
    words,
    text,
)
RULES: dict[str, Rule] = {rule.id: rule for area in AREAS for rule in area.RULES}
