"""A county of 200 organs and 8,000 people with a million documents, every tenth of them on its way, by bulk SQL.

Each organ has forty people: head, deputies, secretary, reviewers, four units with their heads and drafters.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post, Unit
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.office.documents.models import Document, Revision

ORGANS, EACH, UNITS = 200, 40, 4
STAGES = ("draft", "unit", "office", "deputy", "sign")
ROLES = ("drafter", "unit_head", "office_reviewer", "deputy_head", "principal_head")
STATES = ("draft", "unit", "office", "deputy", "signing", "issued")
# Who sits where, by his number in the organ: 0 the head, 1–2 deputies, 3 secretary, 4–5 reviewers, 10–13 heads of units.
SEATS = ("principal_head", *["deputy_head"] * 2, "secretary", *["office_reviewer"] * 2, "registrar", "dispatcher", "archivist", "receiver")
BODY = [["p", 1, "为做好今冬明春防火工作，现就有关事项通知如下。各乡镇要明确专人包片，逐户登记，请认真贯彻执行。"]]

# n-th document: o its organ, k its number there, d its drafter's seat, u his unit, s how many stages are done.
SPREAD = (
    "WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < {last}), "
    "seats AS (SELECT n, n %% {organs} AS o, n / {organs} AS k, 14 + (n / {organs}) %% 26 AS d FROM t), "
    "p AS (SELECT n, o, k, d, d %% {units} AS u, CASE WHEN k %% 10 > 0 THEN 5 ELSE "
    "CASE (k / 10) %% 10 "
    "WHEN 4 THEN 1 WHEN 5 THEN 1 WHEN 6 THEN 2 WHEN 7 THEN 2 WHEN 8 THEN 3 WHEN 9 THEN 4 ELSE 0 END END AS s "
    "FROM seats) "
)

_HASTE = {
    "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-800000", "PRAGMA temp_store=MEMORY"),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'"),
}
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({})",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({}) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint) AND schemaname = 'public'"
    ),
}


@dataclass(frozen=True)
class Sql:
    """An expression over the n-th document."""

    text: str


def people() -> None:
    """Organs, units, posts and their holders with one role each."""
    now = clock.now()
    organs = Organ.objects.bulk_create(
        [Organ(id=o + 1, code=f"B{o:03d}", name=f"第{o}局", kind="department", letters=f"局{o}") for o in range(ORGANS)]
    )
    places = [(o, seat) for o in range(len(organs)) for seat in range(EACH)]
    Unit.objects.bulk_create(
        [Unit(id=o * UNITS + u + 1, code=f"B{o:03d}-{u}", organ_id=o + 1, name=f"{u}科") for o in range(ORGANS) for u in range(UNITS)]
    )
    Person.objects.bulk_create([Person(id=o * EACH + s + 1, code=f"BP{o * EACH + s:06d}", name=f"职员{o * EACH + s}") for o, s in places])
    posts, grants = [], []
    for o, seat in places:
        role = SEATS[seat] if seat < len(SEATS) else "unit_head" if seat < len(SEATS) + UNITS else "drafter"
        unit = o * UNITS + seat % UNITS + 1 if seat >= len(SEATS) else None
        pk = o * EACH + seat + 1
        posts.append(Post(id=pk, code=f"B{o:03d}-P{seat:02d}", organ_id=o + 1, unit_id=unit, title=role))
        grants.append(Grant(id=pk, post_id=pk, role=role, at=now, granted_by="bench"))
    Post.objects.bulk_create(posts)
    Holding.objects.bulk_create([Holding(id=post.pk, person_id=post.pk, post=post) for post in posts])
    Grant.objects.bulk_create(grants)


def _minutes_ago(text: str) -> Sql:
    """A moment as this database keeps it, so many minutes before the twentieth of November."""
    if connection.vendor == "sqlite":
        return Sql(f"datetime('2026-11-20 08:00:00', '-' || ({text}) || ' minutes')")
    return Sql(f"timestamptz '2026-11-20 08:00:00+00' - ({text}) * interval '1 minute'")


def _spread(cursor, model: type[models.Model], count: int, row: models.Model, **computed: Sql) -> None:
    """`count` rows like this one; what is computed differs from document to document."""
    columns, sources, values = [], [], []
    for field in model._meta.concrete_fields:
        columns.append(connection.ops.quote_name(field.column))
        if found := computed.get(field.attname):
            sources.append(found.text)
        else:
            sources.append("%s")
            values.append(field.get_db_prep_save(getattr(row, field.attname), connection))
    table = connection.ops.quote_name(model._meta.db_table)
    numbers = SPREAD.format(last=count - 1, organs=ORGANS, units=UNITS)
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {numbers} SELECT {', '.join(sources)} FROM p", values)


def _without_indexes(cursor) -> list[str]:
    """Take away every index that is no constraint of its table; the statements that bring them back."""
    tables = [model._meta.db_table for model in (Slip, Document, Revision, Line)]
    marks = ", ".join(["%s"] * len(tables))
    cursor.execute(_INDEXES[connection.vendor].format(marks), tables)
    found = cursor.fetchall()
    for name, _again in found:
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    return [again for _name, again in found]


def documents(count: int) -> None:
    """Documents with slip, lines and first revision. Keys are not checked while loading: they are counted out."""
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    at = "(CAST(n AS bigint) * 7919) %% 500000"  # beyond what an integer of PostgreSQL holds
    title, code = Sql("'关于做好第' || n || '号工作的通知'"), Sql("'T' || n")
    drafter, key = Sql(f"o * {EACH} + d + 1"), Sql("n + 1")
    organ, unit = Sql("o + 1"), Sql(f"o * {UNITS} + u + 1")
    signed = {
        "signed_by_id": Sql(f"CASE WHEN s = 5 THEN o * {EACH} + 1 END"),
        "signed_at": Sql(f"CASE WHEN s = 5 THEN {_minutes_ago(at).text} END"),
        "signature": Sql("CASE WHEN s = 5 THEN '{}' END" if connection.vendor == "sqlite" else "CASE WHEN s = 5 THEN '{}'::jsonb END"),
        "number": Sql("CASE WHEN s = 5 THEN '局' || o || '〔2026〕' || k || '号' ELSE '' END"),
        "number_code": Sql("CASE WHEN s = 5 THEN '局' || o ELSE '' END"),
        "number_year": Sql("CASE WHEN s = 5 THEN 2026 END"),
        "number_serial": Sql("CASE WHEN s = 5 THEN k END"),
    }
    state = Sql("CASE s " + " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(STATES)) + " END")
    document = Document(
        profile="open", kind="notice", body=BODY, publication="proactive", content_digest="0" * 64, created_at=moment, changed_at=moment
    )
    slip = Slip(template="outgoing", organ="bench", begun_at=moment)
    with connection.cursor() as cursor:
        for words in _HASTE[connection.vendor]:
            cursor.execute(words)
        again = _without_indexes(cursor)
        ended = Sql(f"CASE WHEN s = 5 THEN {_minutes_ago(at).text} END")
        _spread(cursor, Slip, count, slip, id=key, paper=code, title=title, ended_at=ended)
        _spread(
            cursor, Document, count, document, id=key, code=code, title=title, organ_id=organ, unit_id=unit, drafter_id=drafter,
            slip_id=key, state=state, changed_at=_minutes_ago(at), **signed,
        )  # fmt: skip
        revision = Revision(version=1, state="draft", at=moment, content={"title": "", "body": BODY}, digest="0" * 64)
        _spread(cursor, Revision, count, revision, id=key, document_id=key, by_id=drafter)
        done_by = (
            drafter.text,
            f"o * {EACH} + 11 + (u + 2) %% 4",
            f"o * {EACH} + 5 + k %% 2",
            f"o * {EACH} + 2 + k %% 2",
            f"o * {EACH} + 1",
        )
        for j, (stage, role) in enumerate(zip(STAGES, ROLES, strict=True)):
            when = _minutes_ago(f"{at} + {60 * (len(STAGES) - j)}").text
            _spread(
                cursor, Line, count, Line(order=j + 1, stage=stage, label=stage, role=role), id=Sql(f"n * {len(STAGES)} + {j + 1}"),
                slip_id=key, organ_id=organ, unit_id=unit if stage == "unit" else Sql("NULL"),
                person_id=drafter if stage == "draft" else Sql("NULL"),
                state=Sql(f"CASE WHEN s > {j} THEN 'done' WHEN s = {j} THEN 'open' ELSE 'waiting' END"),
                opened_at=Sql(f"CASE WHEN s >= {j} THEN {when} END"), done_at=Sql(f"CASE WHEN s > {j} THEN {when} END"),
                done_by_id=Sql(f"CASE WHEN s > {j} THEN {done_by[j]} END"), decision=Sql(f"CASE WHEN s > {j} THEN 'agree' ELSE '' END"),
            )  # fmt: skip
        rest = ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)") if connection.vendor == "sqlite" else ("VACUUM ANALYZE", "CHECKPOINT")
        for words in (*again, *rest):
            cursor.execute(words)
    connection.close()  # the next one has the settings of a working day
