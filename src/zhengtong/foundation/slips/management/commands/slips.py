"""`zhengtong NETWORK slips list | export ORGAN/KIND | import ORGAN/KIND FILE --by ACCOUNT`: templates in and out as BPMN 2.0."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions, queries
from zhengtong.foundation.slips.models import Pattern
from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.slips.rules.bpmn import MOST_BYTES


class Command(BaseCommand):
    help = "list 机关自己的办理单模板；export 机关代码/种类 写出BPMN 2.0；import 机关代码/种类 文件 --by 账号 读入为草稿"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="逐个列出机关代码/种类、现行版本和名称")
        export = verbs.add_parser("export", help="把现行的（或指定的）一版写到标准输出")
        export.add_argument("code", metavar="机关代码/种类")
        export.add_argument("--version", type=int, dest="number", metavar="版本", help="0为全县通用；不写为现行的")
        take_in = verbs.add_parser("import", help="读入为草稿，由本机关秘书核对后启用")
        take_in.add_argument("code", metavar="机关代码/种类")
        take_in.add_argument("file", type=Path, metavar="文件")
        take_in.add_argument("--by", required=True, metavar="账号", help="以哪一位秘书的名义")

    def handle(self, *args, verb, **options):
        try:
            getattr(self, {"list": "show", "import": "take_in"}.get(verb, verb))(**options)
        except (Refused, OSError) as no:
            raise CommandError(str(no), returncode=1) from no

    def show(self, **_options):
        """Every template of an organ's own, and the kinds that it may arrange."""
        for kind in patterns.KINDS.values():
            self.stdout.write(f"-/{kind.code}\t0\t{_(kind.label)}")
        newest = {}
        for one in Pattern.objects.filter(version__isnull=False).select_related("organ").order_by("organ__code", "kind", "version"):
            newest[one.organ.code, one.kind] = one
        for (organ, kind), one in newest.items():
            self.stdout.write(f"{organ}/{kind}\t{one.version}\t{one.organ.name}")

    def export(self, code, number, **_options):
        organ, kind = self._of(code)
        current = queries.pattern_of(kind, organ)
        version = number if number is not None else current.version if current else 0
        self.stdout.write(actions.export_pattern(organ, kind, version, None).decode(), ending="")

    def take_in(self, code, file, by, **_options):
        organ, kind = self._of(code)
        account = Account.objects.select_related("person").filter(username=by).first()
        if account is None or account.person is None:
            raise CommandError(_("没有账号“%(name)s”") % {"name": by}, returncode=1)
        draft = queries.draft_of(kind, organ)
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        made = actions.import_pattern(organ, kind, data, account.person, name=file.name[:80], key=draft.key if draft else 0)
        self.stdout.write(_("✓ 已导入为草稿：%(n)d行") % {"n": len(made.entries)})
        for number, no in queries.pattern_objections(patterns.KINDS[kind], organ, made.rows):
            self.stdout.write(f"{number + 1 if number >= 0 else '-'}\t{Refused(no)}")

    def _of(self, code):
        name, _slash, kind = code.partition("/")
        organ = Organ.objects.filter(code=name).first()
        if organ is None or kind not in patterns.KINDS:
            raise CommandError(_("没有“%(code)s”的办理单模板") % {"code": code}, returncode=1)
        return organ, kind
