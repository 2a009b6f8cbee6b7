"""Which template holds for an organ's papers, who keeps it, and what stands against a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.rules import ROLES
from zhengtong.foundation.orgs.models import Organ, Person, Post, Unit
from zhengtong.foundation.orgs.queries import standing
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.rules import StageRow, Template, bpmn, patterns
from zhengtong.foundation.slips.rules import diagram as drawing


def organs_kept(person: Person) -> list[Organ]:
    """Whose papers a secretary keeps in order: his own organ's, and those of the organ whose office it is (云政办 → 云政)."""
    own = list(Organ.objects.filter(pk__in=accounts.roles_by_organ(person).get("secretary", ())).select_related("parent").order_by("code"))
    served = [o.parent for o in own if o.parent and o.letters and o.letters == f"{o.parent.letters}办"]
    return list(dict.fromkeys([*served, *own]))


def pattern_of(kind: str, organ: Organ) -> Pattern | None:
    """The organ's own template in force, None when the county's holds."""
    return Pattern.objects.filter(organ=organ, kind=kind, version__isnull=False).order_by("-version").first()


def draft_of(kind: str, organ: Organ) -> Pattern | None:
    return Pattern.objects.filter(organ=organ, kind=kind, version=None).select_related("changed_by").first()


def versions(kind: str, organ: Organ) -> QuerySet[Pattern]:
    """Every published version, the newest first."""
    found = Pattern.objects.filter(organ=organ, kind=kind, version__isnull=False)
    return found.select_related("published_by", "organ").order_by("-version")


def entries_for(kind: str, organ: Organ) -> tuple[patterns.Entry, ...]:
    """The rows by which papers begin today."""
    found = pattern_of(kind, organ)
    return found.rows if found else patterns.KINDS[kind].entries


def sheet(kind: str, organ: Organ, version: int) -> bpmn.Sheet | None:
    """A published version as it leaves for other tools, 0 the county's own; in the source's language."""
    known, found = patterns.KINDS[kind], versions(kind, organ).filter(version=version).first()
    if version and found is None:
        return None
    rows, note = (found.rows, found.note) if found else (known.entries, "")
    with override("zh-hans"):
        lanes = tuple(_who(known, organ, entry) for entry in rows)
    return bpmn.Sheet(kind, known.label, organ.code, organ.name, version, patterns.plain(note), rows, lanes)


def plan(
    kind: str, organ: Organ, places: Mapping[str, str], own: Mapping[str, patterns.Own], *, name: str = ""
) -> Template:  # fmt: skip
    """The slip of a new paper: by the organ's template in force, else by the county's."""
    known = patterns.KINDS[kind]
    found = None if settings.CLASSIFIED else pattern_of(kind, organ)
    if found is None:
        return patterns.resolve(known, known.entries, places, own, name=name)
    rows = [_standing(entry) for entry in found.rows]
    made = patterns.resolve(known, rows, places, own, name=name, version=found.version or 1, origin=found.pk)
    at = dict(Post.objects.filter(code__in=[r.post for r in rows if r.post]).values_list("code", "organ__code"))
    at |= dict(Unit.objects.filter(code__in=[r.unit for r in rows if r.unit]).values_list("code", "organ__code"))
    return Template(made.name, made.version, tuple(_at(row, at) for row in made.rows), made.kind, made.origin)


def _at(row: StageRow, at: Mapping[str, str]) -> StageRow:
    """A post or unit brings its own organ."""
    organ = at.get(row.post) or at.get(row.unit) or row.organ
    return StageRow(
        row.stage, row.label, row.role, organ, row.unit, row.person, row.beside, row.due, row.post, row.days
    )  # fmt: skip


def _standing(entry: patterns.Entry) -> patterns.Entry:
    """A post or unit that was abolished after publication: the role takes the line, without one the secretary, who hands it on."""
    post = entry.post if entry.post and Post.objects.filter(standing(), code=entry.post).exists() else ""
    unit = entry.unit if entry.unit and Unit.objects.filter(standing(), code=entry.unit).exists() else ""
    role = entry.role or ("" if post else "secretary")
    return patterns.Entry(entry.stage, entry.label, role, unit, post, entry.beside, entry.days)


