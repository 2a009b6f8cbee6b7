"""Story 2 under supervision: the board shows red, and the supervisor confirms the card that the machine proposed."""

from collections.abc import Callable

from zhengtong.ferry.actions import turn
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.clock.rules import State
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused

from . import actions, queries, rules
from .models import Card

Values = dict[str, object]


def supervise(values: Values) -> Values:
    """What nobody touched stands on the page in red; the supervisor sends the red card."""
    turn()  # the ferry's: what the networks reported comes in
    actions.propose_cards()  # the worker's turn
    number = str(values["second"])
    row = next((row for row in queries.board() if row.subject == number), None)
    if row is None or row.reading.state is not State.RED:
        raise Refused("监督页上没有显示红牌")
    by = Person.objects.get(code=next(row["person"] for row in samples() if "supervisor" in row["roles"].split()))
    card = Card.objects.get(subject=number, colour=rules.Colour.RED.value)
    actions.confirm(card.pk, by)
    return {"actor": by.code, "verb": "timelimits.confirm", "paper": number}


STEPS: dict[str, Callable[[Values], Values]] = {"supervise": supervise}
