"""What objects to a row that is right by itself: repeated codes, unknown codes, codes put to another use."""

from collections.abc import Mapping
from datetime import date

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from .tables import BY_NAME, Known, Problem, Reading, Table, Values

CODED = ("organs", "units", "posts", "people")


class Checker:
    """Checks the rows of one hand-in against each other and against what is known."""

    def __init__(self, reading: Reading, known: Known, given: Mapping[str, frozenset[str]]) -> None:
        self.values, self.problems, self.known = reading.values, reading.problems, known
        self.given = given  # also of rows that are wrong elsewhere, so that one mistake is told once
        self.home = {**known.home, **{str(v["code"]): str(v["organ"]) for t in ("units", "posts") for _n, v in self.values[t]}}
        self.above = dict(known.above)
        self.above.update({str(v["code"]): str(v["parent"]) for _n, v in self.values["organs"] if "parent" in v})

    def check(self) -> None:
        for name, rows in self.values.items():
            table, seen = BY_NAME[name], dict[tuple[object, ...], int]()
            for number, values in rows:
                self._repeated(table, number, values, seen)
                self._references(table, number, values)
                self._dates(table, number, values)
                if name in CODED:
                    self._code(table, number, values)
        for number, values in self.values["organs"]:
            self._own_superior(number, values)
        for number, values in self.values["posts"]:
            self._unit_of_the_same_organ(number, values)
        for number, values in self.values["relations"]:
            if values["subject"] == values["object"]:
                self._object("relations", number, "object", Objection(_("上位机关和下位机关不能是同一机构")))
        self._people()

    def _object(self, table: str, number: int, name: str, objection: Objection) -> None:
        heading = next((c.heading for c in BY_NAME[table].columns if c.name == name), "")
        self.problems.append(Problem(table, number, heading, objection))

    def _repeated(self, table: Table, number: int, values: Values, seen: dict[tuple[object, ...], int]) -> None:
        key = tuple(values.get(name) for name in table.identity)
        if key in seen:
            self._object(table.name, number, table.identity[0], Objection(_("与第%(row)d行重复"), {"row": seen[key]}))
        seen.setdefault(key, number)

    def _references(self, table: Table, number: int, values: Values) -> None:
        for column in table.columns:
            code = str(values.get(column.name) or "")
            if not column.refers or not code:
                continue
            if code not in self.given.get(column.refers, frozenset()) and code not in self.known.codes.get(column.refers, frozenset()):
                params = {"heading": column.heading, "code": code}
                self._object(table.name, number, column.name, Objection(_("%(heading)s“%(code)s”在库中和表中都没有"), params))

    def _dates(self, table: Table, number: int, values: Values) -> None:
        since, until = values.get("since"), values.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self._object(table.name, number, "until", Objection(_("终止日期早于起始日期")))

    def _code(self, table: Table, number: int, values: Values) -> None:
        """A code never returns: an ended one is not revived, and one that was given stays with its organ."""
        code = str(values["code"])
        if code in self.known.ended.get(table.name, frozenset()) and "until" in values and values["until"] is None:
            self._object(table.name, number, "code", Objection(_("代码“%(code)s”已经停用，不得再次启用"), {"code": code}))
        if table.name in ("units", "posts") and self.known.home.get(code, values["organ"]) != values["organ"]:
            params = {"code": code, "organ": self.known.home[code]}
            self._object(table.name, number, "code", Objection(_("代码“%(code)s”属于机构%(organ)s，不得改作他用"), params))

    def _own_superior(self, number: int, values: Values) -> None:
        code, seen = str(values["code"]), set[str]()
        while code and code not in seen:
            seen.add(code)
            code = self.above.get(code, "")
        if code == values["code"]:
            self._object("organs", number, "parent", Objection(_("机构不能直接或间接地成为自己的上级")))

    def _unit_of_the_same_organ(self, number: int, values: Values) -> None:
        unit = str(values.get("unit") or "")
        if unit and self.home.get(unit, values["organ"]) != values["organ"]:
            params = {"unit": unit, "organ": str(values["organ"])}
            self._object("posts", number, "unit", Objection(_("内设机构“%(unit)s”不属于机构%(organ)s"), params))

    def _people(self) -> None:
        """One name for each code, and one main post at a time."""
        names, main = dict[str, str](), self._mains_left()
        for number, values in self.values["people"]:
            code, name, post = str(values["code"]), str(values["name"]), str(values.get("post") or "")
            if names.setdefault(code, name) != name:
                params = {"code": code, "name": names[code]}
                self._object("people", number, "name", Objection(_("人员代码“%(code)s”在上文中的姓名是%(name)s"), params))
            if not post:
                if values.get("main") or values.get("since") or values.get("until"):
                    self._object("people", number, "post", Objection(_("填了任职信息，但没有职位代码")))
                continue
            if values.get("main") and values.get("until") is None and main.setdefault(code, post) != post:
                params = {"post": main[code]}
                self._object("people", number, "main", Objection(_("此人已有主要任职%(post)s，须先免去或改为兼任"), params))

    def _mains_left(self) -> dict[str, str]:
        """Main posts that this hand-in neither ends nor makes a second one."""
        left: Mapping[str, str] = self.known.main
        rows = sorted((v for _n, v in self.values["people"]), key=lambda v: v.get("until") is None)  # an open row counts before a past one
        given = {(str(v["code"]), str(v.get("post") or "")): v for v in rows}
        kept: dict[str, str] = {}
        for code, post in left.items():
            row = given.get((code, post))
            if row is None or (row.get("main", True) and row.get("until") is None):
                kept[code] = post
        return kept
