"""The life of a seal and the log of its use can be added to, never changed or deleted."""

from django.db import migrations

from zhengtong.foundation.audit.append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("stamps", "0001_initial")]
    operations = [guarded("stamps_event", "stamps_use")]
