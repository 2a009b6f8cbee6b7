"""Plants the seals of the demo county: every organ that issues documents has its statutory seal in use."""

from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.orgs import queries as orgs

from . import actions, queries, rules
from .models import Stamp


@action
def plant() -> str:
    """Seals for the organs whose keeper has a sample account; once."""
    if Stamp.objects.exists():
        return "seals are there"
    count = 0
    for organ in [*orgs.leading(), *orgs.departments(), *orgs.townships()]:
        keeper = next(iter(queries.keepers_of(organ)), None)
        if keeper is None:
            continue
        made = actions.apply(organ, rules.Kind.STATUTORY.value, organ.name, "按规定配备法定名称章", None)
        for verb in ("make", "file"):
            actions.advance(verb, made.code, None)
        actions.advance("activate", made.code, keeper)
        count += 1
    return f"{count} seals"
