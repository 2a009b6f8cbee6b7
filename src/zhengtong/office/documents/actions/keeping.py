"""Keeping a version: the revision, and the steps that lead to it from the one before (留痕)."""

from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person
from zhengtong.office.documents.models import Document, Revision, Step
from zhengtong.office.documents.rules import body, traces


def sheet_of(document: Document) -> traces.Sheet:
    """The document as it stands in the tables; nothing before its first version."""
    return traces.sheet(document.content(), document.blocks) if document.version else traces.Sheet()


def keep_version(document: Document, before: traces.Sheet, by: Person, hand: str = "", at: datetime | None = None) -> bool:
    """Count the version up and keep what changed since `before`; False where nothing did.

    `hand` and `at` name another hand and time than `by` and now: the tracked changes of a file that somebody brought in.
    """
    exact = dict(document.content())
    digest = body.digest(exact)
    if digest == document.content_digest:
        return False
    now = clock.now()
    document.content_digest, document.version, document.changed_at = digest, document.version + 1, now
    Revision.objects.create(document=document, version=document.version, state=document.state, by=by, at=now, content=exact, digest=digest)
    last = document.steps.order_by("seq").last()
    seq, previous = (last.seq, last.digest) if last else (0, "")
    made = []
    for op in traces.steps(before, traces.sheet(exact, document.blocks)):
        step = traces.Step(op, hand or by.name, at or now, document.version)
        seq, previous = seq + 1, traces.link(previous, step, by.code)
        made.append(Step(document=document, seq=seq, version=step.version, by=by, hand=step.hand, at=step.at, op=dict(op), digest=previous))
    Step.objects.bulk_create(made)
    return True


def trace_head(document: Document) -> str:
    """The digest of the last step; it goes into the audit entry of the act, and with it into the chain."""
    last = document.steps.order_by("seq").last()
    return last.digest if last else ""
