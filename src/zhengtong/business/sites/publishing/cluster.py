"""The county's site and its rooms: what each part is made of, told by a mark that costs little, and read when the mark moved.

A mark covers the part's own edition and those of the parts whose articles it shows or names, its columns, the site's own values, the
guides and the directory. So an edit is looked at where it shows, and nowhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Q

from zhengtong.business.items import queries as items
from zhengtong.business.sites import rules
from zhengtong.business.sites.desk.models import Article, Placement
from zhengtong.business.sites.models import Column, Gathering, Site
from zhengtong.business.sites.rules.rooms import SiteState

from . import assets, directory
from .directory import Row
from .frame import Frame, Guide, Line, Related, digest, in_order

TEMPLATE_GROUPS = {"department": "县直部门", "township": "乡镇（街道）"}
UNSEEN = ("id", "edition", "review")  # fields of a site that no page shows
FIELDS = [f.attname for f in Column._meta.concrete_fields]
PUBLIC = {"state": rules.State.PUBLISHED.value}


@dataclass
class Cluster:
    """What is read once for a release: the parts, the rows of their columns, and who shows what of whom."""

    head: Site
    parts: list[Site]
    columns: dict[int, list[tuple[object, ...]]]  # by part, in order
    guides: Sequence[Guide]
    rows: Sequence[Row]
    gathered: list[tuple[Gathering, list[int]]]  # a rule and the columns that it takes
    placed: list[tuple[int, int, int]]  # column, article, the article's part

    @cached_property
    def part_of(self) -> dict[int, int]:
        """Column → part."""
        return {int(str(row[0])): part for part, rows in self.columns.items() for row in rows}

    @cached_property
    def shown_by(self) -> dict[int, set[int]]:
        """Part → the other parts whose articles it shows or names."""
        found: dict[int, set[int]] = {}
        for rule, columns in self.gathered:
            found.setdefault(self.part_of[rule.column_id], set()).update(self.part_of[column] for column in columns)
        for column, _article, part in self.placed:
            found.setdefault(self.part_of[column], set()).add(part)
        for name in ("interprets", "changed_by"):
            pairs = Article.objects.filter(**{f"{name}__isnull": False}).exclude(column__site=F(f"{name}__column__site"))
            for one, other in pairs.values_list("column__site", f"{name}__column__site").distinct():
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
        return found

    @cached_property
    def editions(self) -> dict[int, int]:
        return {part.pk: part.edition for part in self.parts}

    @cached_property
    def service_column(self) -> Column | None:
        """Where the guides stand, which is in the county's own columns."""
        return Column.objects.filter(site=self.head, kind=rules.ColumnKind.SERVICES.value).first()

    @cached_property
    def beside(self) -> str:
        """A digest of what pages show that has no edition."""
        return digest(assets.version(), self.guides, self.rows)

    @cached_property
    def rooms(self) -> list[tuple[str, list[Site]]]:
        """Open rooms by the template that they were opened from, as visitors look for them."""
        found = [(name, [room for room in self.parts[1:] if room.template == code]) for code, name in TEMPLATE_GROUPS.items()]
        return [(name, group) for name, group in found if group]

    def guides_of(self, part: Site) -> Sequence[Guide]:
        """All guides on the county's own pages, an organ's own in its room."""
        if not part.path:
            return self.guides
        name = next((row["name"] for row in self.rows if row["code"] == part.organ), "")
        return [guide for guide in self.guides if guide["organ"] == name]


def read(head: Site) -> Cluster:
    """The county's site first, then its open rooms, with what tells whether they moved; all as it is now."""
    head = Site.objects.get(pk=head.pk)
    parts = [head, *Site.objects.filter(main=head, state=SiteState.OPEN.value).order_by("path")]
    for part in parts[1:]:
        part.main = head
    columns: dict[int, list[tuple[object, ...]]] = {part.pk: [] for part in parts}
    for site, *row in Column.objects.filter(site__in=parts).values_list("site_id", *FIELDS):
        columns[site].append(tuple(row))
    rows = Placement.objects.filter(column__site__in=parts, article__column__site__in=parts)
    placed = list(rows.values_list("column_id", "article_id", "article__column__site"))
    return Cluster(head, parts, columns, items.guides(), directory.rows(), _gathered(parts), placed)


