"""政务外网, with the supervision rooms in its process by default."""

from .base import *  # noqa: F403
from .base import network
from .rooms import BUSINESS, OVERSIGHT

CLASSIFIED = False
globals().update(network("business", *BUSINESS, *OVERSIGHT))
