"""An archival number once fixed is never changed (DA/T 13-2022): the database refuses, whatever the code says."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER archive_number_is_permanent BEFORE UPDATE ON archive_item
WHEN OLD.archive_number IS NOT NULL AND (NEW.archive_number IS NOT OLD.archive_number OR NEW.digest IS NOT OLD.digest)
BEGIN SELECT RAISE(ABORT, 'archival numbers are permanent'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION archive_number_is_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.archive_number IS NOT NULL
     AND (NEW.archive_number IS DISTINCT FROM OLD.archive_number OR NEW.digest IS DISTINCT FROM OLD.digest) THEN
    RAISE EXCEPTION 'archival numbers are permanent' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archive_number_is_permanent BEFORE UPDATE ON archive_item
FOR EACH ROW EXECUTE FUNCTION archive_number_is_permanent();
"""


def forwards(apps, editor):
    editor.execute(SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL)


def backwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER archive_number_is_permanent")
    else:
        editor.execute("DROP TRIGGER archive_number_is_permanent ON archive_item; DROP FUNCTION archive_number_is_permanent()")


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
