"""互联网门户: no civil servant, no editor, no administrator."""

from .base import *  # noqa: F403
from .base import network
from .rooms import PORTAL

CLASSIFIED = False
globals().update(network("portal", *PORTAL, people=False))
