"""Incoming papers, as one finds them: what they say of themselves, what was proposed, instructed and done."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.search.sources import Paper, Source
from zhengtong.office.documents import queries as documents

from . import queries
from .models import Incoming


def read(paper: Incoming) -> Paper:
    said = [paper.number, paper.their_number, paper.sender, paper.proposal, paper.outcome]
    instructed = paper.instructions.values_list("text", flat=True)
    text = "\n".join([*filter(None, said), *instructed, documents.text_of(paper.document) if paper.document else ""])
    return Paper(paper.title, text, localtime(paper.received_at).date(), " ".join(filter(None, [paper.sender, paper.their_number])))


def href(paper: Incoming, _person: Person) -> str:
    return reverse("incoming:page", args=[paper.code])


SOURCES = (Source(Incoming, _("收文"), queries.visible, read, href),)
