"""The index follows the log: whatever a verb was done to is indexed anew in the same transaction."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction

from . import rules
from .models import Row
from .sources import Source, sources

BATCH = 500


def refresh(targets: Iterable[models.Model]) -> None:
    """Index these papers as they stand now; what is no paper of a source is passed over."""
    for target in dict.fromkeys(target for target in targets if target.pk):  # what was deleted has none
        if source := sources().get(target._meta.label_lower):
            _refresh(source, target)


def _refresh(source: Source, target: models.Model) -> None:
    fresh = _row(source, target)
    old = Row.objects.filter(kind=fresh.kind, key=fresh.key).values_list("pk", "title", "text", "on").first()
    if old and old[1:] == (fresh.title, fresh.text, fresh.on):
        return
    fresh.pk = old[0] if old else None
    fresh.save(force_insert=not old, force_update=bool(old))


def _row(source: Source, target: models.Model) -> Row:
    paper = source.read(target)
    title, text = rules.plain(paper.title), rules.plain(paper.text)
    return Row(kind=source.kind, key=target.pk, on=paper.on, title=title, text=text, tokens=" ".join(rules.tokens(title, text)))


def rebuild() -> Iterator[tuple[str, int, int]]:
    """Make the whole index anew, kind by kind; tells (kind, done, all) as it goes."""
    for source in sources().values():
        with transaction.atomic():
            Row.objects.filter(kind=source.kind).delete()
            count, batch = source.model._default_manager.count(), []
            for done, target in enumerate(source.model._default_manager.order_by("pk").iterator(BATCH), start=1):
                batch.append(_row(source, target))
                if len(batch) == BATCH or done == count:
                    Row.objects.bulk_create(batch)
                    batch = []
                    yield source.kind, done, count
            Row.objects.bulk_create(batch)
    Row.objects.exclude(kind__in=sources()).delete()
