"""Service guides as the public pages show them; the items room keeps them."""

from collections.abc import Mapping, Sequence

from zhengtong.business.items import queries as items

Guide = Mapping[str, object]


def listed() -> list[Guide]:
    """The guides in force, in the order of the catalogue."""
    return list(items.guides())


def key(guides: Sequence[Guide]) -> object:
    """What a page that shows these guides depends on."""
    return [dict(guide) for guide in guides]
