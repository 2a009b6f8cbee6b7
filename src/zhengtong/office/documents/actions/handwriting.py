"""Opinions by hand: the strokes are kept with the line that they were given on, in the same transaction as the step."""

import hashlib
import json
from collections.abc import Callable

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.documents.models import Handwriting
from zhengtong.office.documents.rules import strokes

from .desk import locked


def by_hand(code: str, by: Person, pin: str | None, drawn: str, verb: Callable[[], object]) -> Handwriting:
    """Take a step with a handwritten opinion; `pin` is given where the act is official, and proved first, so that a wrong one counts."""
    try:
        found = strokes.read(drawn)
    except strokes.NoStrokes as no:
        raise Refused(no.objection) from no
    if pin is not None:
        confirm(by.account, pin)
    return _handwrite(code, by, found, verb)


@action
def _handwrite(code: str, by: Person, drawn: list[strokes.Stroke], verb: Callable[[], object]) -> Handwriting:
    document = locked(code)
    mine = list(slips.todo(by).filter(slip__paper=code).values_list("pk", flat=True))
    version, digest = document.version, document.content_digest
    verb()
    line = Line.objects.filter(pk__in=mine, done_by=by).first()
    if line is None:
        raise Refused(_("这一步不能附手写意见"), field="strokes")
    written = Handwriting.objects.create(
        line=line, document=document, by=by, at=clock.now(), version=version, digest=digest, strokes=[[list(p) for p in s] for s in drawn]
    )
    exact = hashlib.new("sm3", json.dumps(written.strokes, separators=(",", ":")).encode()).hexdigest()
    record(by, "documents.handwrite", document, {"strokes": exact, "version": version, "digest": digest}, organ=document.organ.code)
    return written
