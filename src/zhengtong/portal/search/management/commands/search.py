"""`zhengtong portal search rebuild`, `zhengtong portal search find WORDS …`: the public search without a browser."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from zhengtong.portal.search import index, queries, rules


class Command(BaseCommand):
    help = "站内搜索"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["find", "rebuild"])
        parser.add_argument("words", nargs="*")

    def handle(self, *_args: object, what: str, words: list[str], **_options: object) -> None:
        if what == "rebuild":
            if not index.rebuild():
                raise CommandError(_("没有可以检索的文件"))
            self.stdout.write(_("索引已重建"))
            return
        found = queries.search(rules.asked({"q": " ".join(words)}))
        for hit in found.hits:
            self.stdout.write(f"{hit.at or '-':<10}  {hit.title}  {hit.url}")
        self.stdout.write(f"{found.count}{'+' if found.more else ''}" + (f"  {found.instead}?" if found.instead else ""))
