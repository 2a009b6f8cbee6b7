"""Documents and what can never be untrue of them: `document` itself, its `attachment`s, its co-`issuer`s, its `traces`, the writing `desk`, `handling`, `clearance`."""

from .attachment import Attachment, Enclosure
from .clearance import Clearance
from .desk import Group, Original, Phrase, Scan, Sitting
from .document import Document, Reader, Recipient, here
from .handling import Consultation, Handwriting, Release
from .issuer import Issuer
from .traces import Revision, Step

__all__ = [
    "Attachment",
    "Clearance",
    "Consultation",
    "Document",
    "Enclosure",
    "Group",
    "Handwriting",
    "Issuer",
    "Original",
    "Phrase",
    "Reader",
    "Recipient",
    "Release",
    "Revision",
    "Scan",
    "Sitting",
    "Step",
    "here",
]
