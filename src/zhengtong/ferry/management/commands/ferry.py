"""`zhengtong NETWORK ferry [--once]`: take in what arrived, pack what is to go."""

import logging
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.translation import gettext as _

from zhengtong.ferry.actions import RESEND_AFTER, turn

log = logging.getLogger("zhengtong.ferry")


class Command(BaseCommand):
    help = "摆渡：导入收件盘中的包，封装待发的包"

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="做一遍就结束")
        parser.add_argument("--interval", type=float, default=1.0, help="两遍之间的秒数")
        parser.add_argument("--resend-after", type=float, default=RESEND_AFTER.total_seconds(), help="多少秒没有回执就重发")

    def handle(self, *args, once, interval, resend_after, **options):
        if settings.CLASSIFIED:
            raise CommandError(_("涉密内网没有摆渡：只能用登记的光盘单向导出"))
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.is_set():
            if not once:
                close_old_connections()
            try:
                taken, packed = turn(timedelta(seconds=resend_after), patient=not once)
                if taken or packed:
                    log.info("ferry", extra={"imported": taken, "packed": packed})
            except Exception:
                if once:
                    raise
                log.exception("ferry failed")
            if once:
                return
            stop.wait(interval)
