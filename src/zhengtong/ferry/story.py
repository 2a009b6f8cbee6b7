"""The ferry's own step of the stories: one turn of its process, in the child that plays its network."""

from .actions import turn


def take_turn(values: dict[str, object]) -> dict[str, object]:
    """Take in what arrived and pack what is to go; the acts that did so have left their own entries."""
    taken, packed = turn()
    return {"quiet": True, "taken": taken, "packed": packed}


STEPS = {"turn": take_turn}