def pattern_objections(kind: patterns.Kind, organ: Organ, entries: Sequence[patterns.Entry]) -> list[tuple[int, Objection]]:
    """What the rule book and the directory have against these rows: a post must be there, and give the right to its stage."""
    found = patterns.objections(kind, entries)
    known = {post.code: post for post in _posts(organ)}
    units = {unit.code for unit in _units(organ)}
    for number, entry in enumerate(entries):
        stage = kind.stage(entry.stage)
        if stage is None:
            continue
        if entry.unit and entry.unit not in units:
            found.append((number, Objection(_("没有这个科室"), field="who")))
        if entry.post and entry.post not in known:
            found.append((number, Objection(_("没有这个职位"), field="who")))
        elif entry.post and entry.role and entry.role not in accounts.granted_to(known[entry.post]):
            told = {"post": known[entry.post].title, "stage": stage.label, "article": stage.article}
            found.append((number, Objection(_("“%(post)s”没有办理“%(stage)s”的职责（%(article)s）"), told, field="who")))
    return sorted(found, key=lambda each: each[0])


def _organs(organ: Organ) -> list[Organ]:
    """The organ and its office."""
    office = Organ.objects.filter(parent=organ, letters=f"{organ.letters}办").first() if organ.letters else None
    return [organ, office] if office else [organ]


def _posts(organ: Organ) -> list[Post]:
    return list(
        Post.objects.filter(standing(), organ__in=_organs(organ)).select_related("organ", "unit").order_by("organ__order", "order", "code")
    )


def _units(organ: Organ) -> list[Unit]:
    return list(Unit.objects.filter(standing(), organ__in=_organs(organ)).order_by("organ__order", "order", "code"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Who may be chosen for a row: its value in the form and its word, under a heading."""

    group: str
    value: str
    word: str


def choices(kind: patterns.Kind, organ: Organ) -> dict[str, list[Choice]]:
    """For each stage, who may be chosen: a role, a role within one unit, or whoever holds a post that gives the role."""
    posts = [(post, accounts.granted_to(post)) for post in _posts(organ)]
    units = _units(organ)
    found: dict[str, list[Choice]] = {}
    for stage in kind.stages:
        if stage.fixed:
            continue
        place = gettext(kind.places.get(stage.place, ""))
        rows = [Choice(gettext("角色"), f"role:{role}", f"{gettext(ROLES[role].name)}（{place}）") for role in stage.roles]
        for post, roles in posts:
            role = next((each for each in stage.roles if each in roles), "")
            if role or (stage.several and roles):
                rows.append(Choice(gettext("职位"), f"post:{post.code}:{role}", f"{post.title}（{post.organ}）"))
        rows += [
            Choice(gettext("科室"), f"unit:{unit.code}:{role}", f"{unit.name}{gettext(ROLES[role].name)}")
            for unit in units
            for role in stage.roles[:1]
        ]
        found[stage.code] = rows
    return found


def blueprint(
    kind: patterns.Kind, organ: Organ, entries: Sequence[patterns.Entry], against: Sequence[tuple[int, Objection]] = ()
) -> drawing.Diagram:  # fmt: skip
    """A template as a picture; a row that is refused is marked."""
    refused = {number for number, _no in against}
    boxes = [
        drawing.Box(
            place,
            gettext(entry.label),
            _who(kind, organ, entry),
            "refused" if number in refused else "plan",
            gettext("不合规则") if number in refused else _days(entry),
        )
        for number, (place, entry) in enumerate(zip(patterns.entry_places(entries), entries, strict=True))
    ]
    return drawing.draw(boxes)


def _days(entry: patterns.Entry) -> str:
    return gettext("限%(n)d个工作日") % {"n": entry.days} if entry.days else ""


def _who(kind: patterns.Kind, organ: Organ, entry: patterns.Entry) -> str:
    stage = kind.stage(entry.stage)
    if entry.post:
        post = Post.objects.filter(code=entry.post).first()
        return post.title if post else entry.post
    if entry.unit:
        unit = Unit.objects.filter(code=entry.unit).first()
        role = ROLES.get(entry.role)
        return f"{unit.name if unit else entry.unit}{gettext(role.name) if role else ''}"
    if stage and stage.who:
        return gettext(stage.who)
    role = ROLES.get(entry.role)
    return gettext(role.name) if role else entry.role
