"""The list as the home page shows it, the counts of its tabs, and the bare query that knows beforehand what a person may do."""

from collections.abc import Callable

from django.db import connection

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents import queries

COLUMNS = (
    "l.id, l.stage, l.label, l.opened_at, l.due, l.urged, s.paper, s.title, s.link, d.id, d.code, d.kind, d.state, d.urgency, d.version, "
    "d.changed_at, (SELECT p.name FROM slips_line b JOIN orgs_person p ON p.id = b.done_by_id "
    "WHERE b.slip_id = l.slip_id AND b.done_at IS NOT NULL ORDER BY b.done_at DESC LIMIT 1)"
)
FROM = (
    "FROM slips_line l JOIN slips_slip s ON s.id = l.slip_id LEFT JOIN documents_document d ON d.slip_id = s.id WHERE l.state = 'open' AND "
)


class Bare:
    """One indexed statement through the driver. What the person may handle is known to it before the clock runs."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.driver = connection.connection
        self.mark = "?" if connection.vendor == "sqlite" else "%s"
        self.known: dict[int, tuple[str, list[object]]] = {}

    def prepare(self, person: Person) -> None:
        parts, values = [f"SELECT {COLUMNS} {FROM} l.person_id = {self.mark}"], [person.pk]
        units = [post.unit_id for post in person.posts if post.unit_id] or [0]
        for role, organs in accounts.roles_by_organ(person).items():
            for organ in organs:
                within = ", ".join([self.mark] * len(units))
                mine = f"l.person_id IS NULL AND l.role = {self.mark} AND l.organ_id = {self.mark}"
                parts.append(f"SELECT {COLUMNS} {FROM} {mine} AND (l.unit_id IS NULL OR l.unit_id IN ({within}))")
                values += [role, organ, *units]
        self.known[person.pk] = (" UNION ALL ".join(parts) + " ORDER BY 4, 1", values)

    def __call__(self, person: Person) -> list[tuple[object, ...]]:
        if person.pk not in self.known:
            self.prepare(person)
        statement, values = self.known[person.pk]
        return self.driver.execute(statement, values).fetchall()


WAYS: dict[str, Callable[[], Callable[[Person], object]]] = {
    "our list": lambda: queries.todo,
    "bare query, same rows": Bare,
    "counts of the tabs": lambda: queries.counts,
}
