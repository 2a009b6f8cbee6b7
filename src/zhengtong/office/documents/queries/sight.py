"""Who sees which document, and the lists (design §3b.2, §3b.5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.documents.models import Clearance, Document, Issuer, Reader, Release
from zhengtong.office.documents.rules import secrecy, steps
from zhengtong.office.documents.rules.since import News

from .attachments import lines
from .several import Box, boxes
from .since import news as news_of
from .since import settled

CLEARED: Prepared[tuple[str]] = Prepared(
    lambda person, today: Clearance.objects.filter(person=person, until__gte=today).values_list("level")
)
URGENT = ("top", "urgent", "")
UNSIGNED = [state.value for state in steps.UNSIGNED]


def visible(person: Person) -> QuerySet[Document]:
    """Documents that concern this person: drafted, handled or waiting, or kept in sight as his organ's secretary.

    A joint document concerns its co-issuers from the lead organ's signature on, never its drafts (第十七条; design §3b.5).
    A classified one only within its 知悉范围 and with clearance, not even its title (design §3b.2).
    """
    touched, overseen = slips.concerned(person).values("slip__paper"), _overseen(person)
    joint = Q(pk__in=Issuer.objects.filter(organ__in=overseen).values("document")) & ~Q(state__in=UNSIGNED)
    return known(person).filter(Q(drafter=person) | Q(code__in=touched) | Q(organ__in=overseen) | joint)


def known(person: Person) -> QuerySet[Document]:
    """Documents that this person may know if they concern him; alone only for lists of what does by what they are."""
    held = clearance(person)
    levels = [level for level in secrecy.LEVELS if level and secrecy.cleared(held, level)]
    named = Exists(Reader.objects.filter(document=OuterRef("pk"), person=person))
    seen = Document.objects.filter(Q(secrecy="") | (Q(secrecy__in=levels) & Q(named)) if levels else Q(secrecy=""))
    return seen.select_related("organ", "drafter", "signed_by")


def office_of(organ: Organ) -> Organ:
    """The organ that handles its papers: the government's own office (云政 → 云政办), a department itself."""
    return Organ.objects.filter(parent=organ, letters=f"{organ.letters}办").first() or organ if organ.letters else organ


def _overseen(person: Person) -> list[int]:
    """Organs whose papers this person's secretariat keeps in sight: its own, and the one whose office it is."""
    own = Organ.objects.filter(pk__in=accounts.roles_by_organ(person).get("secretary", ())).select_related("parent")
    served = [o.parent_id for o in own if o.parent and office_of(o.parent).pk == o.pk]
    return [*(o.pk for o in own), *(pk for pk in served if pk)]


def clearance(person: Person) -> str:
    """The highest level that this person may know today, "" for none."""
    held = [level for (level,) in CLEARED(person.pk, clock.today())]
    return max(held, key=lambda level: secrecy.LEVELS[level], default="")


def cleared_people() -> list[Person]:
    """Who may come into question for the 知悉范围: people with a clearance that holds today."""
    held = Clearance.objects.filter(until__gte=clock.today()).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("code"))


def clearances(words: str = "") -> QuerySet[Clearance]:
    """Every 涉密等级 that holds today, the first to end before the others."""
    found = Clearance.objects.filter(until__gte=clock.today()).select_related("person").order_by("until", "person__code")
    return found.filter(Q(person__name__icontains=words) | Q(person__code=words)) if words else found


def for_person(person: Person, code: str) -> Document:
    """The document, if it concerns this person; otherwise it does not exist for him."""
    return visible(person).select_related("unit", "slip", "pdf").get(code=code)


def text_of(code: str) -> str:
    """The text of a document as it stands, its attachments too; for rooms that hold a copy of it. "" when it came from elsewhere."""
    found = Document.objects.filter(code=code).first()
    return "\n".join([found.text, *lines(found)]) if found else ""


