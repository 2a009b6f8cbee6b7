"""The directory as tables of values: for export, for checking an import, and for the ferry. Codes cross, local keys never."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.orgs import rules
from zhengtong.foundation.orgs.models import FormerName, Holding, Organ, Person, Post, Relation, Unit
from zhengtong.foundation.orgs.rules.tables import Cell, Known, Values

from .days import in_force

_EXTRA = ("short_name", "letters", "level", "credit_code", "duties", "address", "phone", "hours")


def tables(local: bool = True) -> dict[str, list[Values]]:
    """Every table of the directory; without `local`, only what may leave this network."""
    own = Q() if local else Q(local=False)
    people: list[Values] = []
    held_by: dict[int, list[Values]] = {}
    holdings = Holding.objects.order_by("id") if local else Holding.objects.filter(post__local=False).order_by("id")
    for person, post, main, since, until in holdings.values_list("person_id", "post__code", "main", "since", "until"):
        held_by.setdefault(person, []).append({"post": post, "main": main, "since": since, "until": until})
    for pk, code, name in Person.objects.filter(own).order_by("code").values_list("pk", "code", "name"):
        people.extend({"code": code, "name": name, **held} for held in held_by.get(pk, [{}]))
    ends = Q() if local else Q(subject__local=False, object__local=False)
    return {
        "organs": _rows(
            Organ.objects.filter(own).order_by("id").values("code", "name", "kind", "parent__code", *_EXTRA, "since", "until", "order"),
            parent="parent__code",
        ),
        "former_names": _rows(
            FormerName.objects.filter(Q() if local else Q(organ__local=False))
            .order_by("id")
            .values("organ__code", "name", "until", "successor__code"),
            organ="organ__code",
            successor="successor__code",
        ),
        "relations": _rows(
            Relation.objects.filter(ends).order_by("id").values("subject__code", "object__code", "kind", "since", "until"),
            subject="subject__code",
            object="object__code",
        ),
        "units": _rows(
            Unit.objects.filter(own).order_by("id").values("code", "organ__code", "name", "is_office", "until", "order"),
            organ="organ__code",
        ),
        "posts": _rows(
            Post.objects.filter(own).order_by("id").values("code", "organ__code", "unit__code", "title", "rank", "until", "order"),
            organ="organ__code",
            unit="unit__code",
        ),
        "people": people,
    }


def _rows(rows: Iterable[Mapping[str, object]], **renamed: str) -> list[Values]:
    """Rows with the joined codes under their own names; an empty reference is an empty text."""
    old = {joined: name for name, joined in renamed.items()}
    return [{old.get(key, key): ("" if key in old and value is None else _cell(value)) for key, value in row.items()} for row in rows]


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | date) else None


def known() -> Known:
    """What an import must fit to."""
    ends = Q(until__lt=clock.today())
    ended = {table.__name__: frozenset(table.objects.filter(ends).values_list("code", flat=True)) for table in (Organ, Unit, Post)}
    open_now = Holding.objects.filter(until__isnull=True).values_list("person__code", "post__code", "main")
    held: dict[str, set[str]] = {}
    main: dict[str, str] = {}
    for person, post, is_main in open_now:
        held.setdefault(person, set()).add(post)
        if is_main:
            main[person] = post
    homes = dict(Unit.objects.values_list("code", "organ__code")) | dict(Post.objects.values_list("code", "organ__code"))
    return Known(
        codes={
            "organs": frozenset(Organ.objects.values_list("code", flat=True)),
            "units": frozenset(Unit.objects.values_list("code", flat=True)),
            "posts": frozenset(Post.objects.values_list("code", flat=True)),
            "people": frozenset(Person.objects.values_list("code", flat=True)),
        },
        ended={"organs": ended["Organ"], "units": ended["Unit"], "posts": ended["Post"]},
        home=homes,
        above={code: parent or "" for code, parent in Organ.objects.values_list("code", "parent__code")},
        main=main,
        held={person: frozenset(posts) for person, posts in held.items()},
    )


def local_codes() -> dict[str, frozenset[str]]:
    """Codes that this network gave itself, which an import from elsewhere may not touch."""
    own = Q(local=True)
    return {
        "organs": frozenset(Organ.objects.filter(own).values_list("code", flat=True)),
        "units": frozenset(Unit.objects.filter(own).values_list("code", flat=True)),
        "posts": frozenset(Post.objects.filter(own).values_list("code", flat=True)),
        "people": frozenset(Person.objects.filter(own).values_list("code", flat=True)),
    }


def snapshot() -> dict[str, object]:
    """The payload of the contract `directory`: every row that is not local, as plain values."""
    return {
        "as_of": clock.now().isoformat(timespec="seconds"),
        **{name: [_plain(row) for row in rows] for name, rows in tables(local=False).items()},
    }


def _plain(row: Values) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


def public_directory() -> dict[str, object]:
    """The payload `public_directory`: organs, duties, how to reach them, and who is responsible; no other person (条例第二十条（二）)."""
    shown = (
        Organ.objects.filter(in_force(), local=False)
        .select_related("parent")
        .exclude(kind=rules.Kind.SUPERIOR.value)
        .order_by("order", "code")
    )
    leaders: dict[int, list[dict[str, str]]] = {}
    heads = Holding.objects.filter(in_force(), post__rank__in=[r.value for r in rules.PUBLIC_RANKS], post__local=False, person__local=False)
    for organ, name, title in heads.order_by("post__order", "post__code").values_list("post__organ_id", "person__name", "post__title"):
        leaders.setdefault(organ, []).append({"name": name, "title": title})
    return {
        "as_of": clock.now().isoformat(timespec="seconds"),
        "organs": [
            {
                "code": row.code,
                "name": row.name,
                "short_name": row.short_name,
                "kind": row.kind,
                "parent": row.parent.code if row.parent and row.parent.kind != rules.Kind.SUPERIOR else "",
                "duties": row.duties,
                "address": row.address,
                "phone": row.phone,
                "hours": row.hours,
                "leaders": leaders.get(row.pk, []),
            }
            for row in shown
        ],
    }
