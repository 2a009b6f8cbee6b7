"""Every verb in the log begins with the room that did it."""

import ast
import re
from collections.abc import Iterator

from .sources import SRC, files, named, text

VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def labels() -> dict[str, str]:
    """The label of each room, by its folder."""
    found = {}
    for path in files():
        if path.is_relative_to(SRC) and path.name == "apps.py":
            (label,) = re.findall(r'^    label = "(\w+)"', text(path), re.MULTILINE)
            found[path.parent.relative_to(SRC).as_posix()] = label
    return found


def recorded() -> Iterator[tuple[str, set[str], ast.expr]]:
    """Each call of `record`: the file, the labels of the rooms around it, and what it gives as the verb."""
    rooms = labels()
    for path in files():
        if not path.is_relative_to(SRC) or path.suffix != ".py":
            continue
        folders = [folder.relative_to(SRC).as_posix() for folder in path.parents if folder.is_relative_to(SRC)]
        around = {rooms[folder] for folder in folders if folder in rooms}
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("record", "audit.record") and len(node.args) > 1:
                yield named(path), around, node.args[1]


def test_a_recorded_verb_names_the_room_that_did_it():
    plain = [(file, around, verb.value) for file, around, verb in recorded() if isinstance(verb, ast.Constant)]
    assert len(plain) > 50
    assert [(file, verb) for file, around, verb in plain if not VERB.fullmatch(verb) or verb.split(".")[0] not in around] == []


def test_a_verb_that_is_put_together_begins_with_the_room_too():
    """A verb out of a table of steps: f"documents.{verb}"."""
    for file, around, verb in recorded():
        if isinstance(verb, ast.JoinedStr):
            first = verb.values[0]
            assert isinstance(first, ast.Constant) and str(first.value).split(".")[0] in around, (file, ast.unparse(verb))
