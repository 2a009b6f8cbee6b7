"""Openings can be added to, never changed or deleted; and the network declared 党政网 holds no 密级, whatever the code says."""

from django.conf import settings
from django.db import migrations

from zhengtong.foundation.audit.append_only import guarded

SQLITE = """
CREATE TRIGGER borrowing_no_secret_{event} BEFORE {event} ON borrowing_loan
WHEN NEW.secrecy <> ''
BEGIN SELECT RAISE(ABORT, '本网络不处理涉密文件'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION borrowing_no_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.secrecy <> '' THEN
    RAISE EXCEPTION '本网络不处理涉密文件' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER borrowing_no_secret BEFORE INSERT OR UPDATE ON borrowing_loan
FOR EACH ROW EXECUTE FUNCTION borrowing_no_secret();
"""


def guard(apps, editor):
    if settings.CLASSIFIED:
        return
    if editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            editor.execute(SQLITE.format(event=event))
    else:
        editor.execute(POSTGRESQL)


def open_up(apps, editor):
    if editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            editor.execute(f"DROP TRIGGER IF EXISTS borrowing_no_secret_{event}")
    else:
        editor.execute("DROP TRIGGER IF EXISTS borrowing_no_secret ON borrowing_loan")
        editor.execute("DROP FUNCTION IF EXISTS borrowing_no_secret()")


class Migration(migrations.Migration):
    dependencies = [("borrowing", "0001_initial")]
    operations = [guarded("borrowing_opening"), migrations.RunPython(guard, open_up)]
