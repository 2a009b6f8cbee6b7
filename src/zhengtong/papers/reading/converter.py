"""LibreOffice, where this machine has it: an old file becomes a docx, in a profile of its own, within a time limit.

It comes second: `old` has looked at the file before and refused what is locked or carries macros.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from .limits import MB

SECONDS = 60
MEMORY = 4096 * MB
LARGEST = 200 * MB  # a file that it writes
LEAST = 3 * 512  # header, allocation table and directory of the old format; LibreOffice takes what is shorter for plain text
AGAIN = 81  # its first start in a new profile may end so, and asks to be started again
ONE = threading.Lock()  # it takes half a gigabyte; one after another


def program() -> str:
    """LibreOffice's program; empty where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def docx(data: bytes) -> bytes | None:
    """The file as docx; None where there is no LibreOffice, or it could not or did not in time."""
    office = program()
    if not office or len(data) < LEAST:
        return None
    with ONE, tempfile.TemporaryDirectory(prefix="zt-office-") as folder:
        place = Path(folder)
        (place / "a.doc").write_bytes(data)
        words = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--convert-to", "docx"]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
        for _attempt in range(2):
            if _run([*words, "--outdir", f"{folder}/out", f"{folder}/a.doc"], folder, environment) != AGAIN:
                break
        made = place / "out" / "a.docx"
        return made.read_bytes() if made.is_file() else None


def _run(words: list[str], folder: str, environment: dict[str, str]) -> int | None:
    """Its exit code; None when its time was over."""
    running = subprocess.Popen(
        words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    _confine(running.pid)
    try:
        return running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(running)


def _confine(process: int) -> None:
    """What it starts later inherits these; what it took in its first moment is next to nothing."""
    for limit, amount in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, LARGEST)):
        try:
            resource.prlimit(process, limit, (amount, amount))
        except (AttributeError, ProcessLookupError, PermissionError):  # not Linux, or already ended
            return


def _end(running: subprocess.Popen[bytes]) -> None:
    """LibreOffice leaves children behind: its whole group is ended."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
