"""One verb, one transaction, one audit entry: the decorator and the recorder that every room uses."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.db import models, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.once import forget, remembering
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.written import add, keep

from . import rules
from .models import Entry, Head

P = ParamSpec("P")
R = TypeVar("R")
LOCKED = Prepared(lambda chain: Head.objects.select_for_update().filter(chain=chain))
BATCH = 200  # entries in one statement


class Person(Protocol):
    """What `record` needs of a person or an account."""

    code: str
    name: str


class _Pending(threading.local):
    """Entries of the actions that are running in this thread, innermost last."""

    def __init__(self) -> None:
        self.stack: list[list[Entry]] = []


_pending = _Pending()
_followers: list[Callable[[list[models.Model]], None]] = []


def follow(told: Callable[[list[models.Model]], None]) -> None:
    """Have `told` called, once in each transaction just before its entries are written, with the rows that verbs were done to."""
    _followers.append(told)


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Make `verb` one transaction with its audit entries.

    Entries are written when the outermost action is about to commit, so that every action locks in one
    order: paper, number, chain. An inner action that fails takes its own entries with it.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _pending.stack:
            return _inner(verb, *args, **kwargs)
        with transaction.atomic(), remembering():
            result, entries = _noting(verb, *args, **kwargs)
            for told in _followers:
                told([entry.about for entry in entries if isinstance(entry.about, models.Model)])
            _append(entries)
        return result

    return run


def _inner(verb: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """An action inside another one: what it did is undone when it fails, and the outer one may go on."""
    try:
        with transaction.atomic():
            result, entries = _noting(verb, *args, **kwargs)
    except BaseException:
        forget()
        raise
    _pending.stack[-1].extend(entries)
    return result


def _noting(verb: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> tuple[R, list[Entry]]:
    """What `verb` gives, and the entries that it noted."""
    entries: list[Entry] = []
    _pending.stack.append(entries)
    try:
        return verb(*args, **kwargs), entries
    finally:
        _pending.stack.pop()


def record(
    by: object | None,
    verb: str,
    target: models.Model | str,
    detail: Mapping[str, object] | None = None,
    organ: str = "",
    at: datetime | None = None,
) -> None:
    """Note that `by` did `verb` to `target`; None stands for the system itself.

    `verb` is "<room>.<verb>". Must be called inside an action; outside one it is an error, since an entry
    without its change, or a change without its entry, must be impossible.
    """
    if not _pending.stack:
        raise RuntimeError(f"record({verb!r}) outside an action")
    actor = actor_of(by)
    entry = Entry(
        chain=organ or actor.organ or "system",
        at=at or clock.now(),
        network=settings.NETWORK,
        actor_kind=actor.kind.value,
        actor_code=actor.code,
        actor_name=actor.name,
        verb=verb,
        target=target if isinstance(target, str) else name_of(target),
        detail=json.loads(json.dumps(detail or {})),  # the form in which it will come back
    )
    entry.about = target
    _pending.stack[-1].append(entry)


def actor_of(by: object | None) -> rules.Actor:
    """The acting party as values: an `Actor`, a person, an account, or None for the system."""
    if by is None:
        return rules.SYSTEM
    if isinstance(by, rules.Actor):
        return by
    person = getattr(by, "person", None) or by
    organ = getattr(person, "organ", None)
    code = getattr(person, "code", "") or getattr(by, "username", "")
    return rules.Actor(rules.ActorKind.PERSON, code, getattr(person, "name", "") or code, getattr(organ, "code", "") or "")


def name_of(target: models.Model) -> str:
    """How an entry names a row: by its number or code, else by table and key."""
    own = getattr(target, "number", "") or getattr(target, "code", "")
    return f"{target._meta.label_lower}:{own or target.pk}"


def _append(entries: list[Entry]) -> None:
    """Write the entries at the ends of their chains, which are locked in order of name."""
    by_chain: dict[str, list[Entry]] = {}
    for entry in entries:
        by_chain.setdefault(entry.chain, []).append(entry)
    for chain in sorted(by_chain):
        head = _locked(chain)
        for entry in by_chain[chain]:
            entry.seq, entry.previous = head.seq + 1, head.hash
            entry.hash = rules.digest(entry.previous, entry.fields())
            head.seq, head.hash = entry.seq, entry.hash
        for batch in range(0, len(by_chain[chain]), BATCH):
            add(by_chain[chain][batch : batch + BATCH])
        keep(head, "seq", "hash")


def _locked(chain: str) -> Head:
    """The end of the chain, made when there is none, and locked."""
    while (head := LOCKED.first(chain)) is None:
        Head.objects.get_or_create(chain=chain)
    return head
