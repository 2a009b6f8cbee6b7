"""The verbs of supervision."""

from collections.abc import Mapping
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, rules
from .models import Card, Reported


@action
def report(network: str, event: Mapping[str, object]) -> Reported:
    """Take in one clock event that a network reported; refuses what is none."""
    if (no := rules.event_objection(event)) is not None:
        raise Refused(no)
    reported = Reported.objects.create(
        network=network,
        subject=str(event["subject"]),
        limit=str(event["limit"]),
        kind=str(event["kind"]),
        at=datetime.fromisoformat(str(event["at"])),
        reason=str(event.get("reason") or ""),
        promised=int(str(event["promised"])) if event.get("promised") is not None else None,
        title=str(event.get("title") or ""),
        organ=str(event.get("organ") or ""),
        came_at=clock.now(),
    )
    record(
        Actor(ActorKind.NETWORK, network, network), "timelimits.report", reported.subject, {"limit": reported.limit, "kind": reported.kind}
    )
    return reported


@action
def propose_cards() -> int:
    """Propose the card that each clock calls for today; the number of new ones. Safe to repeat."""
    new = 0
    for row in queries.board():
        colour = rules.card(row.reading)
        if colour is None:
            continue
        _card, created = Card.objects.get_or_create(
            subject=row.subject,
            limit=row.limit,
            colour=colour.value,
            due=row.reading.due,
            defaults={"title": row.title, "organ": row.organ, "proposed_on": clock.today()},
        )
        if created:
            new += 1
            record(
                None, "timelimits.propose_card", row.subject, {"colour": colour.value, "due": row.reading.due.isoformat()}, organ=row.organ
            )
    return new


@action
def confirm(card_id: int, by: Person) -> Card:
    """发牌: the card goes to the responsible organ."""
    return _decide("confirm", card_id, by, "")


@action
def dismiss(card_id: int, by: Person, reason: str) -> Card:
    """不予发牌, with the reason (行政执法监督条例第三十条: objections are heard)."""
    return _decide("dismiss", card_id, by, reason)


def _decide(verb: str, card_id: int, by: Person, reason: str) -> Card:
    card = Card.objects.select_for_update().get(pk=card_id)
    step = rules.step(verb, card.state)
    if step is None:
        raise Refused(_("这张牌已有处理结果，可能别人已先办理"))
    if step.reason and not reason.strip():
        raise Refused(_("请写明理由"), field="reason")
    card.state, card.decided_by, card.decided_at, card.reason = step.target.value, by.code, clock.now(), reason.strip()
    card.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    record(by, f"timelimits.{verb}", card.subject, {"colour": card.colour, "reason": card.reason})
    return card
