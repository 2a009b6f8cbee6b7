"""What the applicant reads on the portal: the state in plain words and the letters to him, opened by his query code alone."""

import base64
import json

from django.utils.translation import gettext, override

from zhengtong.ferry.actions import send
from zhengtong.foundation import clock, seals
from zhengtong.foundation.files.queries import read

from . import queries
from .models import Letter, Request
from .rules import answers, letters, steps

ROOM = 4 * 1024 * 1024  # bytes of letters and papers in one status; what is bigger is fetched or posted


def words(request: Request) -> dict[str, object]:
    """The status as the applicant reads it; names the organ, never a clerk."""
    state = steps.State(request.state)
    row = answers.ANSWERS.get(request.answer)
    completing = state is steps.State.COMPLETING
    reading = queries.clocks([request]).get(request.number)
    notice = request.letters.filter(kind="completion", state=Letter.ISSUED).last()
    with override("zh-hans"):
        return {
            "kind": "information",
            "case_number": request.number,
            "item": f"向{request.organ.name}申请公开政府信息",
            "organ": request.organ.name,
            "state": state.value,
            "label": gettext(steps.STATES[state]) + (f"：{gettext(row.label)}" if row else ""),
            "words": gettext(steps.PLAIN[state]),
            "notice": str(notice.given.get("text", "")) if completing and notice else "",
            "reason": request.reason if state is steps.State.CLOSED else "",
            "remedy": remedy(request) if row else "",
            "due": reading.due.isoformat() if reading else "",
            "result": "",
            "holders": [],
            "handed_in_at": clock_text(request),
            "received_at": request.entered_at.astimezone(clock.ZONE).isoformat(timespec="minutes"),
            "decided_at": request.answered_on.isoformat() if request.answered_on else "",
            "closed_at": request.closed_on.isoformat() if request.closed_on else "",
            "at": clock.now().isoformat(timespec="minutes"),
            "may_rate": False,
            "may_complete": completing,
            "papers": papers(request),
        }


def clock_text(request: Request) -> str:
    return request.came_on.isoformat()


def remedy(request: Request) -> str:
    """The sentence about review and lawsuit that stands in the letter as well."""
    desk = queries.desk_of(request.organ)
    return answers.remedy(request.answer, desk.review, desk.court) if desk else ""


def papers(request: Request) -> list[dict[str, str]]:
    """The letters to the applicant, and with an answer what is given to him, as far as there is room."""
    issued = request.letters.filter(state=Letter.ISSUED).select_related("file")
    own = [letter for letter in issued if not letters.KINDS[letter.kind].other and letter.file]
    found = [(f"{letter.get_kind_display()}.pdf", letter.file) for letter in own]
    if request.answered_on:
        found += [(paper.name, paper.file) for paper in request.attachments.filter(kind="given").select_related("file")]
    told, room = [], ROOM
    for name, file in found:
        if file.size <= room:
            room -= file.size
            told.append({"name": name, "data": base64.b64encode(read(file.sm3)).decode()})
    return told


def tell(request: Request) -> None:
    """Queue the present status for the portal, in the caller's transaction; who came another way is told by letter."""
    if not request.receipt:
        return
    plain = json.dumps(words(request), ensure_ascii=False).encode()
    sealed = seals.encrypt_with(bytes.fromhex(request.status_key), plain)
    payload = {"receipt": request.receipt, "status": base64.b64encode(sealed).decode()}
    send("case_status", payload, {}, by=None, key=f"{request.number}/{request.version}/{request.state}/{clock.now().timestamp()}")
