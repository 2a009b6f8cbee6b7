"""The lists of the website cluster."""

from django.db.models import Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person

from . import rules
from .models import Column, Release, Site


def site(code: str) -> Site | None:
    return Site.objects.filter(code=code).first()


def columns_for(person: Person) -> QuerySet[Column]:
    """Columns that the person may edit: those of the own organ; the site's organiser and operator have them all."""
    organ = person.organ
    columns = Column.objects.select_related("site").order_by("site", "order", "id")
    if organ is None or not accounts.roles(person) & {r.value for r in rules.Role}:
        return columns.none()
    return columns.filter(Q(site__organ=organ.code) | Q(site__operator=organ.code) | Q(owner=organ.code))


def writable(person: Person) -> QuerySet[Column]:
    """Those of his columns that are made of articles."""
    return columns_for(person).filter(kind__in=[kind.value for kind in rules.WITH_ARTICLES])


def last_release(of: Site) -> Release | None:
    return Release.objects.filter(site=of).order_by("-number").first()


def releases() -> QuerySet[Release]:
    """Releases of all sites, newest first."""
    return Release.objects.select_related("site")
