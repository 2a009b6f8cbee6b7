"""What every verb of a letter does alike: lock, ask who may, ask the rules, save, tell the writer."""

from zhengtong.foundation import clock
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.clock.models import Running
from zhengtong.foundation.orgs.models import Organ, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, rules, status
from .models import Letter

TITLES = {"letter": "群众来信", "petition": "信访事项"}


def taken(number: str, verb: str, by: Person, version: int | None = None) -> Letter:
    """The letter under lock, if the person may see it, has the step's role and the rules allow the step now."""
    locked = Letter.objects.select_for_update(of=("self",)).filter(number=number).first()
    if locked is None or not queries.visible(by).filter(pk=locked.pk).exists():
        raise Refused(_("没有编号为%(number)s的来信"), number=number[:40])
    if rules.role_of(verb, locked.kind) not in queries.roles_for(by, locked):
        raise Refused(_("这一步不由您办理"))
    if version is not None and version != locked.version:
        raise Refused(_("别人刚刚办理了这封信，请看过最新情况再办；您写的内容还在"))
    if no := rules.objection(verb, locked.facts):
        raise Refused(no)
    return locked


def save(letter: Letter, *fields: str) -> None:
    """Write the fields, and tell the writer who wrote on the portal."""
    letter.version += 1
    letter.save(update_fields=[*fields, "version"])
    status.tell(letter)


def words(text: str, field: str, no: str = _("请写明理由")) -> str:
    """What was written, or the refusal at its field."""
    if not text.strip():
        raise Refused(no, field=field)
    return text.strip()


def center(by: Person) -> str:
    """The organ that answers for a clock before the letter is with anybody: the one whose center takes it in."""
    return by.organ.code if by.organ else ""


def start(letter: Letter, limit: str, organ: str, at: object = None, promised: int | None = None) -> None:
    """Start a clock that does not run yet."""
    if limit and not Running.objects.filter(subject=letter.number, limit=limit).exists():
        title = TITLES[limit.partition(".")[0]]
        clocks.start(letter.number, limit, promised=promised, title=title, organ=organ, at=at or clock.now())  # type: ignore[arg-type]


def finish(letter: Letter, limit: str, why: str) -> None:
    if Running.objects.filter(subject=letter.number, limit=limit).exists():
        clocks.finish(letter.number, limit, why)


def finish_all(letter: Letter, why: str) -> None:
    for limit in list(Running.objects.filter(subject=letter.number).values_list("limit", flat=True)):
        clocks.finish(letter.number, limit, why)


def writer(letter: Letter) -> Actor:
    """The writer by receipt number only: no name in the log."""
    return Actor(ActorKind.RESIDENT, letter.receipt or letter.number, "来信人")


def link(letter: Letter) -> str:
    return f"/letters/{letter.number}/"


def accuse(letter: Letter) -> None:
    """Whom the writer names in a complaint or report is shut out from the first moment; who works there with him too."""
    letter.accused_organs.clear()
    letter.accused_people.clear()
    if letter.kind not in ("", rules.Kind.COMPLAINT, rules.Kind.REPORT) or not letter.about:
        return
    organs = ((pk, (name, short)) for pk, name, short in Organ.objects.values_list("pk", "name", "short_name"))
    people = ((pk, (name,)) for pk, name in Person.objects.values_list("pk", "name"))
    found, accused = rules.named(letter.about, organs), rules.named(letter.about, people)
    letter.accused_people.set(accused)
    letter.accused_organs.set(found | set(Post.objects.filter(holdings__person__in=accused).values_list("organ", flat=True)))
