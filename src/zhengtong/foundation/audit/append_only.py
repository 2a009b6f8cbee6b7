"""Tables that can be added to, never changed or deleted: for the migrations of rooms that keep such logs."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append only'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""


def guarded(*tables: str) -> migrations.RunPython:
    """The operation that lets the database itself refuse UPDATE and DELETE on these tables."""

    def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "sqlite":
                for event in ("update", "delete"):
                    editor.execute(SQLITE.format(table=table, event=event))
            else:
                editor.execute(FUNCTION.format(table=table))

    def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "sqlite":
                for event in ("update", "delete"):
                    editor.execute(f"DROP TRIGGER {table}_no_{event}")
            else:
                editor.execute(f"DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only()")

    return migrations.RunPython(forwards, backwards)


def rebuilding(*operations: Operation) -> list[Operation]:
    """Operations on tables with guards: SQLite rebuilds a table in order to change it, and forgets its triggers; they are put back."""
    kept: dict[str, str] = {}

    def triggers(editor: BaseDatabaseSchemaEditor) -> dict[str, str]:
        with editor.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())

    def take(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            kept.update(triggers(editor))

    def put(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            standing = triggers(editor)
            for name, sql in kept.items():
                if name not in standing:
                    editor.execute(sql)

    return [migrations.RunPython(take, put), *operations, migrations.RunPython(put, take)]
