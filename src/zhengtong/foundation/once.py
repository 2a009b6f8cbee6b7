"""What is asked once while an action runs: a person's posts and roles don't change under the action that asks for them.

The answers live as long as the outermost action and no longer, in its own thread. The few verbs that change what is asked
here say `forget()`; so does an action that fails, whose changes are gone.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar

A = TypeVar("A")


class _Known(threading.local):
    """The answers of what is running in this thread, innermost last; none outside."""

    def __init__(self) -> None:
        self.answers: list[dict[Hashable, object]] = []


_known = _Known()


@contextmanager
def remembering() -> Iterator[None]:
    """Keep the answers from here to the end; a block inside another one asks for itself."""
    _known.answers.append({})
    try:
        yield
    finally:
        _known.answers.pop()


def once(question: Hashable, ask: Callable[[], A]) -> A:
    """The answer to `question`, from `ask` when it has not been asked yet."""
    if not _known.answers:
        return ask()
    answers = _known.answers[-1]
    if question not in answers:
        answers[question] = ask()
    return answers[question]  # type: ignore[return-value]  # what `ask` gave


def forget() -> None:
    """What has been answered may hold no more, here and around."""
    for answers in _known.answers:
        answers.clear()
