"""Items as others need them."""

from django.db.models import Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person

from .models import Item as Item  # what an item is, for those who ask for one


def item(code: str) -> Item | None:
    return Item.objects.select_related("organ").filter(code=code).first()


def published() -> list[Item]:
    return list(Item.objects.select_related("organ").filter(published=True))


def guide(item: Item) -> dict[str, object]:
    """The guide as plain values: what a page shows and what the portal's form needs."""
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
    }


def guides() -> list[dict[str, object]]:
    """Every published guide, in order of code."""
    return [guide(found) for found in published()]


def managed(person: Person) -> QuerySet[Item]:
    """The items that this person keeps: those that his organ decides on, or takes in at its windows."""
    organs = accounts.roles_by_organ(person).get("item_manager", ())
    return Item.objects.select_related("organ", "window").filter(Q(organ__in=organs) | Q(window__in=organs))


def filtered(items: QuerySet[Item], words: str = "", state: str = "") -> QuerySet[Item]:
    """By name or code, and by whether the portal shows them."""
    found = items.filter(Q(name__icontains=words) | Q(code__icontains=words)) if words else items
    return found.filter(published=state == "published") if state else found
