"""`zhengtong NETWORK worker`: queued tasks and what happens by itself."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.processes.ticks import ticks

log = logging.getLogger("zhengtong.worker")


def tick(stop: threading.Event, once: bool = False) -> None:
    """Run what is due; one that fails is logged and tried again at its next time."""
    due = dict.fromkeys(ticks(), 0.0)
    while not stop.is_set():
        for entry, at in due.items():
            if time.monotonic() >= at:
                close_old_connections()
                try:
                    entry.work()
                except Exception:
                    log.exception("tick failed", extra={"work": entry.work.__qualname__})
                due[entry] = time.monotonic() + entry.seconds
        if once:
            return
        stop.wait(0.5)


class Command(BaseCommand):
    help = "启动本网的后台进程：排队的任务与定时的工作"

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="做完到期的工作就结束")
        parser.add_argument("--interval", type=float, default=0.5)

    def handle(self, *args, once, interval, **options):
        stop = threading.Event()
        queue = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

        def end(*_args):
            stop.set()
            queue.running = False

        if once:
            tick(stop, once=True)
            queue.run()
        else:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, end)
            thread = threading.Thread(target=tick, args=(stop,), name="ticks", daemon=True)
            thread.start()
            queue.run()
            thread.join(timeout=30)
        checkpoints.write()
