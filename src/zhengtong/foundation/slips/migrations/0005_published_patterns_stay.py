"""A published template is never changed or deleted: papers on their way stay on it, and the database itself refuses."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER slips_pattern_no_{verb} BEFORE {verb} ON slips_pattern WHEN OLD.version IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published template stays as it is'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION slips_pattern_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published template stays as it is' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER slips_pattern_stays BEFORE UPDATE OR DELETE ON slips_pattern
FOR EACH ROW WHEN (OLD.version IS NOT NULL) EXECUTE FUNCTION slips_pattern_stays()
"""


def forwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            editor.execute(SQLITE.format(verb=verb))
    else:
        editor.execute(FUNCTION)
        editor.execute(POSTGRESQL)


def backwards(apps, editor):
    if editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS slips_pattern_no_{verb}")
    else:
        editor.execute("DROP TRIGGER IF EXISTS slips_pattern_stays ON slips_pattern")
        editor.execute("DROP FUNCTION IF EXISTS slips_pattern_stays()")


class Migration(migrations.Migration):
    dependencies = [("slips", "0004_patterns")]
    operations = [migrations.RunPython(forwards, backwards)]
