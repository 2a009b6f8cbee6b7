"""互联网门户: no civil servant, no editor, no administrator."""

from .base import *  # noqa: F403
from .base import network
from .rooms import PORTAL

CLASSIFIED = False
globals().update(network("portal", *PORTAL, people=False))

# The only handler: what is uploaded is sealed as it arrives, nothing is ever spooled (design §3a).
FILE_UPLOAD_HANDLERS = ["zhengtong.portal.counter.uploads.SealingHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 30
