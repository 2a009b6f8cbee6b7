"""On the network declared 党政网 the database itself refuses every 密级, whatever the code says (design §3b.1).

The tables are the same in both profiles; only the guard differs.
"""

from django.conf import settings
from django.db import migrations

SQLITE = """
CREATE TRIGGER documents_no_secret_{event} BEFORE {event} ON documents_document
WHEN NEW.secrecy <> '' OR NEW.profile <> 'open'
BEGIN SELECT RAISE(ABORT, '本网络不处理涉密文件'); END
"""
POSTGRESQL = """
CREATE FUNCTION documents_no_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.secrecy <> '' OR NEW.profile <> 'open' THEN
    RAISE EXCEPTION '本网络不处理涉密文件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_no_secret BEFORE INSERT OR UPDATE ON documents_document
FOR EACH ROW EXECUTE FUNCTION documents_no_secret();
"""
LIFT = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS documents_no_secret_INSERT",
        "DROP TRIGGER IF EXISTS documents_no_secret_UPDATE",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS documents_no_secret ON documents_document",
        "DROP FUNCTION IF EXISTS documents_no_secret()",
    ),
}


def guard(apps, schema_editor):
    if settings.CLASSIFIED:
        return
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(event=event))
    else:
        schema_editor.execute(POSTGRESQL)


def open_up(apps, schema_editor):
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(guard, open_up)]
