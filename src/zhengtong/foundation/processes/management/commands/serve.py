"""`zhengtong NETWORK serve`: the web process, on granian."""

import os
import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from zhengtong.foundation.processes.checks import missing_keys

PORTS = {"office": 8001, "business": 8002, "portal": 8003, "classified": 8004, "oversight": 8005}


def taken(host: str, port: int) -> bool:
    """Whether somebody listens there already: the server would share the port with him and answer half of the requests."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just left is free
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


class Command(BaseCommand):
    help = "启动本网的网页服务"

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("ZT_HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("ZT_PORT", PORTS[settings.NETWORK])))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("ZT_WORKERS", "1")))

    def handle(self, *args, host, port, workers, **options):
        if absent := missing_keys():
            raise CommandError(f"缺少密钥 {'、'.join(absent)}：先运行 zhengtong {settings.NETWORK} keys init")
        if taken(host, port):
            raise CommandError(f"端口{port}已被占用：换一个端口（--port），或先停下占用它的程序")
        call_command("collectstatic", interactive=False, verbosity=0)
        from granian import Granian  # only the web process needs the server
        from granian.constants import Interfaces

        Granian(
            "zhengtong.foundation.processes.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_access=False,
            log_dictconfig=settings.LOGGING,
        ).serve()
