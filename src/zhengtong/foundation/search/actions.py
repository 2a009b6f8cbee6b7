"""The index follows the log: whatever a verb was done to is indexed anew in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import models, transaction

from zhengtong.foundation.prepared import Prepared

from . import rules
from .models import Row
from .sources import Source, sources

BATCH = 500
READ: Prepared[tuple[int, str, str, date]] = Prepared(
    lambda kind, keys: Row.objects.filter(kind=kind, key__in=keys).order_by().values_list("key", "title", "text", "on")
)


def refresh(targets: Iterable[models.Model]) -> None:
    """Index these papers as they stand now; what is no paper of a source is passed over."""
    by_kind: dict[str, list[models.Model]] = {}
    for target in dict.fromkeys(target for target in targets if target.pk):  # what was deleted has none
        by_kind.setdefault(target._meta.label_lower, []).append(target)
    for kind, papers in by_kind.items():
        if source := sources().get(kind):
            _refresh(source, papers)


def _refresh(source: Source, papers: Sequence[models.Model]) -> None:
    """Two statements for all of them, and only one when they read as before."""
    read = {key: (title, text, on) for key, title, text, on in READ(source.kind, [paper.pk for paper in papers])}
    reads = {paper.pk: _reads(source, paper) for paper in papers}
    fresh = [_row(source, key, *now) for key, now in reads.items() if read.get(key) != now]
    if not fresh:
        return
    told = ["on", "title", "text", "tokens"]
    Row.objects.bulk_create(fresh, BATCH, update_conflicts=True, unique_fields=["kind", "key"], update_fields=told)


def _reads(source: Source, target: models.Model) -> tuple[str, str, date]:
    """Title and text as they are compared, and the day."""
    paper = source.read(target)
    return rules.plain(paper.title), rules.plain(paper.text), paper.on


def _row(source: Source, key: int, title: str, text: str, on: date) -> Row:
    return Row(kind=source.kind, key=key, on=on, title=title, text=text, tokens=" ".join(rules.tokens(title, text)))


def rebuild() -> Iterator[tuple[str, int, int]]:
    """Make the whole index anew, kind by kind; tells (kind, done, all) as it goes."""
    for source in sources().values():
        with transaction.atomic():
            Row.objects.filter(kind=source.kind).delete()
            count, batch = source.model._default_manager.count(), []
            for done, target in enumerate(source.model._default_manager.order_by("pk").iterator(BATCH), start=1):
                batch.append(_row(source, target.pk, *_reads(source, target)))
                if len(batch) == BATCH or done == count:
                    Row.objects.bulk_create(batch)
                    batch = []
                    yield source.kind, done, count
            Row.objects.bulk_create(batch)
    Row.objects.exclude(kind__in=sources()).delete()