def search(person: Person, words: str = "", state: str = "", kind: str = "") -> QuerySet[Document]:
    """My documents that match all given filters, the last changed first."""
    found = visible(person)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(code__icontains=word))
    if state == "running":
        found = found.exclude(state=steps.State.ISSUED.value)
    elif state:
        found = found.filter(state=state)
    found = found.filter(kind=kind) if kind else found
    return found.prefetch_related("issuers__organ")


def in_hand(person: Person, document: Document) -> Line | None:
    """The open line that makes it this person's turn at the document's next step."""
    stage = steps.STAGE_OF.get(steps.State(document.state), "")
    return slips.todo(person).filter(slip=document.slip, stage=stage).first()


def oversees(person: Person, document: Document) -> bool:
    """Whether this person's secretariat keeps the document in sight."""
    return document.organ_id in _overseen(person)


def verbs(person: Person, document: Document) -> list[steps.Step]:
    """What this person may do now; the same table that the actions ask, so no button promises what they refuse."""
    if not in_hand(person, document):
        line = document.slip.lines.filter(stage="draft", state="done").last() if document.slip else None
        can = [s for s in steps.verbs(document.state) if s.verb == "withdraw" and line and line.done_by_id == person.pk]
        return [s for s in can if not slips.unwithdrawable(line)] if line else []
    return [s for s in steps.verbs(document.state) if s.verb != "withdraw"]


def release_of(document: Document) -> Release | None:
    """The attempt to publish that stands, or the last one."""
    return document.releases.select_related("slip", "proposed_by", "reviewed_by", "decided_by").last()


def release_verb(person: Person, document: Document) -> str:
    """Which step of the release is this person's: propose_release, review_release, release or none."""
    running = document.releases.exclude(state=Release.REFUSED).last()
    if running is None:
        may = document.drafter_id == person.pk and document.state == steps.State.ISSUED
        return "propose_release" if may else ""
    line = slips.todo(person).filter(slip=running.slip).first() if running.slip else None
    return line.stage if line else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the to-do list: the open line, the document when it is one, whether I saw it, and what changed since."""

    line: Line
    document: Document | None
    sender: str
    seen: bool
    news: News | None
    box: Box | None


OPEN_TO_ALL = Prepared(lambda codes: Document.objects.filter(secrecy="", code__in=codes).defer("body", "signature").order_by())


def _known(person: Person, codes: list[str]) -> Iterable[Document]:
    """Of these the documents that he may know, for a list; `known` in fewer words for who has no clearance, as nearly everybody."""
    return known(person).filter(code__in=codes) if clearance(person) else OPEN_TO_ALL(codes)


def todo(person: Person) -> list[Waiting]:
    """等我办理: urgent papers first, then the longest waiting; who sent it, what changed since I looked, what may be signed with others."""
    lines = slips.todo_list(person)
    documents = {d.code: d for d in _known(person, [line.slip.paper for line in lines])}  # they wait for him
    done = settled([line.slip_id for line in lines])
    before = {one.slip: one for one in done}  # the last of each
    looked = slips.looks(person, [line.slip_id for line in lines])
    mine = {one.slip: one.at for one in done if one.by == person.pk}
    news = news_of(person, mine | looked, done, documents.values())
    found_boxes = boxes(person, [(line, documents[line.slip.paper]) for line in lines if line.slip.paper in documents])
    found = []
    for line in lines:
        document, sent = documents.get(line.slip.paper), before.get(line.slip_id)
        new = news.get(line.slip_id)
        found.append(Waiting(line, document, sent.who or "" if sent else "", line.slip_id in looked, new or None, found_boxes.get(line.pk)))
    return sorted(found, key=lambda item: URGENT.index(item.document.urgency if item.document else ""))


def recent(person: Person, count: int) -> list[Line]:
    """What this person handled lately, for his home; only papers that he still may see."""
    seen = visible(person).values("code")
    lines = slips.handled(person).filter(slip__paper__in=seen).exclude(slip__template__startswith="release")
    latest: dict[str, Line] = {}
    for line in lines[: count * 4]:
        latest.setdefault(line.slip.paper, line)
    return list(latest.values())[:count]
