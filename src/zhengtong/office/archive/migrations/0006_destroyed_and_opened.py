"""Items that were opened, and items of which only the entry is left: those stay destroyed, and their entry stays."""

from importlib import import_module

from django.db import migrations, models

permanent = import_module("zhengtong.office.archive.migrations.0002_number_is_permanent")
SQLITE = (
    """
CREATE TRIGGER archive_destroyed_is_final BEFORE UPDATE ON archive_item
WHEN OLD.state = 'destroyed' AND (NEW.state <> 'destroyed' OR NEW.destroyed_at IS NOT OLD.destroyed_at)
BEGIN SELECT RAISE(ABORT, 'what was destroyed stays destroyed'); END
""",
    """
CREATE TRIGGER archive_destroyed_stays BEFORE DELETE ON archive_item
WHEN OLD.state = 'destroyed' BEGIN SELECT RAISE(ABORT, 'what was destroyed stays in the catalogue'); END
""",
)
POSTGRESQL = """
CREATE OR REPLACE FUNCTION archive_destroyed_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'destroyed' THEN
      RAISE EXCEPTION 'what was destroyed stays in the catalogue' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.state = 'destroyed' AND (NEW.state <> 'destroyed' OR NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at) THEN
    RAISE EXCEPTION 'what was destroyed stays destroyed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archive_destroyed_is_final BEFORE UPDATE OR DELETE ON archive_item
FOR EACH ROW EXECUTE FUNCTION archive_destroyed_is_final();
"""


def take_away(apps, editor):
    """SQLite rebuilds a changed table without its triggers: that of the numbers is put back afterwards."""
    if editor.connection.vendor == "sqlite":
        permanent.backwards(apps, editor)


def put_back(apps, editor):
    if editor.connection.vendor == "sqlite":
        permanent.forwards(apps, editor)


def guard(apps, editor):
    put_back(apps, editor)
    if editor.connection.vendor == "sqlite":
        for trigger in SQLITE:
            editor.execute(trigger)
    else:
        editor.execute(POSTGRESQL)


def lift(apps, editor):
    take_away(apps, editor)
    if editor.connection.vendor == "sqlite":
        for name in ("archive_destroyed_is_final", "archive_destroyed_stays"):
            editor.execute(f"DROP TRIGGER {name}")
    else:
        editor.execute("DROP TRIGGER archive_destroyed_is_final ON archive_item; DROP FUNCTION archive_destroyed_is_final()")


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0005_waivers'),
        ('orgs', '0002_codes_are_permanent'),
    ]

    operations = [
        migrations.RunPython(take_away, put_back),
        migrations.RemoveConstraint(
            model_name='item',
            name='archive_item_state',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='archive_number_when_filed',
        ),
        migrations.AddField(
            model_name='item',
            name='destroyed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='销毁时间'),
        ),
        migrations.AddField(
            model_name='item',
            name='opened_on',
            field=models.DateField(blank=True, null=True, verbose_name='开放日期'),
        ),
        migrations.AlterField(
            model_name='item',
            name='state',
            field=models.CharField(choices=[('prefiled', '预归档'), ('filed', '已归档'), ('waived', '不归档'), ('destroyed', '已销毁')], default='prefiled', max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prefiled', 'filed', 'waived', 'destroyed'])), name='archive_item_state'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archive_number__isnull', True), ('filed_by__isnull', True), ('item_serial__isnull', True), ('period', ''), ('state__in', ['prefiled', 'waived'])), models.Q(models.Q(('filed_by__isnull', False), ('imported_at__isnull', False), _connector='OR'), ('archive_number__isnull', False), ('filed_at__isnull', False), ('fonds__isnull', False), ('item_serial__isnull', False), ('period__in', ['Y', 'D30', 'D10']), ('state__in', ['filed', 'destroyed'])), _connector='OR'), name='archive_number_when_filed'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', False), ('state', 'destroyed')), models.Q(models.Q(('state', 'destroyed'), _negated=True), ('destroyed_at__isnull', True)), _connector='OR'), name='archive_destroyed_at_a_time'),
        ),
        migrations.RunPython(guard, lift),
    ]
