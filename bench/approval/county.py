"""The smallest county that a document can travel in, and many documents that wait for the same signature."""

from collections.abc import Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.foundation.search import actions as search
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.office.documents import actions
from zhengtong.office.documents.actions import Content, To
from zhengtong.office.documents.models import Document, Recipient

# fmt: off
ORGANS = (
    ("YL003", "云岭县人民政府",       "云政",   "government", ""),
    ("YL130", "云岭县人民政府办公室", "云政办", "department", "YL003"),
    ("YL205", "云岭县石桥镇人民政府", "石桥政", "township",   "YL003"),
)
PEOPLE = (
    ("drafter",   "YL130", "drafter"),
    ("unit_head", "YL130", "unit_head"),
    ("reviewer",  "YL130", "office_reviewer"),
    ("deputy",    "YL003", "deputy_head"),
)
# fmt: on
CONTENT = Content(
    kind="notice",
    title="云岭县人民政府关于做好今冬明春防火工作的通知",
    text="为做好今冬明春防火工作，现就有关事项通知如下：\n一、压实责任\n各乡镇要明确专人包片。\n请认真贯彻执行。",
    recipients=(To("YL205", "各乡镇人民政府"),),
    publication="proactive",
)


def people() -> dict[str, Person]:
    """Organs, posts and one person for each part."""
    organs: dict[str, Organ] = {}
    for code, name, letters, kind, parent in ORGANS:
        organs[code] = Organ.objects.create(code=code, name=name, kind=kind, letters=letters, parent=organs.get(parent))
    unit = Unit.objects.create(code="YL130-01", organ=organs["YL130"], name="秘书一科")
    cast = {}
    for number, (part, organ, role) in enumerate(PEOPLE, 1):
        person = Person.objects.create(code=f"YLP{number:05d}", name=part)
        post = Post.objects.create(
            code=f"{organ}-P{number:03d}", organ=organs[organ], title=part, unit=unit if role in ("drafter", "unit_head") else None
        )
        Holding.objects.create(person=person, post=post)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="bench")
        cast[part] = person
    return cast


def first(cast: dict[str, Person]) -> Document:
    """One document brought to the deputy head through the actions alone."""
    document = actions.draft(CONTENT, cast["drafter"], organ=Organ.objects.get(code="YL003"))
    actions.submit(document.code, cast["drafter"])
    actions.review_unit(document.code, cast["unit_head"], "同意")
    actions.skip_consultation(document.code, cast["drafter"], "不涉及其他部门职责")
    return actions.review_office(document.code, cast["reviewer"], "已核")


@action
def copies(model: Document, codes: Sequence[str]) -> None:
    """The same document, with its slip and lines, under these codes; in the search since its first draft, as every document is."""
    slip, lines = model.slip, list(model.slip.lines.all())
    recipients = list(model.recipients.all())
    slips = Slip.objects.bulk_create([_again(slip, paper=code) for code in codes])
    documents = Document.objects.bulk_create([_again(model, code=c, slip=s) for c, s in zip(codes, slips, strict=True)])
    Line.objects.bulk_create([_again(line, slip=s) for s in slips for line in lines])
    Recipient.objects.bulk_create([_again(r, document=d) for d in documents for r in recipients])
    search.refresh(documents)


def _again(row, **changed):
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    new = type(row)(**values)
    for name, value in changed.items():
        setattr(new, name, value)
    return new
