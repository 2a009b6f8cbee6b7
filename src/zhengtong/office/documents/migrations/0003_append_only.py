"""Steps, revisions, originals and handwriting can be added, never changed or deleted: the database itself refuses."""

from django.db import migrations

TABLES = ("documents_step", "documents_revision", "documents_original", "documents_handwriting")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'traces are append only'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION documents_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'traces are append only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION documents_append_only()
"""


def forwards(apps, editor):
    if editor.connection.vendor != "sqlite":
        editor.execute(FUNCTION)
    for table in TABLES:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(SQLITE.format(table=table, verb=verb))
        else:
            editor.execute(POSTGRESQL.format(table=table))


def backwards(apps, editor):
    for table in TABLES:
        if editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
    if editor.connection.vendor != "sqlite":
        editor.execute("DROP FUNCTION IF EXISTS documents_append_only()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_open_network_holds_no_secret")]
    operations = [migrations.RunPython(forwards, backwards)]
