"""The verbs of the counter: hand in, complete, rate, tell the status. What is handed in leaves sealed by the ferry."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError

from zhengtong.ferry.actions import send
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.forms.rules import check, fields_of, materials_of, missing_materials
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, rules, uploads
from .models import Attempt, Desk, Further, Submission

Guide = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident takes home; the code is shown now and never again."""

    number: str
    code: str


def submit(guide: Guide, answers: Mapping[str, str], papers: Sequence[uploads.Kept], consent: bool, token: str) -> Receipt:
    """Hand in an application. The same form twice is one application with one receipt."""
    again = queries.receipt(token)
    if again is None:
        try:
            _submit(guide, answers, papers, consent, token)
        except IntegrityError:  # the second press of the button came in between
            if queries.receipt(token) is None:
                raise
    for paper in papers:
        paper.drop()
    number = again or queries.receipt(token) or ""
    return Receipt(number, rules.code_of(str(settings.SECRET_KEY), token))


@action
def _submit(guide: Guide, answers: Mapping[str, str], papers: Sequence[uploads.Kept], consent: bool, token: str) -> Submission:
    if not consent:
        raise Refused(_("请阅读并同意个人信息的使用说明"), field="consent")
    kept = _checked(guide, answers, papers)
    now, code = clock.now(), rules.code_of(str(settings.SECRET_KEY), token)
    number = rules.receipt_number(clock.today(), take("counter", "portal", clock.today().year))
    salt = secrets.token_bytes(16)
    submission = Submission.objects.create(
        number=number,
        item=str(guide["code"]),
        salt=salt.hex(),
        code_hash=queries.code_hash(code, salt),
        once=queries.once(token),
        handed_in_at=now,
    )
    payload = {
        "item": submission.item,
        "receipt": number,
        "handed_in_at": now.isoformat(),
        "status_key": queries.status_key(number, code).hex(),
        "answers": kept,
        "attachments": {paper.material: paper.name for paper in papers},
    }
    send(rules.contract_of(submission.item), payload, _files(papers), by=_resident(number), key=number)
    record(_resident(number), "counter.submit", submission, {"item": submission.item, "papers": len(papers), "consent": True})
    return submission


def _checked(guide: Guide, answers: Mapping[str, str], papers: Sequence[uploads.Kept]) -> dict[str, str]:
    kept, objections = check(fields_of(guide["fields"]), answers, clock.today())  # type: ignore[arg-type]
    objections += missing_materials(materials_of(guide["materials"]), [p.material for p in papers])  # type: ignore[arg-type]
    if objections:
        raise Refused(objections[0])
    return kept


@action
def complete(number: str, code: str, papers: Sequence[uploads.Kept], answers: Mapping[str, str] | None = None) -> Further:
    """补正: the papers or words that were asked for. The code's own key goes along, so that only its holder can complete."""
    submission = Submission.objects.select_for_update().get(number=number)
    told = queries.status(submission, code)
    if not told.get("may_complete"):
        raise Refused(_("这个申请现在不需要补正"))
    if not papers and not answers:
        raise Refused(_("请至少上传一份要补的材料"))
    further, new = Further.objects.get_or_create(
        submission=submission, kind=rules.Kind.COMPLETION.value, defaults={"handed_in_at": clock.now()}
    )
    if not new:
        raise Refused(_("补正材料已经提交过，请等待窗口核对"))
    payload = {
        "item": submission.item,
        "receipt": number,
        "handed_in_at": further.handed_in_at.isoformat(),
        "status_key": queries.status_key(number, code).hex(),
        "answers": dict(answers or {}),
        "attachments": {paper.material: paper.name for paper in papers},
        "completes": True,
    }
    send(rules.contract_of(submission.item), payload, _files(papers), by=_resident(number), key=f"{number}/completion")
    record(_resident(number), "counter.complete", submission, {"papers": len(papers)})
    return further


@action
def rate(number: str, code: str, stars: int, words: str) -> Further:
    """好差评: once for each application, after its end."""
    submission = Submission.objects.select_for_update().get(number=number)
    if not queries.status(submission, code).get("may_rate"):
        raise Refused(_("办结后才能评价"))
    if stars not in rules.RATINGS:
        raise Refused(_("请选择一个评价等级"), field="stars")
    further, new = Further.objects.get_or_create(
        submission=submission, kind=rules.Kind.RATING.value, defaults={"handed_in_at": clock.now()}
    )
    if not new:
        raise Refused(_("这件事已经评价过，谢谢"))
    payload = {"receipt": number, "stars": stars, "words": words.strip()[:500], "at": further.handed_in_at.isoformat()}
    send("rating", payload, {}, by=_resident(number), key=number)
    record(_resident(number), "counter.rate", submission)
    return further


@action
def tell(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """Keep the status that the business network sends; it opens with the resident's code only."""
    submission = Submission.objects.select_for_update().filter(number=str(payload["receipt"])).first()
    if submission is None:
        raise Refused(_("没有这个回执号：%(number)s"), number=str(payload["receipt"])[:40])
    submission.status, submission.status_at = str(payload["status"]), clock.now()
    submission.save(update_fields=["status", "status_at"])
    record(Actor(ActorKind.NETWORK, "business", "business"), "counter.tell", submission)


@action
def take_desks(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """Keep which organs take requests for information; the newest list is the whole list."""
    rows = payload["desks"]
    assert isinstance(rows, list)
    codes = [str(row["code"]) for row in rows]
    Desk.objects.filter(code__startswith=rules.INFORMATION).exclude(code__in=codes).delete()
    for row in rows:
        Desk.objects.update_or_create(code=str(row["code"]), defaults={"guide": row})
    record(Actor(ActorKind.NETWORK, "business", "business"), "counter.take_desks", "counter", {"desks": codes})


@action
def take_mailbox(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """Keep the mailbox's form, as the business network asks it."""
    guide = payload["guide"]
    if not isinstance(guide, dict) or not str(guide.get("code", "")).startswith(rules.LETTER):
        raise Refused(_("这不是信箱的表单"))
    Desk.objects.filter(code__startswith=rules.LETTER).exclude(code=guide["code"]).delete()
    Desk.objects.update_or_create(code=guide["code"], defaults={"guide": guide})
    record(Actor(ActorKind.NETWORK, "business", "business"), "counter.take_mailbox", "counter", {"code": guide["code"]})


@action
def note_wrong_code(source: str) -> None:
    """Count a wrong code against its source, real time."""
    Attempt.objects.create(source=source, at=clock.real_now())
    record(None, "counter.wrong_code", "counter")


@action
def _forget_attempts() -> int:
    old = Attempt.objects.filter(at__lt=clock.real_now() - timedelta(days=1))
    count = old.count()
    if count:
        old.delete()
        record(None, "counter.forget", "counter", {"attempts": count})
    return count


def forget() -> int:
    """Forget old attempts and uploads whose form never came. Safe to repeat."""
    return _forget_attempts() + uploads.sweep()


def _files(papers: Sequence[uploads.Kept]) -> dict[str, Path | bytes]:
    return {paper.material: paper.path for paper in papers}


def _resident(number: str) -> Actor:
    """The resident, by receipt number only."""
    return Actor(ActorKind.RESIDENT, number, "申请人")
