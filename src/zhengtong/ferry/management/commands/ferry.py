"""`zhengtong NETWORK ferry [--once]`: take in what arrived, pack what is to go."""

import logging
import signal
import threading
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from zhengtong.ferry.actions import RESEND_AFTER, pack_due
from zhengtong.ferry.arrival import accept_all

log = logging.getLogger("zhengtong.ferry")


class Command(BaseCommand):
    help = "摆渡：导入收件盘中的包，封装待发的包"

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="做一遍就结束")
        parser.add_argument("--interval", type=float, default=1.0, help="两遍之间的秒数")
        parser.add_argument("--resend-after", type=float, default=RESEND_AFTER.total_seconds(), help="多少秒没有回执就重发")

    def handle(self, *args, once, interval, resend_after, **options):
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.is_set():
            close_old_connections()
            try:
                taken, packed = accept_all(), pack_due(timedelta(seconds=resend_after))
                if taken or packed:
                    log.info("ferry", extra={"imported": taken, "packed": packed})
            except Exception:
                if once:
                    raise
                log.exception("ferry failed")
            if once:
                return
            stop.wait(interval)
