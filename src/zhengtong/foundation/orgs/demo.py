"""Plants the directory of the demo county 云岭县, the same for the same seed, as one audited import.

Organs, county leaders and the sample accounts' people are written by hand in `zhengtong/demo`; units come
from there too; the other posts and people are drawn here. Everybody in it is invented.
"""

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

from . import actions, sheets
from .models import Organ

DATA = Path(__file__).resolve().parents[2] / "demo"
PEOPLE = 8000
SEED = 20260301
SECOND_POSTS = 240  # heads of units who also lead a neighbouring unit
BEGAN = date(2012, 3, 1)
Rows = list[dict[str, object]]

DEPUTIES = 3  # of an organ of some size


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the demo county's tables."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def plant(seed: int = SEED) -> str:
    """Plant the directory once; a second run does nothing."""
    if Organ.objects.exists():
        return "directory is there"
    outcome = actions.take_in(sheets.rows_of(county(seed)), by=None, source=f"demo {seed}")
    return ", ".join(f"{count} {table}" for table, count in outcome.new.items())


def county(seed: int = SEED) -> dict[str, Rows]:
    """All tables of the county as an import takes them."""
    organs, fixed = rows("organs.csv"), rows("posts.csv")
    units = [unit for organ in organs for unit in _units(organ)]
    drawing = Drawing(random.Random(seed), organs, units, fixed)
    return {
        "organs": [{key: value for key, value in organ.items() if key not in ("units", "size")} for organ in organs],
        "former_names": rows("former_names.csv"),
        "relations": rows("relations.csv"),
        "units": units,
        **drawing.draw(),
    }


def _units(organ: dict[str, str]) -> Rows:
    """The internal units named in the organ's row; the first one is its office unless 文电科 does the papers."""
    names = organ["units"].split()
    office = "文电科" if "文电科" in names else (names[0] if names else "")
    return [
        {"code": f"{organ['code']}-{place:02d}", "organ": organ["code"], "name": name, "is_office": name == office, "order": place}
        for place, name in enumerate(names, start=1)
    ]


