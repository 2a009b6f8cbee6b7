"""The marked-up draft as templates take it: each stretch with the hands that wrote and struck it (留痕)."""

from dataclasses import dataclass

from zhengtong.office.documents.rules import attachments, body
from zhengtong.office.documents.rules import traces as rules

COLOURS = 8  # frontend/styles/traces.css has as many; the number beside the colour tells all hands apart


@dataclass(frozen=True, slots=True)
class Hand:
    """The number and the colour of one hand."""

    number: int

    @property
    def colour(self) -> int:
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch with the numbers of the hands that wrote and struck it; 0 where nobody did."""

    text: str
    put: int
    cut: int

    @property
    def put_colour(self) -> int:
        return Hand(self.put).colour

    @property
    def cut_colour(self) -> int:
        return Hand(self.cut).colour


def hands_of(history: list[rules.Step]) -> dict[str, int]:
    return {hand: number for number, hand in enumerate(rules.hands(history), start=1)}


def lines_of(draft: rules.Draft, hands: dict[str, int]) -> list[dict[str, object]]:
    """The title and every block, each stretch with its hands."""
    found = []
    for block in (draft.title, *draft.blocks):
        pieces = [
            Shown(attachments.stretch(block.key, p.text), hands[p.put.hand] if p.put else 0, hands[p.cut.hand] if p.cut else 0)
            for p in block.pieces
        ]
        level: object = 0 if block is draft.title else body.nature("".join(p.text for p in block.pieces if not p.cut or block.cut))[1]
        level = "attachment" if attachments.kind(block.key) == "attachment" else level
        found.append({"level": "title" if block is draft.title else level, "pieces": pieces})
    return found
