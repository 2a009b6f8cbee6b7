"""Matters under supervision, as one finds them: the task, the instruction behind it, and what was reported."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.search.sources import Paper, Source

from . import queries
from .models import Item


def read(item: Item) -> Paper:
    said = [item.number, item.source, item.instruction, item.outcome, *item.reports.values_list("text", flat=True)]
    return Paper(item.task, "\n".join(filter(None, said)), localtime(item.opened_at).date(), f"{item.number} {item.owner.name}")


def href(item: Item, _person: Person) -> str:
    return reverse("supervision:page", args=[item.code])


SOURCES = (Source(Item, _("督办件"), queries.visible, read, href),)
