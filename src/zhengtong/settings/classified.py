"""政务内网, profile 涉密内网: the same rooms, a home, keys and database of its own, and no ferry out (design §3b.3)."""

from .base import *  # noqa: F403
from .base import network
from .rooms import OFFICE

CLASSIFIED = True
globals().update(network("classified", *OFFICE))
