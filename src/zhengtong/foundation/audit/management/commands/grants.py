"""`zhengtong NETWORK grants ROLE`: what the application's own database role may do, on PostgreSQL.

Run by the owner of the tables after every `migrate`. Whoever holds the application's password can add audit
entries and never change, delete or empty them (design §3a).
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry

STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON {entries} FROM {role}, PUBLIC",
)


@action
def grant(role: str) -> None:
    """Give `role` the tables, but of the audit log only reading and adding."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(rolname), rolsuper OR pg_has_role(rolname, tableowner, 'MEMBER') "
            "FROM pg_roles, pg_tables WHERE rolname = %s AND tablename = %s AND schemaname = 'public'",
            [role, Entry._meta.db_table],
        )
        found = cursor.fetchone()
        if not found:
            raise CommandError(_("没有数据库角色%(role)s") % {"role": role}, returncode=1)
        name, owns = found
        if owns:
            raise CommandError(_("%(role)s拥有这些表，收不回它的权限：请另建一个应用角色") % {"role": role}, returncode=1)
        for statement in STATEMENTS:
            cursor.execute(statement.format(role=name, entries=Entry._meta.db_table))
    record(None, "audit.grants", role)


class Command(BaseCommand):
    help = "PostgreSQL：给应用的数据库角色授权，审计记录只许读和添"

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError(_("SQLite没有数据库角色：审计记录由触发器保护"), returncode=1)
        grant(role)
        self.stdout.write(_("✓ %(role)s：审计记录只许读和添") % {"role": role})
