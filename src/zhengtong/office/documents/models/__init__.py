"""What is stored, with what can never be untrue of it.

`document` itself, its co-`issuer`s, `attachment`s and `traces`, the writing `desk`, what its `handling` leaves, `clearance`.
"""

from .attachment import Attachment, Enclosure
from .clearance import Clearance
from .desk import Group, Original, Phrase, Scan, Sitting
from .document import Document, Reader, Recipient, here
from .handling import Consultation, Handwriting, Release, Reservation
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
    "Reservation",
    "Revision",
    "Scan",
    "Sitting",
    "Step",
    "here",
]