def _gathered(parts: Sequence[Site]) -> list[tuple[Gathering, list[int]]]:
    rules_of = list(Gathering.objects.filter(column__site__in=parts))
    if not rules_of:
        return []
    site_of = {part.pk: part for part in parts}
    everywhere = list(Column.objects.filter(site__in=parts).only("site_id", "content", "owner"))
    return [(rule, [c.pk for c in everywhere if c.pk != rule.column_id and rule.takes(c, site_of[c.site_id])]) for rule in rules_of]


def mark(whole: Cluster, part: Site) -> str:
    """Moves when anything that a page of this part shows does."""
    others = sorted((other, whole.editions.get(other, -1)) for other in whole.shown_by.get(part.pk, ()))
    rooms = [] if part.path else [[name, [[room.path, room.name] for room in group]] for name, group in whole.rooms]
    return digest(_version(whole, part), part.edition, others, whole.beside, rooms)


def _version(whole: Cluster, part: Site) -> str:
    """Moves when anything that every page of this part shows does."""
    names = [f.attname for f in Site._meta.concrete_fields if f.name not in UNSEEN]
    own = [getattr(one, name) for one in {part.pk: part, whole.head.pk: whole.head}.values() for name in names]
    services = [whole.service_column.path, whole.service_column.name] if whole.service_column else []
    return digest(own, whole.columns[part.pk], services, assets.version())


def frame(whole: Cluster, part: Site) -> Frame:
    """What the pages of one part are made from: its articles, those that it shows of others, and those that they name."""
    columns = list(Column.objects.filter(site=part).select_related("parent"))
    guests: dict[int, list[Line]] = {column.pk: [] for column in columns}
    taken = {key for rule, keys in whole.gathered if rule.column_id in guests for key in keys}
    lines = _by_column(_lines(Q(column__in=[*guests, *taken])))
    by_hand = {line.pk: line for line in _lines(Q(pk__in=[article for column, article, _part in whole.placed if column in guests]))}
    for column, article, _part in whole.placed:
        if column in guests and article in by_hand:
            guests[column].append(by_hand[article])
    for rule, keys in whole.gathered:
        if rule.column_id in guests:
            found = [line for key in keys for line in lines.get(key, [])]
            guests[rule.column_id] += [line for line in found if not rule.topic or rule.topic in rules.words(line.keywords)]
    own = {column.pk: lines[column.pk] for column in columns if column.pk in lines}
    return Frame(
        part,
        columns,
        own,
        guests,
        _related(part, [line for found in own.values() for line in found]),
        whole.guides_of(part),
        whole.rows,
        rooms=[] if part.path else whole.rooms,
        services=whole.service_column,
        version=_version(whole, part),
    )


def _lines(which: Q) -> list[Line]:
    """Public articles, oldest first."""
    rows = Article.objects.filter(which, **PUBLIC).order_by("published_at", "id")
    fields = ("pk", "column_id", "title", "published_at", "public_path", "digest", "number", "summary", "keywords", "attachments")
    return [Line(*row) for row in rows.values_list(*fields, "changed_by_id", "interprets_id")]  # type: ignore[arg-type]  # what is published has its time: a constraint


def _by_column(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.column, []).append(line)
    return found


def _related(part: Site, own: Sequence[Line]) -> dict[int, Related]:
    """Article → the articles that interpret or change it, and those that it interprets or was changed by: both ways (发展指引 三（二）)."""
    there = {key for line in own for key in (line.interprets, line.changed_by) if key}
    others = [
        line for which in (Q(pk__in=there), Q(interprets__column__site=part), Q(changed_by__column__site=part)) for line in _lines(which)
    ]
    by_key = {line.pk: line for line in (*own, *others)}
    found: dict[int, dict[str, list[Line]]] = {}
    for line in in_order(by_key):
        for key, (name, back) in ((line.interprets, ("interprets", "interpretations")), (line.changed_by, ("changed_by", "changes"))):
            if key in by_key:
                found.setdefault(line.pk, {}).setdefault(name, []).append(by_key[key])
                found.setdefault(key, {}).setdefault(back, []).append(line)
    return dict(found)
