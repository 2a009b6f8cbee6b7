"""What writer and reader agree on: the names of BPMN and our own, and what a file holds."""

from dataclasses import dataclass

from zhengtong.foundation.slips.rules.patterns import Entry

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:zhengtong:slips:1"
MOST_BYTES = 1_000_000
MOST_NODES = 400


def bpmn(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def ours(name: str) -> str:
    return f"{{{OURS}}}{name}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A template in a file: whose it is, its kind and version, the note of that version, its rows, and who each row's lane names."""

    kind: str
    name: str
    organ: str
    organ_name: str
    version: int
    note: str
    entries: tuple[Entry, ...]
    lanes: tuple[str, ...] = ()
