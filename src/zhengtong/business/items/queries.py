"""Items as others need them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person

from .models import Implementation
from .models import Item as Item  # what an item is, for those who ask for one
from .rules import implementation


def item(code: str) -> Item | None:
    return Item.objects.select_related("organ").filter(code=code).first()


def published() -> list[Item]:
    return list(Item.objects.select_related("organ").filter(published=True))


def guide(item: Item, row: Implementation | None = None) -> dict[str, object]:
    """The guide as plain values: what a page shows and what the portal's form needs. `row`: its version of the list in force."""
    return {
        "code": item.code,
        "name": item.name,
        "kind": item.kind,
        "kind_label": item.get_kind_display(),
        "organ": item.organ.name,
        "summary": item.summary,
        "basis": item.basis,
        "conditions": item.conditions,
        "result": item.result,
        "fee": item.fee,
        "place": item.place,
        "hours": item.hours,
        "phone": item.phone,
        "complaint_phone": item.complaint_phone,
        "promised_days": item.promised_days,
        "statutory_days": item.statutory_days,
        "fields": item.fields,
        "materials": item.materials,
        "examiners": [{"organ": e.organ.name, "task": e.task} for e in item.examiner_set.select_related("organ")],
        "implementation": implementation.told(row.values, row.sheets) if row else implementation.told({}, {}),
        "implementation_version": row.version if row else 0,
    }


def guides() -> list[dict[str, object]]:
    """Every published guide, in order of code."""
    rows = in_force(clock.today())
    return [guide(found, rows.get(found.code)) for found in published()]


def managed(person: Person) -> QuerySet[Item]:
    """The items that this person keeps: those that his organ decides on, or takes in at its windows."""
    organs = accounts.roles_by_organ(person).get("item_manager", ())
    return Item.objects.select_related("organ", "window").filter(Q(organ__in=organs) | Q(window__in=organs))


def filtered(items: QuerySet[Item], words: str = "", state: str = "") -> QuerySet[Item]:
    """By name or code, and by whether the portal shows them."""
    found = items.filter(Q(name__icontains=words) | Q(code__icontains=words)) if words else items
    return found.filter(published=state == "published") if state else found


def implementations(person: Person) -> QuerySet[Implementation]:
    """Every version of the rows that this person's organ keeps, as the one who writes them or the one who reviews them."""
    roles = accounts.roles_by_organ(person)
    organs = roles.get("item_manager", frozenset()) | roles.get("approver", frozenset())
    return Implementation.objects.select_related("organ", "item", "prepared_by", "reviewed_by").filter(organ__in=organs)


def newest(rows: QuerySet[Implementation], words: str = "", state: str = "", task_type: str = "") -> QuerySet[Implementation]:
    """The newest version of each row, by name or code, by state and type."""
    later = Implementation.objects.filter(task_code=OuterRef("task_code"), version__gt=OuterRef("version"))
    found = rows.filter(~Exists(later))
    found = found.filter(Q(name__icontains=words) | Q(task_code__icontains=words) | Q(item__code=words)) if words else found
    found = found.filter(state=state) if state else found
    return found.filter(values__task_type=task_type) if task_type else found


def in_force(on: date, items: Iterable[str] | None = None) -> dict[str, Implementation]:
    """The version in force on a day, by the county's code of the item; a case handed in that day goes by it to its end."""
    found = Implementation.objects.select_related("item").filter(
        state=implementation.State.PUBLISHED, effective_from__lte=on, item__isnull=False
    )
    found = found if items is None else found.filter(item__code__in=list(items))
    rows = {row.item.code: row for row in found.order_by("effective_from") if row.item}
    return {code: row for code, row in rows.items() if not implementation.cancelled(row.values, on)}


def implementation_of(code: str, on: date) -> Implementation | None:
    """The version of one item in force on a day."""
    return in_force(on, [code]).get(code)