class Drawing:
    """Draws the posts and people that are not written by hand."""

    def __init__(self, dice: random.Random, organs: list[dict[str, str]], units: Rows, fixed: list[dict[str, str]]) -> None:
        self.dice, self.organs, self.fixed = dice, organs, fixed
        self.units: dict[str, Rows] = {}
        for unit in units:
            self.units.setdefault(str(unit["organ"]), []).append(unit)
        words = json.loads((DATA / "names.json").read_text(encoding="utf-8"))
        self.surnames, self.weights = list(words["surnames"]), list(words["surnames"].values())
        self.first, self.last, self.single = words["first"], words["last"], words["single"]
        self.posts: Rows = []
        self.people: Rows = []
        self.names = {row["person"]: row["name"] for row in fixed if row["person"]}
        self.taken = set(self.names.values())
        self.next_person = 101

    def draw(self) -> dict[str, Rows]:
        self._fixed_posts()
        for organ, size in self._sizes():
            self._staff(organ, size)
        self._second_posts()
        self.people.sort(key=lambda row: (str(row["code"]), row["main"] is False))
        return {"posts": self.posts, "people": self.people}

    def _sizes(self) -> list[tuple[dict[str, str], int]]:
        """How many people each organ has; the townships share what is left of the 8,000."""
        given = [(organ, int(organ["size"])) for organ in self.organs if organ["size"]]
        townships = [organ for organ in self.organs if organ["kind"] == "township"]
        leaders = {row["person"] or row["code"] for row in self.fixed if row["organ"] in ("YL001", "YL002", "YL003", "YL004")}
        left = PEOPLE - len(leaders) - sum(size for _organ, size in given)
        share, more = divmod(left, len(townships))
        shares = {organ["code"]: share + (place < more) for place, organ in enumerate(townships)}
        return [*given, *((organ, shares[organ["code"]]) for organ in townships)]

    def _fixed_posts(self) -> None:
        unit_codes = {(str(u["organ"]), str(u["name"])): u["code"] for units in self.units.values() for u in units}
        for place, row in enumerate(self.fixed, start=1):
            unit = unit_codes[row["organ"], row["unit"]] if row["unit"] else ""
            self._post(row["code"], row["organ"], unit, row["title"], row["rank"], place)
            self._hold(row["person"] or self._newcomer(), row["code"], row["main"] == "yes")

    def _staff(self, organ: dict[str, str], size: int) -> None:
        """Head, deputies, heads of units, their deputies, and the rest in the units' staff posts."""
        code, units = organ["code"], self.units.get(organ["code"], [])
        fixed = [row for row in self.fixed if row["organ"] == code]
        left = size - len([row for row in fixed if row["main"] == "yes"])
        ranks = [row["rank"] for row in fixed]
        head, deputy = _titles(organ)
        number = 100

        def add(unit: object, title: str, rank: str, holders: int = 1) -> None:
            nonlocal number, left
            number += 1
            post = f"{code}-P{number}"
            self._post(post, code, unit, title, rank, number)
            for _place in range(holders):
                self._hold(self._newcomer(), post, True)
            left -= holders

        if organ["kind"] == "point":
            add("", "村级帮办代办员", "staff")
            return
        if "principal" not in ranks:
            add("", head, "principal")
        for _place in range(min(DEPUTIES, left // 8) - ranks.count("deputy")):
            add("", deputy, "deputy")
        headed = {row["unit"] for row in fixed if row["rank"] == "unit_head"}
        for unit in units:
            if unit["name"] not in headed and left > 0:
                add(unit["code"], _head_of(str(unit["name"])), "unit_head")
        for unit in units:
            if left > 2 * len(units):
                add(unit["code"], _head_of(str(unit["name"]), deputy=True), "deputy_unit_head")
        for place, unit in enumerate(units):
            share = left // (len(units) - place)
            if share > 0:
                add(unit["code"], f"{unit['name']}工作人员", "staff", share)

    def _second_posts(self) -> None:
        """Several people hold a second post beside the main one."""
        drawn = self.posts[len(self.fixed) :]  # the sample accounts' people keep the posts written for them
        heads = [post for post in drawn if post["rank"] == "unit_head" and len(self.units[str(post["organ"])]) > 2]
        holder = {row["post"]: row for row in self.people if row["main"]}
        places = {post["code"]: place for place, post in enumerate(self.posts)}
        for post in self.dice.sample(heads, SECOND_POSTS):
            staff = [p for p in self.posts[places[post["code"]] :] if p["organ"] == post["organ"] and p["rank"] == "staff"]
            if staff and staff[-1]["unit"] != post["unit"]:
                who = holder[post["code"]]
                self.people.append({**who, "post": staff[-1]["code"], "main": False})

    def _post(self, code: str, organ: str, unit: object, title: str, rank: str, order: int) -> None:
        self.posts.append({"code": code, "organ": organ, "unit": unit, "title": title, "rank": rank, "order": order})

    def _hold(self, person: str, post: str, main: bool) -> None:
        since = BEGAN + timedelta(days=self.dice.randrange(5000))
        self.people.append({"code": person, "name": self.names[person], "post": post, "main": main, "since": since, "until": None})

    def _newcomer(self) -> str:
        code = f"YLP{self.next_person:05d}"
        self.next_person += 1
        name = self._name()
        while name in self.taken:  # nobody is taken for one of the sample accounts
            name = self._name()
        self.names[code] = name
        return code

    def _name(self) -> str:
        surname = self.dice.choices(self.surnames, self.weights)[0]
        if self.dice.random() < 0.12:
            return surname + self.dice.choice(self.single)
        return surname + self.dice.choice(self.first) + self.dice.choice(self.last)


# fmt: off
HEADS = (
    # the name ends with   head      deputy
    ("镇人民政府",          "镇长",   "副镇长"),
    ("乡人民政府",          "乡长",   "副乡长"),
    ("部",                 "部长",   "副部长"),
    ("局",                 "局长",   "副局长"),
    ("大队",               "大队长", "副大队长"),
    ("馆",                 "馆长",   "副馆长"),
    ("队",                 "队长",   "副队长"),
    ("校",                 "校长",   "副校长"),
    ("",                   "主任",   "副主任"),
)
UNIT_HEADS = (
    ("科", "长"), ("庭", "长"), ("局", "长"), ("所", "长"), ("大队", "长"), ("队", "长"), ("检察部", "主任"), ("部", "部长"), ("", "主任"),
)
# fmt: on


def _titles(organ: dict[str, str]) -> tuple[str, str]:
    """What the head and the deputies of an organ are called."""
    return next((head, deputy) for ending, head, deputy in HEADS if organ["name"].endswith(ending))


def _head_of(unit: str, deputy: bool = False) -> str:
    """What the head of a unit, or the deputy, is called: 预算科科长, 预算科副科长, 办公室主任."""
    ending, word = next(row for row in UNIT_HEADS if unit.endswith(row[0]))
    title = f"{ending}{word}" if word == "长" else word
    return f"{unit}{'副' if deputy else ''}{title}"
