"""A code never changes and never returns: the database refuses to change or delete one (design §3a)."""

from django.db import migrations

TABLES = ("orgs_organ", "orgs_unit", "orgs_post", "orgs_person")

SQLITE = """
CREATE TRIGGER {table}_code_is_permanent BEFORE UPDATE OF code ON {table} WHEN OLD.code <> NEW.code
BEGIN SELECT RAISE(ABORT, 'codes of the directory never change'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION orgs_code_is_permanent() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.code <> OLD.code THEN RAISE EXCEPTION 'codes of the directory never change' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_code_is_permanent BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION orgs_code_is_permanent()
"""


def forwards(apps, editor):
    sqlite = editor.connection.vendor == "sqlite"
    if not sqlite:
        editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        editor.execute((SQLITE if sqlite else POSTGRESQL).format(table=table))


def backwards(apps, editor):
    sqlite = editor.connection.vendor == "sqlite"
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_code_is_permanent" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        editor.execute("DROP FUNCTION orgs_code_is_permanent()")


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
