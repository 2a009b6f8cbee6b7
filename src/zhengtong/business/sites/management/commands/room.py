"""`zhengtong business room`: open rooms of the cluster from a template, close them, and see how they stand."""

from django.core.management.base import BaseCommand, CommandError

from zhengtong.business.sites.actions import rooms as actions
from zhengtong.business.sites.models import Site
from zhengtong.business.sites.queries import coverage
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.refusal import Refused


class Command(BaseCommand):
    help = "子站：list 列出各单位的子站；open 单位 模板 路径；open-missing 为没有子站的单位全部开通；close 单位 原因；reopen 单位"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["list", "open", "open-missing", "close", "reopen"])
        parser.add_argument("words", nargs="*", help="open：机构代码 模板 路径；close：机构代码 原因；reopen：机构代码")
        parser.add_argument("--by", help="操作人账号，除list外必填")

    def handle(self, *args, verb, words, by, **options):
        if verb == "list":
            return self.list_rooms()
        account = Account.objects.filter(username=by).first()
        if account is None:
            raise CommandError("请用 --by 写明操作人账号", returncode=1)
        if len(words) != {"open": 3, "open-missing": 0, "close": 2, "reopen": 1}[verb]:
            raise CommandError("参数个数不对，见 --help", returncode=2)
        try:
            self.do(verb, words, account)
        except Refused as no:
            raise CommandError(str(no), returncode=1) from no

    def do(self, verb: str, words: list[str], by: Account) -> None:
        match verb:
            case "open":
                made = [actions.open_room(*words, by)]
            case "open-missing":
                made = actions.open_missing(by)
            case "close":
                made = [actions.close_room(self.key(words[0]), words[1], by)]
            case _:
                made = [actions.reopen_room(self.key(words[0]), by)]
        for room in made:
            self.stdout.write(f"{room.organ} {room.root} {room.name} {room.get_state_display()}")

    def key(self, organ: str) -> int:
        return Site.objects.filter(main__isnull=False, organ=organ).values_list("pk", flat=True).first() or 0

    def list_rooms(self) -> None:
        for row in coverage.coverage():
            stands = f"{row.room.root} 栏目{row.columns} 空白{row.empty} 超期{row.overdue} 即将到期{row.soon}" if row.room else "没有子站"
            self.stdout.write(f"{row.organ.code} {row.organ.name} {stands}")
