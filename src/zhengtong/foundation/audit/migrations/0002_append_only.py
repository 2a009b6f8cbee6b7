"""Entries can be added, never changed or deleted.

SQLite: triggers refuse. PostgreSQL: triggers refuse too, and `grants` takes UPDATE and DELETE from the
application's role where the tables belong to another one (docs/operations.md).
"""

from django.db import migrations

REFUSE_SQLITE = """
CREATE TRIGGER audit_entry_no_{verb} BEFORE {VERB} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are append only'); END
"""
REFUSE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit entries are append only'; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only();
"""


def forwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(REFUSE_SQLITE.format(verb=verb, VERB=verb.upper()))
    else:
        editor.execute(REFUSE_POSTGRESQL)


def backwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER audit_entry_no_{verb}")
    else:
        editor.execute("DROP TRIGGER audit_entry_append_only ON audit_entry; DROP FUNCTION audit_entry_append_only()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
