"""Reading with number and code. Without the code nothing here says how an application stands."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from django.conf import settings

from zhengtong.ferry.queries import sent
from zhengtong.foundation import clock, seals
from zhengtong.foundation.refusal import Objection
from zhengtong.portal.pages import queries as pages

from . import rules
from .models import Attempt, Desk, Further, Submission

Told = Mapping[str, object]


def once(token: str) -> str:
    """The digest by which an opened form is known again."""
    return seals.sm3(f"form {token}".encode())


def guide(code: str) -> pages.Row | None:
    """The guide that a form is made of: a service item of the release, or an organ's desk for information."""
    return pages.item(code) or Desk.objects.filter(code=code).values_list("guide", flat=True).first()


def desks() -> list[pages.Row]:
    """The organs that take requests for information."""
    return list(Desk.objects.filter(code__startswith=rules.INFORMATION).values_list("guide", flat=True))


def mailbox() -> str | None:
    """The code of the mailbox's form, once the business network has told it."""
    return Desk.objects.filter(code__startswith=rules.LETTER).values_list("code", flat=True).first()


def receipt(token: str) -> str | None:
    """The receipt number of a form that was handed in."""
    return Submission.objects.filter(once=once(token)).values_list("number", flat=True).first()


def code_hash(code: str, salt: bytes) -> str:
    """The slow salted hash that proves a code."""
    return seals.key_from(code, b"proof" + salt).hex()


def status_key(number: str, code: str) -> bytes:
    """The key to which the business network encrypts the status: from the code, so that only its holder has it."""
    return seals.key_from(code, b"status" + number.encode())


def submission(number: str, code: str) -> Submission | None:
    """The application, when number and code belong together; an unknown number takes as long as a wrong code."""
    found = Submission.objects.filter(number=number).first()
    salt = bytes.fromhex(found.salt) if found else b"\0" * 16
    right = hmac.compare_digest(code_hash(code, salt), found.code_hash if found else "-")
    return found if right else None


def status(found: Submission, code: str) -> Told:
    """The status in plain words; before the first answer, where the application is on its way."""
    if found.status:
        plain = seals.decrypt_with(status_key(found.number, code), base64.b64decode(found.status))
        return dict(json.loads(plain))
    package = sent(rules.contract_of(found.item), found.number)
    about = guide(found.item) or {}
    refused = package is not None and package.state == "refused"
    return {
        "state": "sent",
        "refused": package.reason if package and refused else "",
        "item": about.get("name", found.item),
        "organ": about.get("organ", ""),
        "phone": about.get("phone", ""),
        "kind": rules.matter(found.item),
    }


def handed_in(found: Submission, kind: rules.Kind) -> Further | None:
    return Further.objects.filter(submission=found, kind=kind.value).first()


def source(address: str) -> str:
    """A caller's address as a keyed digest."""
    return hmac.new(str(settings.SECRET_KEY).encode(), address.encode(), hashlib.sha256).hexdigest()


def wait(caller: str) -> Objection | None:
    """Why this source must wait."""
    now = clock.real_now()
    return rules.wait_objection(list(Attempt.objects.filter(source=caller, at__gt=now - rules.WAIT).values_list("at", flat=True)), now)
