"""Organs and public leaders as the public pages show them; nobody else of the directory leaves it."""

from collections.abc import Sequence

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs import rules

Row = dict[str, object]
# The government's own site introduces the government's leaders (发展指引 三（一）领导信息).
LED = (rules.Kind.GOVERNMENT,)


def rows() -> list[Row]:
    """The public directory: organs, duties, how to reach them, and who is responsible (条例第二十条（二）)."""
    found = orgs.public_directory()["organs"]
    return list(found) if isinstance(found, list) else []


def organs(found: Sequence[Row], organ: str = "") -> list[tuple[str, list[Row]]]:
    """Organs in groups by kind, leading organs together; in a room, its own organ alone."""
    if organ:
        return [("", [row for row in found if row["code"] == organ])]
    groups = [("领导机关", [k.value for k in rules.LEADING]), ("县直部门", ["department"]), ("乡镇（街道）", ["township"])]
    return [(name, [row for row in found if row["kind"] in kinds]) for name, kinds in groups]


def leaders(found: Sequence[Row], organ: str = "") -> list[Row]:
    """Organs whose leaders the site introduces, each with its leaders in order; in a room, its own organ's."""
    if organ:
        return [row for row in found if row["code"] == organ and row["leaders"]]
    return [row for kind in LED for row in found if row["kind"] == kind.value and row["leaders"]]
