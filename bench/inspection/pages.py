"""Sites of a hundred pages each in a folder, and nginx to serve them; our own server where there is no nginx."""

import asyncio
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.oversight.inspection.cluster import article, clean, line, swap

ARTICLES = 78  # with the pages and files of the clean site: a hundred pages
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
CONFIGURATION = """daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; default_type "text/html; charset=utf-8"; charset utf-8;
types {{ text/html html; text/css css; application/pdf pdf; image/png png; text/plain txt; }}
client_body_temp_path {home}/t1; proxy_temp_path {home}/t2;
fastcgi_temp_path {home}/t3; uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
server {{ listen 127.0.0.1:{port}; root {home}/www; index index.html; }} }}
"""


def write(folder: Path, sites: int) -> None:
    """The same clean site in so many folders, with more news."""
    site = clean()
    days = [1 + n % 13 for n in range(ARTICLES)]
    lines = "".join(line("news", n, day, "政务要闻") for n, day in enumerate(days, start=10))
    swap(site, "/news/", "<h1>政务要闻</h1><ul>", f"<h1>政务要闻</h1><ul>{lines}")
    for n, day in enumerate(days, start=10):
        site[f"/news/{n}.html"] = article("news", n, day, "政务要闻", "政务动态，要闻")
    for number in range(sites):
        for path, page in site.items():
            place = (
                folder / f"s{number}" / (path.strip("/") + ("/index.html" if path.endswith("/") and path != "/" else "") or "index.html")
            )
            place.parent.mkdir(parents=True, exist_ok=True)
            body = page.body.replace(b'href="/', f'href="/s{number}/'.encode()).replace(b"href='/", f"href='/s{number}/".encode())
            place.write_bytes(body.replace(b'src="/', f'src="/s{number}/'.encode()))


@contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """The folder `www` below `home` on a port of loopback; says by what."""
    if NGINX:
        (home / "nginx.conf").write_text(CONFIGURATION.format(home=home, port=port))
        words = [NGINX, "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
    else:
        words = [sys.executable, "-m", "bench.inspection.pages", str(home / "www"), str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _try in range(100):
            try:
                urlopen(f"http://127.0.0.1:{port}/s0/", timeout=2).close()
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield "nginx" if NGINX else "a small server from memory, in one process of its own,"
    finally:
        process.terminate()
        process.wait(10)


class Answering(asyncio.Protocol):
    """HTTP/1.1 in small: GET and HEAD of what is held in memory, one answer for each request on a connection that stays open."""

    held: dict[bytes, tuple[bytes, bytes]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            request, _end, self.buffer = self.buffer.partition(b"\r\n\r\n")
            method, path, _rest = request.split(b" ", 2)
            head, body = self.held.get(path, MISSING)
            self.transport.write(head if method == b"HEAD" else head + body)  # type: ignore[attr-defined]


def prepared(status: str, kind: str, body: bytes) -> tuple[bytes, bytes]:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode(), body


MISSING = prepared("404 Not Found", "text/html", b"gone")


def serve(folder: Path, port: int) -> None:
    """The folder from memory, where there is no nginx."""
    kinds = {".css": "text/css", ".pdf": "application/pdf", ".png": "image/png", ".txt": "text/plain"}
    for path in folder.rglob("*"):
        if path.is_file():
            made = prepared("200 OK", kinds.get(path.suffix, "text/html; charset=utf-8"), path.read_bytes())
            name = f"/{path.relative_to(folder)}"
            Answering.held[name.encode()] = made
            if path.name == "index.html":
                Answering.held[name.removesuffix("index.html").encode()] = made

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(run())


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
