"""Every verb in the log begins with the room that did it, and has a name that people read."""

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


def names() -> dict[str, set[str]]:
    """What each room's `verbs.py` names, by the room's label."""
    found = {}
    for folder, label in labels().items():
        path = SRC / folder / "verbs.py"
        if path.is_file():
            (table,) = (
                node for node in ast.parse(text(path)).body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "VERBS"
            )
            found[label] = {ast.literal_eval(key) for key in table.value.keys}
    return found


def said() -> Iterator[tuple[str, str]]:
    """Each verb that a room writes out, to `record` or to a verb of the slip that records it: the file and the verb."""
    for path in files():
        if not path.is_relative_to(SRC) or path.suffix != ".py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(text(path))):
            given = [k.value for k in node.keywords if k.arg == "verb"] if isinstance(node, ast.Call) else []
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("record", "audit.record"):
                given += node.args[1:2]
            for verb in given:
                for part in (verb.body, verb.orelse) if isinstance(verb, ast.IfExp) else (verb,):
                    if isinstance(part, ast.Constant) and VERB.fullmatch(str(part.value)):
                        yield named(path), part.value


def test_every_verb_has_a_name_that_the_auditor_reads():
    known = names()
    written = list(said())
    assert len(written) > 100
    assert [(file, verb) for file, verb in written if verb.split(".")[1] not in known.get(verb.split(".")[0], ())] == []
