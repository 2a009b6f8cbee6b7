"""Which documents bear the numbers of an organ and a year, for those who must account for every number."""

from dataclasses import dataclass

from zhengtong.foundation.orgs.models import Organ
from zhengtong.office.documents.models import Document


@dataclass(frozen=True, slots=True)
class Numbered:
    """A registered document; of a classified one not even the title."""

    code: str
    number: str
    title: str
    state: str


def numbered(organ: Organ, year: int) -> dict[tuple[str, int], Numbered]:
    """By series and serial."""
    found = Document.objects.filter(organ=organ, number_year=year).exclude(number="")
    return {
        (one.number_code, one.number_serial or 0): Numbered(
            one.code, one.number, "" if one.secrecy else one.title, str(one.get_state_display())
        )
        for one in found
    }
