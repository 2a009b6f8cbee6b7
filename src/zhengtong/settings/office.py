"""政务内网, profile 党政网: not classified; every 密级 is refused by the database (design §3b.1)."""

from .base import *  # noqa: F403
from .base import network
from .rooms import OFFICE

CLASSIFIED = False
globals().update(network("office", *OFFICE))
