"""Sites of a hundred pages each in a folder, and nginx to serve them; our own server where there is no nginx."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from aiohttp import web
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
        yield "nginx" if NGINX else "aiohttp, in one process of its own,"
    finally:
        process.terminate()
        process.wait(10)


def serve(folder: Path, port: int) -> None:
    """The folder from memory, where there is no nginx."""
    kinds = {".css": "text/css", ".pdf": "application/pdf", ".png": "image/png", ".txt": "text/plain"}
    held = {
        f"/{path.relative_to(folder)}": (path.read_bytes(), kinds.get(path.suffix, "text/html"))
        for path in folder.rglob("*")
        if path.is_file()
    }

    async def answer(request: web.Request) -> web.Response:
        path = request.path + ("index.html" if request.path.endswith("/") else "")
        if path not in held:
            return web.Response(status=404)
        body, kind = held[path]
        return web.Response(body=body, content_type=kind, charset="utf-8" if kind.startswith("text/") else None)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
