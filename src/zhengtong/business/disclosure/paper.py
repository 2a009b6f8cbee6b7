"""A letter as the page that it will be: set by GB/T 9704's letter format, with the organ's seal, signed."""

from zhengtong.foundation import clock, seals
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.keys import network_keys
from zhengtong.papers.sealing import SealGrant
from zhengtong.papers.sealing.pdf import sign
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Form, Paper, Para, Seal

from . import queries
from .models import Desk, Letter, Request
from .rules import letters as rules


def page(letter: Letter, request: Request, desk: Desk) -> bytes:
    """The letter as PDF, not yet signed: what the clerk and the head look at before it goes."""
    lines = rules.body(letter.kind, queries.letter_facts(request, desk), letter.given)
    return press.notice(
        Paper(
            issuer_mark=desk.organ.name,
            title=rules.KINDS[letter.kind].title,
            body=tuple(Para(line) for line in lines),
            number=letter.number,
            recipients=(letter.addressee,),
            signature=desk.organ.name,
            date=clock.today(),
            seal=Seal(desk.organ.name, desk.seal_mark) if letter.number else None,
            form=Form.LETTER,
        ),
        clock.now(),
    ).pdf


def sealed(letter: Letter, request: Request, desk: Desk) -> bytes:
    """The numbered letter with the seal drawn and the file signed by its key; refuses while the organ has none."""
    if not desk.public:
        raise Refused(_("还没有启用政府信息公开专用章，不能发出文书"))
    private = seals.decrypt(network_keys().decryption, bytes(desk.locked))
    return sign(page(letter, request, desk), SealGrant(bytes(desk.seal), bytes(desk.certificate)), private, clock.now())
