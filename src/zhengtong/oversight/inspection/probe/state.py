"""What a visit has seen so far, on the disk line by line, so that one that was broken off goes on where it was."""

import json
from dataclasses import asdict
from pathlib import Path

from zhengtong.oversight.inspection.rules.facts import Answer, Page, Visit, page_of, page_row, try_of

FLUSHED = 4  # lines; what a kill can lose


class State:
    """An append-only file; a line that a crash cut short is passed over."""

    def __init__(self, path: Path | None, site: str) -> None:
        self.path, self.site, self._file = path, site, None
        self._lines = 0

    def load(self, visit: Visit) -> None:
        """Take up an unfinished visit of the same site; an own file of another site is an error."""
        if self.path is None:
            return
        if self.path.exists():
            self._replay(visit, self.path.read_bytes())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a", encoding="utf-8")
        if self.path.stat().st_size == 0:
            self.write("visit", {"site": visit.site, "began": visit.began})
        elif not self.path.read_bytes().endswith(b"\n"):
            self._file.write("\n")

    def _replay(self, visit: Visit, raw: bytes) -> None:
        for line in raw.splitlines():
            try:
                row = json.loads(line)
                kind, value = next(iter(row.items()))
                if kind == "visit":
                    if value["site"] != visit.site:
                        raise SystemExit(f"✗ {self.path} 是{value['site']}的进度 / holds another site's progress")
                    visit.began = value["began"]
                elif kind == "page":
                    page = page_of(value)
                    visit.pages[page.url] = page
                elif kind == "answer":
                    answer = Answer(**value)
                    visit.answers[answer.url] = answer
                elif kind == "try":
                    visit.tries.append(try_of(value))
                elif kind == "network":
                    visit.network |= value
            except (ValueError, KeyError, TypeError, AttributeError, StopIteration, AssertionError):
                continue

    def page(self, page: Page) -> None:
        if self._file is not None:
            self.write("page", page_row(page))

    def answer(self, answer: Answer) -> None:
        if self._file is not None:
            self.write("answer", asdict(answer))

    def write(self, kind: str, value: object) -> None:
        if self._file is not None:
            self._file.write(json.dumps({kind: value}, ensure_ascii=False) + "\n")
            self._lines += 1
            if self._lines % FLUSHED == 0:
                self._file.flush()

    def close(self, done: bool) -> None:
        """A finished visit needs no progress any more."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if done and self.path is not None:
                self.path.unlink(missing_ok=True)
