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
    """The answers of the action that is running in this thread; none outside one."""

    answers: dict[Hashable, object] | None = None


_known = _Known()


@contextmanager
def remembering() -> Iterator[None]:
    """Keep the answers from here to the end; a block inside another one starts without the other's answers."""
    before, _known.answers = _known.answers, {}
    try:
        yield
    finally:
        _known.answers = before


def once(question: Hashable, ask: Callable[[], A]) -> A:
    """The answer to `question`, from `ask` when it has not been asked yet."""
    if _known.answers is None:
        return ask()
    if question not in _known.answers:
        _known.answers[question] = ask()
    return _known.answers[question]  # type: ignore[return-value]  # what `ask` gave


def forget() -> None:
    """What has been answered may hold no more."""
    if _known.answers is not None:
        _known.answers.clear()
