"""What comes from the portal: requests for information and their completions."""

from collections.abc import Mapping
from pathlib import Path

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import actions
from .models import Request


def information_request(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """A sealed request, opened by the ferry with this network's key."""
    if not payload.get("completes"):
        actions.receive(payload, files)
        return
    found = Request.objects.filter(receipt=str(payload["receipt"])).values_list("number", flat=True).first()
    if found is None:
        raise Refused(_("没有回执号为%(number)s的办件"), number=str(payload["receipt"])[:40])
    answers = payload.get("answers")
    words = str(answers.get("supplement") or "") if isinstance(answers, dict) else ""
    actions.complete(found, None, words or "见补正材料", clock.today(), payload, files)
