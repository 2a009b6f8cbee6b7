"""Items of the archive, as one finds them: their numbers, their maker, and what the document says."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.search.sources import Paper, Source
from zhengtong.office.documents import queries as documents

from . import queries
from .models import Item


def read(item: Item) -> Paper:
    text = "" if item.destroyed_at else documents.text_of(item.document)
    said = [item.archive_number, item.number, item.original, item.maker, item.unit, text]
    return Paper(item.title, "\n".join(filter(None, said)), item.written_on, " ".join(filter(None, [item.archive_number, item.maker])))


def href(item: Item, _person: Person) -> str:
    return reverse("archive:item", args=[item.pk])


SOURCES = (Source(Item, _("档案"), queries.visible, read, href),)
