"""On the network declared 党政网 the database itself refuses every 密级, whatever the code says (design §3b.1).

The tables are the same in both profiles; only the guard differs.
"""

from django.conf import settings
from django.db import migrations

SQLITE = """
CREATE TRIGGER supervision_no_secret_{event} BEFORE {event} ON supervision_item
WHEN NEW.secrecy <> '' OR NEW.profile <> 'open'
BEGIN SELECT RAISE(ABORT, '本网络不处理涉密文件'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION supervision_no_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.secrecy <> '' OR NEW.profile <> 'open' THEN
    RAISE EXCEPTION '本网络不处理涉密文件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER supervision_no_secret BEFORE INSERT OR UPDATE ON supervision_item
FOR EACH ROW EXECUTE FUNCTION supervision_no_secret();
"""


def guard(apps, schema_editor):
    if settings.CLASSIFIED:
        return
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(event=event))
    else:
        schema_editor.execute(POSTGRESQL)


def open_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS supervision_no_secret_{event}")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS supervision_no_secret ON supervision_item")
        schema_editor.execute("DROP FUNCTION IF EXISTS supervision_no_secret()")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [migrations.RunPython(guard, open_up)]
