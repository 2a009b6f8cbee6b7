"""Dispatched documents, as sender and receivers find them."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.search.sources import Paper, Source
from zhengtong.office.documents import queries as documents

from . import queries, rules
from .models import Dispatch


def visible(person: Person) -> QuerySet[Dispatch]:
    """What the person's organs sent, and what came to those for which he receives."""
    organs = queries.organs_of(person, rules.SENDERS)
    mine = Q(handler__in=organs) | Q(sender__in=organs) | Q(pk__in=queries.received(person).order_by().values("dispatch"))
    return Dispatch.objects.filter(mine).filter(queries.known_to(person)).select_related("sender")


def read(sent: Dispatch) -> Paper:
    text = "\n".join([sent.number, sent.sender.name, documents.text_of(sent.document)])
    return Paper(sent.title, text, localtime(sent.sent_at).date(), f"{sent.sender.name} {sent.number}")


def href(sent: Dispatch, person: Person) -> str:
    """The receiver's own copy, or the sender's page."""
    copy = queries.received(person).filter(dispatch=sent).first()
    return reverse("dispatch:copy", args=[copy.pk]) if copy else reverse("dispatch:page", args=[sent.pk])


SOURCES = (Source(Dispatch, _("收发的公文"), visible, read, href),)
