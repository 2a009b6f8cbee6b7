"""A foreign file is read in a process of its own, with an end to its time and its memory; whatever the file does, only that process falls.

The parent hands over the bytes and takes back plain JSON; nothing the file holds is ever run or unpickled here.
"""

import json
import logging
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from . import converter, files, scans, stages
from .elements import Elements, Layout, Line, Piece, Remark, Role
from .limits import MB, Forbidden, Scanned, Unreadable, broken, spent, too_big

SECONDS = 20  # of work; a file of 50 MB with 10,000 rows takes about three
WAIT = 60  # by the clock, on a machine with other things to do
MEMORY = 1024 * MB
MANY = Remark("文件中的修订太多，已按全部接受读入，未按人分列", "Too many tracked changes: the text was read with all of them accepted")
AT_ONCE = threading.Semaphore(2)  # so that many uploads together do not take the machine
log = logging.getLogger("zhengtong.reading")


@dataclass(frozen=True, slots=True)
class Stand:
    """The file as it stood after one hand; the first has none."""

    hand: str
    at: datetime | None
    elements: Elements


def parse(data: bytes, name: str) -> Elements:
    """The elements of these bytes, or Unreadable, within the limits of time and memory."""
    return hands(data, name)[-1].elements


def hands(data: bytes, name: str) -> list[Stand]:
    """The file as it stood after each hand that tracked its changes, the original first; a single one where none did."""
    try:
        found, why = _stands(data, name), None
    except (Forbidden, Scanned):
        raise
    except Unreadable as no:
        found, why = [], no
    if data.startswith(files.OLE) and (docx := converter.docx(data)):  # it knows what the old format alone does not tell
        with suppress(Unreadable):
            return [replace(stand, elements=replace(stand.elements, kind="doc")) for stand in _stands(docx, "a.docx")]
    if why is not None:
        raise why
    return found


def _stands(data: bytes, name: str) -> list[Stand]:
    found = _asked(data, name, "hands")["hands"]
    return [Stand(s["hand"], datetime.fromisoformat(s["at"]) if s["at"] else None, _elements(s["elements"])) for s in found]


def read(path: str | Path) -> Elements:
    """The elements of the file at `path`, or Unreadable, within the limits of time and memory."""
    place = Path(path)
    return parse(files.bytes_of(place), place.name)


def sheet(data: bytes, name: str, number: int) -> scans.Sheet:
    """What stands on one page (from 0) of a scan, or Unreadable."""
    return sheet_of(_asked(data, name, f"page {number}")["sheet"])


def sheet_of(given: Mapping) -> scans.Sheet:
    """A page out of its JSON."""
    return scans.Sheet(given["width"], given["height"], tuple(scans.Word(**{**w, "line": tuple(w["line"])}) for w in given["words"]))


def _asked(data: bytes, name: str, what: str) -> dict:
    words = [sys.executable, "-m", "zhengtong.papers.reading.apart", what, name]
    with AT_ONCE:
        try:
            done = subprocess.run(words, input=data, capture_output=True, timeout=WAIT)
        except subprocess.TimeoutExpired:
            raise spent() from None
        except ValueError:  # a NUL in the name
            raise broken(Path(name).suffix) from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise spent()
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        log.warning(
            "a file brought its reader down", extra={"code": done.returncode, "said": done.stderr[-2000:].decode("utf-8", "replace")}
        )
        raise broken(Path(name).suffix.lstrip(".")) from None
    if "scanned" in answer:
        raise Scanned(answer["scanned"])
    if "forbidden" in answer:
        raise Forbidden(*answer["forbidden"])
    if "unreadable" in answer:
        raise Unreadable(*answer["unreadable"])
    return answer


def _elements(given: Mapping) -> Elements:
    pieces = [Piece(**{**p, "role": Role(p["role"]), "rows": _rows(p["rows"])}) for p in given["pieces"]]
    lines = [Line(**{**line, "rows": _rows(line["rows"])}) for line in given["lines"]]
    layout = given["layout"] and Layout(**{**given["layout"], "page_number_align": tuple(given["layout"]["page_number_align"])})
    return Elements(tuple(pieces), tuple(lines), given["kind"], layout, tuple(Remark(**r) for r in given["remarks"]))


def _rows(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _said(elements: Elements) -> dict:
    return {
        "pieces": [asdict(p) for p in elements.pieces],
        "lines": [asdict(line) for line in elements.lines],
        "kind": elements.kind,
        "layout": elements.layout and asdict(elements.layout),
        "remarks": [asdict(r) for r in elements.remarks],
    }


def _answer(what: str, name: str, data: bytes) -> dict:
    if what.startswith("page "):
        using = scans.engine()
        if using is None:
            raise scans.no_engine()
        return {"sheet": asdict(scans.page(data, int(what.removeprefix("page ")), using))}
    if files.content(data) != "docx":
        return {"hands": [{"hand": "", "at": "", "elements": _said(files.parse(data, name))}]}
    files.agree("docx", name)
    found = stages.stages(data)
    read: list[dict] = []
    for at, stage in enumerate(found):
        last = at == len(found) - 1
        elements = files.parse(stage.data, name)
        if not last and time.process_time() > SECONDS / 3:  # as a whole rather than not at all
            elements, stage = replace(files.parse(found[-1].data, name), remarks=(MANY,)), stages.Stage("", None, b"")
            read, last = [], True
        read.append({"hand": stage.hand, "at": stage.at.isoformat() if stage.at else "", "elements": _said(elements)})
        if last:
            break
    return {"hands": read}


def _confine() -> None:
    """From here on: no more than so much time and memory, no file written, no core left behind, behind everybody else."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> NoReturn:
    """The child: bytes in, JSON out."""
    what, name = sys.argv[1:3]
    _confine()
    try:
        answer = _answer(what, name, sys.stdin.buffer.read())
    except Forbidden as why:
        answer = {"forbidden": [why.zh, why.en]}
    except Scanned as scan:
        answer = {"scanned": scan.pages}
    except Unreadable as why:
        answer = {"unreadable": [why.zh, why.en]}
    except MemoryError:
        why = too_big("占用的内存", "memory")
        answer = {"unreadable": [why.zh, why.en]}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.flush()
    sys.exit(0)


if __name__ == "__main__":
    main()
