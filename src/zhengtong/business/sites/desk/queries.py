"""Lists of articles."""

from django.db.models import Q, QuerySet

from zhengtong.business.sites import queries, rules
from zhengtong.business.sites.models import Column
from zhengtong.foundation.orgs.models import Person

from .models import Article

WAITING = "waiting"  # a new draft, or a public article with a newer one


def visible(person: Person) -> QuerySet[Article]:
    """Articles in the columns that the person's posts open, newest work first."""
    columns = list(queries.columns_for(person).values_list("pk", flat=True))
    found = Article.objects.filter(column__in=columns).select_related("column__site__main", "latest_revision")
    return found.order_by("-latest_revision_id", "-id")


def filtered(found: QuerySet[Article], words: str = "", column: Column | None = None, state: str = "") -> QuerySet[Article]:
    if words:
        found = found.filter(Q(title__icontains=words) | Q(number__icontains=words))
    if column:
        found = found.filter(column=column)
    if state == WAITING:
        return found.filter(Q(state=rules.State.DRAFT.value) | Q(live=True, has_unpublished_changes=True))
    return found.filter(state=state) if state else found


def waiting(person: Person | None) -> int:
    """How many drafts wait to be published in the person's columns, new articles and changed ones."""
    return filtered(visible(person), state=WAITING).count() if person else 0
