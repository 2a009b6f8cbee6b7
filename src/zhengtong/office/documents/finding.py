"""Documents, as one finds them: with their text, their handlers' opinions and their number."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.search.sources import Paper, Source
from zhengtong.foundation.slips.models import Line

from . import queries
from .models import Document
from .queries import joint
from .queries.attachments import lines
from .rules.steps import STATE_LABELS, State

OPINIONS: Prepared[tuple[str]] = Prepared(lambda slip: Line.objects.filter(slip=slip).exclude(opinion="").values_list("opinion"))


def read(document: Document) -> Paper:
    opinions = [opinion for (opinion,) in OPINIONS(document.slip_id)] if document.slip_id else []
    number = document.number
    text = "\n".join([number, joint.makers(document), document.text, *lines(document), *dict.fromkeys(opinions)])
    on = document.issued_at or document.signed_at or document.created_at
    return Paper(document.title, text, localtime(on).date(), number or gettext(STATE_LABELS[State(document.state)]))


def href(document: Document, _person: Person) -> str:
    return reverse("documents:page", args=[document.code])


SOURCES = (Source(Document, _("公文"), queries.visible, read, href),)
