"""Tables that can be added to, never changed or deleted: for the migrations of rooms that keep such logs."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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
