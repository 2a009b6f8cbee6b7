"""Supervision as a process of its own, where a county wants it apart from the business network."""

from .base import *  # noqa: F403
from .base import network
from .rooms import OVERSIGHT

CLASSIFIED = False
globals().update(network("oversight", *OVERSIGHT))
