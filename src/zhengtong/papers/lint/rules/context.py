"""Facts that no file tells: the directory, the state of the work, seals, consent. Each is None until somebody gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date as Day


# fmt: off
@dataclass(frozen=True, slots=True)
class Context:
    """What is known besides the paper itself. Names are names of organs as the paper writes them."""

    # the paper
    kind: str | None = None                                   # code of the type, where the title does not show it
    format: str | None = None                                 # general, letter, order, minutes
    telegram: bool | None = None
    important: bool | None = None
    comprehensive: bool | None = None                         # 综合性文件; False: a special or single task
    publication: str | None = None                            # proactive, on_request, none; "" means not chosen
    publication_reason: str | None = None
    channel: str | None = None                                # open, classified: the way it is sent
    secrecies: tuple[str, ...] | None = None                  # levels of attachments, cited sources, compiled parts
    attachments: tuple[str, ...] | None = None                # names of the files attached
    answers: tuple[str, ...] | None = None                    # numbers of the papers that it answers
    forwards: str | None = None                               # text of a subordinate's request that it passes on
    deadline: str | None = None                               # by when the receiver handles it; "" means none
    plan_no: str | None = None                                # number in the year's plan of documents; "" means none
    issued: tuple[int, int] | None = None                     # documents issued this year and last year
    # the directory
    issuer_kind: str | None = None                            # government, party, office, department, township, unit
    letters: tuple[str, ...] | None = None                    # 机关代字 registered to the issuer
    used_numbers: tuple[str, ...] | None = None               # numbers already given
    relations: Mapping[str, str] | None = None                # organ → up, down, peer, guidance, vertical, none
    skipped: Mapping[str, tuple[str, ...]] | None = None      # recipient → the organs that are passed over
    superiors: tuple[str, ...] | None = None                  # all organs that lead the issuer, where it is led twice
    organs: tuple[str, ...] | None = None                     # full, short and collective names in the directory
    former: Mapping[str, str] | None = None                   # name that is no more → its successor
    repealed: Mapping[str, str] | None = None                 # title or number no longer in force → what replaced it
    # the work
    state: str | None = None                                  # draft, review, signed, rechecked, registered, issued
    signer_rank: str | None = None                            # principal, deputy
    signings: tuple[Mapping[str, str], ...] | None = None     # opinion, name, date (2026-05-06), organ
    adopted_on: Day | None = None                             # day on which a meeting adopted it
    consulted: Mapping[str, str] | None = None                # organ → agree, disagree, settled
    consent: bool | None = None                               # the government agreed to what the department sends
    seals: tuple[str, ...] | None = None                      # owners of the seals set on it
    stamp: bool | None = None                                 # the signer's stamp is set
    sealed_in: str | None = None                              # the state in which it was sealed
    signed_text: str | None = None                            # the text as it was signed
    reviewed_again: bool | None = None                        # the same signer saw the change
    returned: tuple[str, ...] | None = None                   # reasons of the returns
    # the page
    seal_on_text: bool | None = None                          # the seal presses name and date
    first_page_text: bool | None = None                       # page 1 shows text
    imprint_last: bool | None = None                          # the imprint stands on the last page
    attachment_new_page: bool | None = None


NAMES = frozenset(f.name for f in fields(Context))
# fmt: on


def from_json(given: Mapping[str, object]) -> Context:
    """Facts as `--facts FILE` has them; an unknown name is a mistake that is said."""
    unknown = sorted(set(given) - NAMES)
    if unknown:
        raise ValueError(", ".join(unknown))
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    if isinstance(values.get("adopted_on"), str):
        values["adopted_on"] = Day.fromisoformat(str(values["adopted_on"]))
    return Context(**values)  # type: ignore[arg-type]
