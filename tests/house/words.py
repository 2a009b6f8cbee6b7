"""What is marked for translation in the sources, and the English catalogue beside it.

`python -m tests.house.words` brings the catalogue up to date: new sentences come in empty, old ones go.
"""

import io
from collections.abc import Iterator
from functools import cache

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from .sources import SRC, files, named, text

CATALOGUE = SRC / "locale" / "en" / "LC_MESSAGES" / "django.po"
# fmt: off
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "noop": None, "Refused": None, "Objection": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}
# fmt: on
Message = tuple[str, str, str]  # context, singular, plural


def _in(content: str) -> Iterator[Message]:
    for _line, message, _comments, context in extract("python", io.BytesIO(content.encode()), KEYWORDS):
        one, many = message if isinstance(message, tuple) else (message, "")
        if one:
            yield context or "", one, many


@cache
def messages() -> dict[Message, tuple[str, ...]]:
    """Each marked sentence and the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in files():
        if not path.is_relative_to(SRC) or path.suffix not in (".py", ".html", ".txt") or "templates_public" in path.parts:
            continue
        content = text(path)
        if path.suffix != ".py":
            if "templates" not in path.parts:
                continue
            content = "\n".join(line.strip() for line in templatize(content).splitlines())
        for message in _in(content):
            found.setdefault(message, []).append(named(path))
    return {message: tuple(dict.fromkeys(places)) for message, places in sorted(found.items())}


def key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def update() -> tuple[int, int]:
    """Bring the catalogue up to date; how many sentences it holds, how many wait for their English."""
    catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    old = {key(entry): entry for entry in catalogue}
    catalogue.clear()
    for message, places in messages().items():
        context, one, many = message
        entry = old.get(message) or polib.POEntry(msgid=one, msgctxt=context or None, msgid_plural=many or None)
        if many and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(place.removeprefix("src/zhengtong/"), "") for place in places]
        if "%(" in one or "%s" in one:
            entry.flags = ["python-format"]
        catalogue.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))
    return len(catalogue), len(catalogue.untranslated_entries())


if __name__ == "__main__":
    from django.conf import settings

    settings.configure(USE_I18N=True)
    total, waiting = update()
    print(f"{total} sentences, {waiting} without English")
