"""The archive of the small county, with its readers and its reviewers."""

from tests.office.archive.conftest import fonds, prefile, receive, sheets
from tests.office.custody import classified, filed, filed_elsewhere, people

__all__ = ["classified", "filed", "filed_elsewhere", "fonds", "people", "prefile", "receive", "sheets"]
