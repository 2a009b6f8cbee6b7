"""Reading stored content."""

import hashlib
from typing import BinaryIO

from .actions import place
from .models import File


def read(sm3: str) -> bytes:
    """The whole content."""
    return place(sm3).read_bytes()


def open_stored(sm3: str) -> BinaryIO:
    """The content as an open binary file."""
    return place(sm3).open("rb")


def is_whole(file: File) -> bool:
    """Whether the stored bytes still give the digest."""
    path = place(file.sm3)
    return path.exists() and hashlib.new("sm3", path.read_bytes()).hexdigest() == file.sm3
