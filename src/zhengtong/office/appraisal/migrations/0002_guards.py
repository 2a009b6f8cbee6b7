"""What was settled stays as it is, the list of what was destroyed can only be added to, and the network declared 党政网 holds no 密级."""

from django.conf import settings
from django.db import migrations

from zhengtong.foundation.audit.append_only import guarded

NO_SECRET = {
    "sqlite": """
CREATE TRIGGER appraisal_no_secret_{event} BEFORE {event} ON appraisal_entry
WHEN NEW.level <> '' OR NEW.mark <> ''
BEGIN SELECT RAISE(ABORT, '本网络不处理涉密文件'); END
""",
    "postgresql": """
CREATE OR REPLACE FUNCTION appraisal_no_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.level <> '' OR NEW.mark <> '' THEN
    RAISE EXCEPTION '本网络不处理涉密文件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appraisal_no_secret BEFORE INSERT OR UPDATE ON appraisal_entry
FOR EACH ROW EXECUTE FUNCTION appraisal_no_secret();
""",
}
SETTLED = {
    "sqlite": """
CREATE TRIGGER appraisal_settled_{event} BEFORE {event} ON appraisal_entry
WHEN OLD.settled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was decided of an item stays as it is'); END
""",
    "postgresql": """
CREATE OR REPLACE FUNCTION appraisal_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL THEN
    RAISE EXCEPTION 'what was decided of an item stays as it is' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appraisal_settled BEFORE UPDATE OR DELETE ON appraisal_entry
FOR EACH ROW EXECUTE FUNCTION appraisal_settled();
""",
}


def _write(editor, sql, events):
    if editor.connection.vendor == "sqlite":
        for event in events:
            editor.execute(sql["sqlite"].format(event=event))
    else:
        editor.execute(sql["postgresql"])


def _lift(editor, name, events):
    if editor.connection.vendor == "sqlite":
        for event in events:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}_{event}")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {name} ON appraisal_entry")
        editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def settle(apps, editor):
    _write(editor, SETTLED, ("UPDATE", "DELETE"))


def unsettle(apps, editor):
    _lift(editor, "appraisal_settled", ("UPDATE", "DELETE"))


def guard(apps, editor):
    if not settings.CLASSIFIED:
        _write(editor, NO_SECRET, ("INSERT", "UPDATE"))


def open_up(apps, editor):
    _lift(editor, "appraisal_no_secret", ("INSERT", "UPDATE"))


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [guarded("appraisal_remain"), migrations.RunPython(settle, unsettle), migrations.RunPython(guard, open_up)]
