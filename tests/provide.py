"""What the tests need of the machine: a PostgreSQL of their own and a Chromium.

Each is looked for on the system, then fetched as Debian's package; PostgreSQL last of all from the Python
package `pgserver`. With CI=true a missing one is a failure.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest


class Missing(Exception):
    """Something the tests need is neither here nor to be had."""


def apt(package: str) -> None:
    """Install Debian's package where we may; silently nothing elsewhere."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "-q", "update"], **quiet)
        subprocess.run(["apt-get", "-q", "-y", "install", "--no-install-recommends", package], **quiet)


def chromium() -> str:
    """The path of a Chromium."""
    for attempt in (False, True):
        if attempt:
            apt("chromium")
        for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
            if path := os.environ.get("ZT_CHROMIUM") or shutil.which(name):
                return path
    raise Missing("Chromium：apt install chromium")


def office() -> str:
    """The path of LibreOffice; skipped where it is neither here nor to be had, in continuous integration it is fetched first."""
    for attempt in (False, True):
        if attempt and os.environ.get("CI") == "true":
            apt("libreoffice-writer-nogui")
        for name in ("soffice", "libreoffice"):
            if path := shutil.which(name):
                return path
    pytest.skip("no LibreOffice: install Debian's package libreoffice-writer-nogui")


def postgres_folder() -> Path:
    """The folder of initdb and postgres."""
    for attempt in (False, True):
        if attempt:
            apt("postgresql")
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
        if found:
            return found[-1].parent
        if (path := shutil.which("initdb")) and shutil.which("postgres"):
            return Path(path).resolve().parent
    lock = Path(__file__).parent / "requirements-pgserver.lock"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    if subprocess.run(install, capture_output=True).returncode == 0:
        for folder in (Path(p) for p in sys.path if p.endswith("site-packages")):
            if (folder / "pgserver" / "pginstall" / "bin" / "initdb").exists():
                return folder / "pgserver" / "pginstall" / "bin"
    raise Missing("PostgreSQL：apt install postgresql")


def _nobody() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as an unprivileged user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Missing("an unprivileged user for PostgreSQL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A private cluster in a temporary folder; gives the start of a database address, without the name.

    Only what measures asks for a durable one: tests need no disc to be flushed, a killed process loses nothing either way.
    """
    folder = Path(tempfile.mkdtemp(prefix="zt-pg-"))
    folder.chmod(0o777)
    try:
        with _server(folder, durable) as port:
            yield f"postgres://zt@127.0.0.1:{port}/"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(folder: Path, durable: bool) -> Iterator[int]:
    bin_folder, user, port = postgres_folder(), _nobody(), _free_port()
    if user and bin_folder.is_relative_to(sys.prefix):  # the unprivileged user may not be let into the work tree
        for part in ("pgserver", "pgserver.libs"):
            shutil.copytree(bin_folder.parents[2] / part, folder / part)
        bin_folder = folder / "pgserver" / "pginstall" / "bin"
    place = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}, **user}
    initdb = [bin_folder / "initdb", "-D", folder / "data", "-U", "zt", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **place)
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "max_connections=200"]
    # Statistics taken between two tests say that tables are empty; plans made by them crawl in the next one's transaction.
    settings += [] if durable else ["fsync=off", "full_page_writes=off", "autovacuum=off"]
    words = [bin_folder / "postgres", "-D", folder / "data", *(word for setting in settings for word in ("-c", setting))]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log, **place)
    try:
        _wait_for(port, server, folder / "log")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise Missing(f"PostgreSQL: {log.read_text()[-500:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise Missing("PostgreSQL does not answer")
